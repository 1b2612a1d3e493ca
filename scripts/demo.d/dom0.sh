# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Runs in the demo's dom0.

set -euo pipefail
nic=0000:00:05.0

headline() {
	printf '\n== %s\n' "$*"
}

card() {
	lspci -k -s "$nic"
}

headline "The card in dom0, with dom0's own driver"
modprobe e1000e
lab-wait 20 test -e "/sys/bus/pci/devices/$nic/driver"
card

headline "modprobe pciback, xl pci-assignable-add ${nic#0000:}"
modprobe pciback
xl pci-assignable-add "$nic"
card
dmesg | grep "pciback $nic"

headline "A guest with pci=[ \"${nic#0000:}\" ]"
lab-guest guest --script /lab/guest.sh "pci=[\"$nic\"]"

headline "The guest has shut down; the card returns to dom0"
lab-wait 20 grep -q idle "/sys/bus/pci/devices/$nic/pciback/state"
xl pci-assignable-remove -r "$nic"
card
lab-wait 20 test -d "/sys/bus/pci/devices/$nic/net"
lab-lease "$(ls "/sys/bus/pci/devices/$nic/net")" 2>/dev/null
