#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Lists the capabilities that <linux/pci_regs.h> has a name for, as lines of C:
# NAME(PCI_CAP_ID_PM, false) and the like, true for those of the extended space.
# The last ones' second names, *_MAX, are left out, and so is that of none, *_NULL.
#
# usage: cap_names.sh COMPILER [OPTION...] > FILE
set -eu

names=$(echo '#include <linux/pci_regs.h>' | "$@" -E -dM -x c -)
echo "$names" | sort | sed -nE \
	-e '/^#define PCI_(EXT_)?CAP_ID_(MAX|NULL) /d' \
	-e 's/^#define (PCI_CAP_ID_[0-9A-Z_]+) .*/NAME(\1, false)/p' \
	-e 's/^#define (PCI_EXT_CAP_ID_[0-9A-Z_]+) .*/NAME(\1, true)/p'
