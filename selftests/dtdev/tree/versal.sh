# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Marks in the tree $DTB a network device and an SD controller. That nobody tells when a card
# comes makes drivers of SD controllers ask again and again: interrupts, and no DMA.

fdtput -t x "$DTB" /ethernet@ff0d0000 xen,passthrough
fdtput -t x "$DTB" /sdhci@f1040000 xen,passthrough
for node in /sdhci@f1040000 /sdhci@f1050000; do
	fdtput -t x "$DTB" $node broken-cd
done
