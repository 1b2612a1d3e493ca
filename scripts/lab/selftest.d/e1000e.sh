# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The whole story: dom0 gives an e1000e away, a guest uses it, dom0 has it back.

set -e
modprobe xen-pciback
bdf=$(lspci -n -d 8086:10d3 | cut -d' ' -f1)
xl pci-assignable-add "$bdf"
xl pci-assignable-list
lab-guest net --script /lab/e1000e-guest.sh "pci=[\"$bdf\"]"
xl pci-assignable-remove "$bdf"
xl list
