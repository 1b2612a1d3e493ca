# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: every function gets its driver, a lease and a ping, and
# says how many interrupts that took: "intx COUNT KIND".

set -e
. /lab/in-guest.sh

# The first one here says that all are: one scan finds them.
lab-wait 30 ls -d "$PCI"/0000:00:00.0
for dir in "$PCI"/*; do
	bdf=${dir##*/}
	case $(cat "$dir/device") in
	0x100e) drive "$bdf" e1000 ;;
	0x8139) drive "$bdf" 8139cp ;;
	*) die "what is $bdf?" ;;
	esac
	lease_and_ping "$bdf"
	awk -v name="$(interface_of "$bdf")" '$NF == name { print "intx", $2, $3, $4 }' /proc/interrupts
	ip link set "$(interface_of "$bdf")" down
done
