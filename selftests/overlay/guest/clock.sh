# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A domain beside dom0 that is given a clock while it runs, as Xen's document has
# it: applies its overlay, uses the clock, lets go of it, twice. It has no xenstore:
# what it waits for is that dom0 attaches registers.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

overlay=/sys/kernel/config/device-tree/overlays/new_overlay

# await_registers ADDRESS: until they can be read. Who reads them before is killed.
await_registers() {
	lab-wait 600 sh -c "devmem $1 32; exit \$?" || die "nobody attaches $1"
}

apply() {
	mkdir -p $overlay
	cat /lab/clock.dtbo >$overlay/dtbo || die "not applied: $(cat $overlay/error)"
	tell status "$(cat $overlay/status)"
	lab-wait 60 sh -c 'ls /sys/class/rtc/*/wakealarm' || die "no clock: $(ls /sys/bus/amba/devices)"
	tell rtc "$(cat /sys/class/rtc/*/name)"
	tell time "$(cat /sys/class/rtc/*/since_epoch)"
}

let_go() {
	rmdir $overlay
	[ ! -e /proc/device-tree/pl031@9010000 ] || die "it is still there"
	[ ! -e /sys/bus/amba/devices/9010000.pl031 ] || die "its device is still there"
}

modprobe configfs || die "no configfs"
mount -t configfs configfs /sys/kernel/config
insmod /lab/updates/dt-overlay-configfs.ko || die "no dt-overlay-configfs"
insmod /lab/updates/peek.ko || die "no peek"
mount --bind /dev/peek /dev/mem
[ ! -e /sys/class/rtc/rtc0 ] || die "there is a clock to begin with"
tell ready

await_registers 0x9010fe0
apply
alarm
let_go
tell gone 1

await_registers 0x4001000
apply
alarm
tell again

await_registers 0x4002000
alarm
let_go
tell gone 2
