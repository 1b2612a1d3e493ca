# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: says which functions it sees, whenever that changes, and does
# what dom0 tells it.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

cat >/lab/bin/functions <<'END'
#!/bin/sh
for dir in /sys/bus/pci/devices/*; do
	[ ! -e "$dir/device" ] || echo "${dir##*/}=$(sed 's/^0x//' "$dir/vendor" "$dir/device" | paste -s -d:)"
done | paste -s -d' '
END
cat >/lab/bin/functions_other_than <<'END'
#!/bin/sh
[ "$(functions)" != "$1" ]
END
chmod 755 /lab/bin/functions /lab/bin/functions_other_than

watch_functions() {
	seen=none
	while lab-wait 3600 functions_other_than "$seen"; do
		seen=$(functions)
		tell functions "$seen"
	done
}

modprobe xen-pcifront
watch_functions &
watcher=$!
tell ready
while next_step; do
	case $step in
	lease-*)
		bdf=$(function_of 8086:10d3) || exit
		drive "$bdf" e1000e
		lease_and_ping "$bdf"
		tell "leased-${step#lease-}"
		;;
	leave-*)
		echo pci-0 >/sys/bus/xen/drivers/pcifront/unbind || die "the frontend stays"
		tell left
		;;
	return-*) echo pci-0 >/sys/bus/xen/drivers/pcifront/bind || die "the frontend does not return" ;;
	shutdown)
		kill "$watcher"
		killall lab-wait
		exit 0
		;;
	esac
done
