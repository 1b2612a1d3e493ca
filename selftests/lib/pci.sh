# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# PCI functions, drivers and attributes in dom0.

PCI=/sys/bus/pci/devices
# shellcheck disable=SC2034 # used by tests
PCIBACK=/sys/bus/pci/drivers/pciback

# bdf_of VENDOR:DEVICE: the first function of that kind, with its domain.
bdf_of() {
	local bdf
	bdf=$(lspci -D -n -d "$1" | head -n 1 | cut -d' ' -f1)
	[[ -n $bdf ]] || fail "the machine has no $1"
	echo "$bdf"
}

# driver_of BDF: its driver's name, or "none".
driver_of() {
	local driver=none
	[[ ! -e $PCI/$1/driver ]] || driver=$(readlink "$PCI/$1/driver")
	echo "${driver##*/}"
}

expect_driver() {
	expect_eq "driver of $1" "$2" "$(driver_of "$1")"
}

# interface_of BDF
interface_of() {
	lab-wait 20 test -d "$PCI/$1/net" || fail "$1 has no network interface"
	ls "$PCI/$1/net"
}

# dom0_gets_lease BDF: dom0's own driver works on it.
dom0_gets_lease() {
	local interface
	interface=$(interface_of "$1")
	lab-lease "$interface" || fail "dom0's $interface ($1) gets no lease"
	ip link set "$interface" down
	ip address flush dev "$interface"
}

# resources BDF: the regions, first and last byte of each.
resources() {
	head -n 7 "$PCI/$1/resource" | cut -d' ' -f1,2
}

# write_attr FILE VALUE: as libxl writes, without a newline, and all at once: the
# shell's own printf would write line by line. printf(1)'s escapes.
write_attr() {
	if [[ $2 == *'\n'?* ]]; then
		env printf '%b' "$2" >"$1"
	else
		printf '%b' "$2" >"$1"
	fi
}

# expect_errno ERRNO FILE VALUE: the write itself is refused, with that errno.
expect_errno() {
	local said wanted
	case $1 in
	EINVAL) wanted='Invalid argument' ;;
	ENODEV) wanted='No such device' ;;
	ENOENT) wanted='No such file or directory' ;;
	ENOMEM) wanted='Cannot allocate memory' ;;
	EBUSY) wanted='Device or resource busy' ;;
	EEXIST) wanted='File exists' ;;
	ENXIO) wanted='No such device or address' ;;
	E2BIG) wanted='Argument list too long' ;;
	ENOSPC) wanted='No space left on device' ;;
	EPERM) wanted='Operation not permitted' ;;
	ENOTTY) wanted='Inappropriate ioctl for device' ;;
	EOPNOTSUPP) wanted='Operation not supported' ;;
	*) fail "expect_errno does not know $1" ;;
	esac
	if said=$(write_attr "$2" "$3" 2>&1); then
		fail "$2 took '$3', wanted $1"
	fi
	[[ $said == *"write error: $wanted" ]] || fail "$2 refused '$3' with '$said', wanted $1"
}

# driver_load MODULE...: binds what is free; unloaded when the test ends.
driver_load() {
	local module
	for module; do
		modprobe "$module"
		defer modprobe -r "$module"
	done
}

# pciback_load PARAMETER...: until the test ends. What it seizes is ready.
pciback_load() {
	modprobe xen-pciback "$@"
	defer pciback_unload
	await_ready
}

# await_ready: nothing that is seized is being reset any more.
await_ready() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 60 sh -c '! grep -q -x cleaning "$1"/????:*/pciback/state 2>/dev/null' sh "$PCIBACK" ||
		fail "being reset still: $(grep -l -x cleaning "$PCIBACK"/????:*/pciback/state | paste -s)"
}

pciback_unload() {
	modprobe -r xen-pciback
	[[ ! -e /sys/module/xen_pciback && ! -e $PCIBACK ]] || fail "xen-pciback is still there after its removal"
}

# seized: the functions bound to pciback, on one line; without the driver, not even none.
seized() {
	[[ -d $PCIBACK ]] || {
		echo "no driver pciback"
		return
	}
	(cd "$PCIBACK" && echo ????:??:??.?) | sed 's/^?.*//'
}

