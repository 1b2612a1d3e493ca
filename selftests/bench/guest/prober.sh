# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest, with the stock frontend and a driver that waits for devices:
# says when, by the kernel's log, a bus began to be looked at, a device's driver to
# probe it, and was done. The word is mark-NUMBER, before a device comes; the times are
# told under times-NUMBER when it has come.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh
# shellcheck source=follow.sh
. /lab/follow.sh

# What has happened since the mark, in microseconds; fails before the driver is bound.
cat >/lab/bin/spans <<'SCRIPT'
#!/bin/sh
dmesg | awk -v mark="mark $1." '
	index($0, mark) { bus = probe = bound = "" }
	{ now = substr($0, 2, 13) * 1000000 }
	/pcifront.* PCI Frontend Bus/ { bus = now }
	/e1000e [0-9a-f]+:[0-9a-f]+:/ && !probe { probe = now }
	/e1000e.*: bound to device/ { bound = now }
	END {
		if (bus == "" || probe == "" || bound == "") exit 1
		printf "scan %d probe %d bound %d\n", probe - bus, bound - probe, bound - bus
	}'
SCRIPT
chmod 755 /lab/bin/spans

# bound NUMBER: waits, without looking again and again, until the driver is bound.
bound() {
	awk -v mark="mark $1." 'index($0, mark) { seen = 1 } seen && /e1000e.*: bound to device/ { exit }' </dev/kmsg
}

look() {
	echo "mark ${1#mark-}." >/dev/kmsg
	tell "$1" end
	bound "${1#mark-}"
	tell "times-${1#mark-}" device "$(spans "${1#mark-}")"
	tell "times-${1#mark-}" end
}

# The kernel's log is read afterwards. On the console it would give dom0 work meanwhile.
kill "$LAB_KMSG_RELAY"
echo 'func driver_bound +p' >/sys/kernel/debug/dynamic_debug/control || die "the kernel does not say when a driver is bound"
modprobe e1000e || die "no driver"
modprobe xen-pcifront || die "no frontend"
tell ready
follow look
