# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: every network function gets a lease and pings, by its line.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

# count INTERFACE: interrupts so far, by a line.
count() {
	interrupts pcifront "$1" | { read -r sum _ && echo "$sum" || echo 0; }
}

# use BDF
use() {
	await_driver "$1"
	driver=$(basename "$(readlink "$PCI/$1/driver")")
	interface=$(interface_of "$1") || exit
	before=$(count "$interface")
	lease_and_ping "$1"
	echo "intx $1 $driver $before $(count "$interface")"
	echo "works $1 $driver"
	hang_up
}

await_function 0000:00:00.0
lab-coldplug pci
for dir in "$PCI"/*; do
	use "${dir##*/}"
done
tell ready
while next_step; do
	case $step in
	again) use 0000:00:00.0 && tell again ;;
	shutdown) exit 0 ;;
	esac
done
