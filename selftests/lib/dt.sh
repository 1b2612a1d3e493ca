# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Devices of the device tree in dom0: source /lab/lib/dt.sh after dom0.sh.

# shellcheck disable=SC2034 # used by tests
DTDEV=/sys/bus/platform/drivers/xen-dtdev

# dt_load PARAMETER...: until the test ends.
dt_load() {
	modprobe xen-dtdev "$@"
	defer dt_unload
}

dt_unload() {
	modprobe -r xen-dtdev
	[[ ! -e /sys/module/xen_dtdev && ! -e $DTDEV ]] || fail "xen-dtdev is still there after its removal"
}

# dt_release PATH...: until the test ends.
dt_release() {
	xl-dtdev release "$@" || fail "$1 is not released"
	defer xl-dtdev reclaim "$1"
}

# dt_config PATH: lets xl-dtdev write what a guest needs; xl's lines are in $lines then.
dt_config() {
	local name=${1##*/}
	xl-dtdev config "$1" --out "$TEST_DIR" || fail "there is no configuration for $1"
	mapfile -t lines < <(grep -v '^#' "$TEST_DIR/${name#*@}.${name%@*}.cfg")
}

# dt_give GUEST PATH [FORCE]: released, and given to a new guest, which keeps it.
dt_give() {
	dt_release "${@:2}"
	dt_config "$2"
	guest_start "$1" wait.sh "${lines[@]}"
}

# expect_relay DIRECTORY STATE: of a device with one line that dom0 passes on.
expect_relay() {
	lab-wait 60 grep -q "^[0-9]* $2 " "$1/relays" || fail "the line is not $2: $(<"$1/relays")"
}

# dt_driver BUS/DEVICE: its driver's name, or "none".
dt_driver() {
	local link=/sys/bus/${1%/*}/devices/${1#*/}/driver
	if [[ -e $link ]]; then
		basename "$(readlink "$link")"
	else
		echo none
	fi
}

# gpio_driver bind|unbind: of the GPIO controller, and of what needs a line of it.
gpio_driver() {
	echo 9030000.pl061 >"/sys/bus/amba/drivers/pl061_gpio/$1"
}

# peek ADDRESS: 32 bits of physical memory, whoever has claimed it.
peek() {
	[[ -e /dev/peek ]] || modprobe peek
	mountpoint -q /dev/mem || mount --bind /dev/peek /dev/mem
	busybox devmem "$1" 32
}

# expect_fenced ADDRESS: dom0 dies of touching it. Which signal that is depends on
# the architecture.
expect_fenced() {
	local status=0
	(peek "$1") >/dev/null 2>&1 || status=$?
	((status > 128)) || fail "dom0 can reach $1 (status $status)"
}

# expect_reachable ADDRESS
expect_reachable() {
	(peek "$1") >/dev/null || fail "dom0 cannot reach $1"
}

# rtc_works: dom0's driver of QEMU's clock tells the time, and takes an alarm's
# interrupt. It need not be rtc0 again: the alarm timer never lets go of the number.
rtc_works() {
	local before dir device=/sys/bus/amba/devices/9010000.pl031
	lab-wait 20 test -d $device/rtc || fail "dom0 has no clock"
	dir=$(echo $device/rtc/rtc*)
	expect_eq "its name" "rtc-pl031 9010000.pl031" "$(<"$dir/name")"
	expect_ge "its time" $(($(date +%s) - 600)) "$(<"$dir/since_epoch")"
	before=$(lab-irqs rtc-pl031)
	echo 0 >"$dir/wakealarm"
	echo +2 >"$dir/wakealarm"
	lab-wait 30 lab-irqs rtc-pl031 "$before" || fail "no interrupt of an alarm"
}

# dom0_state: what a test may not leave changed.
dom0_state() {
	if [[ -e /sys/module/xen_dtdev ]]; then
		echo "xen-dtdev is loaded"
		sed 's/^/taken /' "$DTDEV/nodes"
	fi
	find -L /sys/bus/{amba,platform}/devices -mindepth 2 -maxdepth 2 -name driver -printf '%h ' -exec readlink {} \; | grep -v alarmtimer
	grep -s -H -v '(null)' /sys/bus/{amba,platform}/devices/*/driver_override || :
	xl list | awk 'NR > 1 { print "domain " $1 }'
}
