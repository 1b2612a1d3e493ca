# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# What a script in a guest begins with: . /lab/in-guest.sh
# Busybox only. A guest's verdict is its exit status; what it prints says why.

PCI=/sys/bus/pci/devices

# In a $(...) it ends only that: what takes a value from there goes on with || exit.
die() {
	{
		echo "FAILED: $*"
		dmesg | tail -n 25
	} >&2
	exit 1
}

# await_function BDF
await_function() {
	lab-wait 90 test -e "$PCI/$1/config" || die "no function $1: $(ls "$PCI")"
}

# function_of VENDOR:DEVICE: where the guest sees it.
function_of() {
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 90 sh -c 'grep -l -x "$1" "$2"/*/device' sh "0x${1#*:}" "$PCI" || die "no $1: $(ls "$PCI")"
	for dir in "$PCI"/*; do
		[ "$(cat "$dir/vendor" "$dir/device" | tr -d '\n')" != "0x${1%:*}0x${1#*:}" ] || echo "${dir##*/}"
	done
}

# A function is to be seen before drivers may bind to it.
await_driver() {
	lab-wait 90 test -e "$PCI/$1/driver" || die "no driver binds to $1"
}

# drive BDF DRIVER
drive() {
	await_function "$1"
	modprobe "$2" || die "no driver $2"
	await_driver "$1"
}

# interface_of BDF: a virtio one hangs off the device on its bus.
interface_of() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 90 sh -c 'ls "$1"/net "$1"/virtio*/net 2>/dev/null | grep .' sh "$PCI/$1" || die "$1 has no network interface"
	for dir in "$PCI/$1"/net/* "$PCI/$1"/virtio*/net/*; do
		[ ! -d "$dir" ] || echo "${dir##*/}"
	done
}

# lease_and_ping BDF: an address by DHCP, and answers from the gateway.
lease_and_ping() {
	interface=$(interface_of "$1") || exit
	lab-lease "$interface" || die "$interface ($1) gets no lease"
	ping -I "$interface" -c 3 -W 5 10.0.2.2 || die "$interface ($1): the gateway does not answer"
}

# hang_up: what lease_and_ping took. Networks are alike: with several, one at a time.
hang_up() {
	ip link set "$interface" down
	ip address flush dev "$interface"
}

# interrupts KIND NAME: "COUNT NAME" for each interrupt of that kind.
interrupts() {
	awk -v kind="-$1" -v name="$2" '
		NR == 1 { cpus = NF; next }
		index($0, kind " ") && substr($NF, 1, length(name)) == name {
			sum = 0
			for (i = 2; i < 2 + cpus; i++) sum += $i
			print sum, $NF
		}' /proc/interrupts
}

# alarm: sets that of the newest clock, a pl031, and waits for its interrupt.
alarm() {
	clock=$(find /sys/class/rtc/ -name 'rtc[0-9]*' | sort | tail -n 1)
	before=$(lab-irqs rtc-pl031)
	echo 0 >"$clock/wakealarm"
	echo +2 >"$clock/wakealarm"
	lab-wait 60 lab-irqs rtc-pl031 "$before" || die "no interrupt of an alarm"
	tell interrupts "$(lab-irqs rtc-pl031)"
}

# take_relay: the controller of interrupts that dom0 passes on, if the test has brought it.
take_relay() {
	[ ! -e /lab/xen-dtdev-irq.ko ] || insmod /lab/xen-dtdev-irq.ko || die "no controller"
}

# free_clock: a pl031 that no driver has. Its own may be part of the kernel, and then comes by
# itself.
free_clock() {
	driver=/sys/bus/amba/drivers/rtc-pl031
	modprobe -q rtc-pl031
	lab-wait 60 test -e $driver/9010000.pl031 || die "no driver: $(ls $driver)"
	echo 9010000.pl031 >$driver/unbind
}

# open_uart: the second pl011, for reading and writing, as file 5.
open_uart() {
	lab-wait 60 test -e /sys/bus/amba/devices/9040000.pl011/driver || die "no UART: $(ls /sys/bus/amba/devices)"
	tty=/dev/$(cd /sys/bus/amba/devices/9040000.pl011 && find . -name 'ttyAMA*' | sed 's,.*/,,' | head -n 1)
	exec 5<>"$tty"
	stty -F "$tty" raw -echo 115200
}

# resources BDF: the regions, first and last byte of each.
resources() {
	head -n 7 "$PCI/$1/resource" | cut -d' ' -f1,2
}

# tell KEY [VALUE]: to the test in dom0, which reads it off the output. What
# relays that keeps the last line back until it has another.
tell() {
	printf 'told %s\n\n' "$*"
}

# next_step: waits until the test in dom0 says another word; in $step.
step='' step_seconds=600
next_step() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait "$step_seconds" sh -c '[ "$(xenstore-read data/step 2>/dev/null)" != "$1" ]' sh "$step" || die "dom0 says nothing"
	step=$(xenstore-read data/step)
}

# raw_connect AER: the frontend that does what it is told, connected.
RAW=/sys/kernel/debug/rawfront
raw_answers() {
	echo 0 0 0 0 0 4 0 2>/dev/null >"$RAW/op"
}
raw_connect() {
	insmod /lab/rawfront.ko aer="$1" || die "no rawfront"
	until raw_answers 2>/dev/null; do :; done
}

# raw_op CMD DOMAIN BUS DEVFN OFFSET SIZE VALUE [ENTRY...]: prints "ERR VALUE [VECTOR...]".
raw_op() {
	echo "$@" >"$RAW/op" && cat "$RAW/op"
}
