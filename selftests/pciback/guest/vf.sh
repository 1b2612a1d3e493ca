# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: its virtual function is driven until it is taken away; the guest
# stays.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

bdf=$(function_of 8086:10ca) || exit
echo "at $bdf"
drive "$bdf" igbvf
interface_of "$bdf" >/dev/null || exit
tell ready
while next_step; do
	case $step in
	gone)
		lab-wait 60 test ! -e "$PCI/$bdf" || die "it is still there"
		[ ! -e "/sys/bus/pci/drivers/igbvf/$bdf" ] || die "its driver still has it"
		tell gone
		;;
	shutdown) exit 0 ;;
	esac
done
