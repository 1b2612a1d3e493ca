# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: QEMU's edu, by uio_pci_generic, whose answer to an interrupt is to
# shut the line, and which leaves it to its user to open it again.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

bdf=$(function_of 1234:11e8) || exit
modprobe uio_pci_generic || die "no uio_pci_generic"
echo 1234 11e8 >/sys/bus/pci/drivers/uio_pci_generic/new_id
await_driver "$bdf"

# What counts, and the handler in use, is /dev/uio0's.
lab-wait 20 test -e /dev/uio0 || die "no /dev/uio0"
exec 4<>/dev/uio0
printf '\002\000' | dd of="$PCI/$bdf/config" bs=2 seek=2 conv=notrunc 2>/dev/null || die "COMMAND cannot be written"
tell ready
while next_step; do
	case $step in
	count*) tell "$step" "$(lab-irqs uio_pci_generic)" ;;
	open*) printf '\002\000' | dd of="$PCI/$bdf/config" bs=2 seek=2 conv=notrunc 2>/dev/null && tell "$step" 0 ;;
	shutdown) exit 0 ;;
	esac
done
