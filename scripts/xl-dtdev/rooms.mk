# SPDX-License-Identifier: GPL-2.0
# What xl-dtdev consists of: rooms that decide, which tests use as well; commands; and the
# module's own that it uses.
ROOMS := address blob build copy device dma guest interrupts judge lines load mark place pool refs source tree xlcfg
COMMANDS := config live main offline online taken
CORE_ROOMS := binding iommu kind pages reason report spi timer window
