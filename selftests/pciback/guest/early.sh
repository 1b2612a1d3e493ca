# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: has an e1000 interrupt before there is a driver to take that,
# then loads the driver.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

bdf=0000:00:00.0 IMS=0xd0 ICS=0xc8

await_function "$bdf"
# By then it has its addresses, too.
lab-wait 90 test -e "$PCI/$bdf/resource0" || die "$bdf has no registers"
echo 1 >"$PCI/$bdf/enable"
base=$(resources "$bdf" | head -n 1 | cut -d' ' -f1)
devmem $((base + IMS)) 32 1
devmem $((base + ICS)) 32 1
tell raised
while next_step; do
	case $step in
	drive)
		drive "$bdf" e1000
		lease_and_ping "$bdf"
		tell works
		;;
	shutdown) exit 0 ;;
	esac
done
