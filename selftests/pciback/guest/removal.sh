# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: one card stays, another comes and goes while its driver runs it.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

stays=0000:00:00.0 goes=0000:00:01.0

drive "$stays" e1000e
drive "$goes" igb
lease_and_ping "$goes"
tell ready
while next_step; do
	case $step in
	gone-*)
		lab-wait 60 test ! -e "$PCI/$goes" || die "it is still there"
		[ ! -e "/sys/bus/pci/drivers/igb/$goes" ] || die "its driver still has it"
		lease_and_ping "$stays"
		;;
	back-*)
		drive "$goes" igb
		lease_and_ping "$goes"
		;;
	shutdown) exit 0 ;;
	esac
	tell "done-$step"
done