# slots: what the attribute lists, on one line.
slots() {
	local slots
	mapfile -t slots <"$PCIBACK/slots"
	echo "${slots[*]}"
}

# dmesg_mark: a place in the kernel log. dmesg_since MARK: what came after; fails if the
# log has lost its mark.
dmesg_mark() {
	local mark="selftest mark $RANDOM$RANDOM"
	echo "$mark" >/dev/kmsg
	echo "$mark"
}

dmesg_since() {
	dmesg --notime | awk -v mark="$1" 'on { print } index($0, mark) { on = 1 } END { exit !on }'
}

# dom0_state: what a test may not leave changed. Few processes: it is looked at
# between any two tests.
dom0_state() {
	if [[ -e /sys/module/xen_pciback ]]; then
		echo "xen-pciback is loaded"
		sed 's/^/slot /' "$PCIBACK/slots"
		sed 's/^/permissive /' "$PCIBACK/permissive"
	fi
	find "$PCI"/*/ -maxdepth 1 -name driver -printf '%h driver %l\n'
	grep -H -v '(null)' "$PCI"/*/driver_override || :
	xl list | awk 'NR > 1 { print "domain " $1 }'
	find /sys/bus/xen-backend/devices/ -name 'pci-*' -printf 'connection %f\n'
}

# register BDF OFFSET [VALUE]: of the device itself, in its first region.
register() {
	local base
	base=$(head -n 1 "$PCI/$1/resource" | cut -d' ' -f1)
	busybox devmem "$(printf '%#x' $((base + $2)))" 32 ${3:+"$3"}
}

# capability_of BDF NAME: where it is, by lspci's name for it.
capability_of() {
	local at
	at=$(lspci -v -s "$1" | sed -n "s/.*Capabilities: \[\([0-9a-f]*\)\] $2.*/\1/p" | head -n 1)
	[[ -n $at ]] || fail "$1 has no capability $2"
	echo $((16#$at))
}

# giveto give|take BDF DOMID: Xen is told so, and nobody else; by the module of that name.
# shellcheck disable=SC2034 # used by tests
DOMID_IO=32753
giveto() {
	write_attr "/sys/module/giveto/parameters/$1" "$2 $3"
}

# await_state BDF STATE
await_state() {
	lab-wait 30 grep -q -x "$2" "$PCI/$1/pciback/state" || fail "$1 is $(<"$PCI/$1/pciback/state"), not $2"
}

# await_xen BDF DOMAIN [MORE]: until Xen's list of functions says that it is that domain's, d0 or
# d3, and more.
await_xen() {
	xl dmesg -c >/dev/null
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 30 sh -c 'xl debug-keys Q; xl dmesg -c | grep -q "$1 - $2 - .*$3"' sh "$1" "$2" "${3:-}" ||
		fail "Xen does not count $1 as $2's${3:+, $3}"
}

# of BDF ATTRIBUTE: what is known of a seized function.
of() {
	cat "$PCI/$1/pciback/$2"
}

# monitor_start: what the kernel tells of PCI devices, until the test ends.
monitor_start() {
	udevadm monitor --kernel --property --subsystem-match=pci >"$TEST_DIR/uevents" 2>&1 &
	defer kill "$!"
	lab-wait 10 grep -q '^KERNEL - ' "$TEST_DIR/uevents"
}

# uevent EVENT BDF [DOMID]: has come.
uevent() {
	# shellcheck disable=SC2016 # awk's
	lab-wait 20 awk -v event="PCIBACK_EVENT=$1" -v name="PCI_SLOT_NAME=$2" -v domid="${3:+PCIBACK_DOMID=$3}" '
		/^$/ { if (e && n && d) exit found = 1; e = n = d = 0 }
		$0 == event { e = 1 } $0 == name { n = 1 } domid == "" || $0 == domid { d = 1 }
		END { exit !(found || e && n && d) }' "$TEST_DIR/uevents" ||
		fail "no uevent $1 for $2: $(grep -a -h PCIBACK "$TEST_DIR/uevents" | paste -s -d' ')"
}
