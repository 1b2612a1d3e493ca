# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A domain beside dom0 that is given a clock while it runs, as Xen's document has
# it: applies the overlay that dom0 hands over, uses the clock, lets go of it.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

modprobe configfs || die "no configfs"
mount -t configfs configfs /sys/kernel/config
insmod /lab/updates/dt-overlay-configfs.ko || die "no dt-overlay-configfs"
[ ! -e /sys/class/rtc/rtc0 ] || die "there is a clock to begin with"
tell ready
# Asking before dom0 has made the domain known crashes the kernel's xenbus thread.
lab-wait 400 grep -q ' xenbus$' /proc/interrupts || die "no xenstore"
next_step

overlay=/sys/kernel/config/device-tree/overlays/new_overlay
xenstore-read data/dtbo | base64 -d >overlay_domu.dtbo
mkdir -p $overlay
cat overlay_domu.dtbo >$overlay/dtbo || die "not applied: $(cat $overlay/error)"
tell status "$(cat $overlay/status)"
lab-wait 60 test -e /sys/class/rtc/rtc0/wakealarm || die "no clock: $(ls /sys/bus/amba/devices)"
tell rtc "$(cat /sys/class/rtc/rtc0/name)"
tell time "$(cat /sys/class/rtc/rtc0/since_epoch)"
alarm
rmdir $overlay
[ ! -e /proc/device-tree/pl031@9010000 ] || die "it is still there"
tell removed
