# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in an HVM guest: each of its network functions gets a lease and pings, by
# interrupts of the kind that its driver wants; and again when dom0 says so.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

# use VENDOR:DEVICE DRIVER
use() {
	bdf=$(function_of "$1") || exit
	drive "$bdf" "$2"
	lease_and_ping "$bdf"
	count=$(awk -v name="$interface" 'index($NF, name) == 1 { n += $2 } END { print n + 0 }' /proc/interrupts)
	echo "works $1 at $bdf: $(find "$PCI/$bdf/msi_irqs" -type f 2>/dev/null | wc -l) messages, $count interrupts"
	hang_up
}

use_nic() {
	use 8086:10d3 e1000e
}

use_old() {
	use 8086:100e e1000
}

use_nic
! grep -q 0x100e "$PCI"/*/device || use_old
tell ready
while next_step; do
	case $step in
	nic-*) use_nic && tell "$step" ;;
	old-*) use_old && tell "$step" ;;
	reboot) reboot -f ;;
	shutdown) exit 0 ;;
	esac
done
