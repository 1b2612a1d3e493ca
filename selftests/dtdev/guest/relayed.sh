# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a real-time clock whose interrupt dom0 passes on. Its driver comes before
# the controller does. Then dom0 says what to do next.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

modprobe rtc-pl031 || die "no driver"
lab-wait 60 grep -q 9010000.pl031 /sys/kernel/debug/devices_deferred ||
	die "not deferred: $(cat /sys/kernel/debug/devices_deferred)"
tell deferred "$(grep 9010000.pl031 /sys/kernel/debug/devices_deferred | cut -f 2-)"
insmod /lab/xen-dtdev-irq.ko || die "no controller"
lab-wait 60 test -e /sys/class/rtc/rtc0/wakealarm || die "no alarm: $(ls /sys/class/rtc/)"
[ "$(lab-irqs rtc-pl031)" = 0 ] || die "interrupts before there was an alarm: $(lab-irqs rtc-pl031)"
tell offers "$(xenstore-read xen-dtdev/irq/34)"
if xenstore-write xen-dtdev/irq/34 1 2>/dev/null; then
	die "what dom0 offers can be changed"
fi
while next_step; do
	case $step in
	alarm*) alarm ;;
	set*)
		echo 0 >/sys/class/rtc/rtc0/wakealarm
		echo +3 >/sys/class/rtc/rtc0/wakealarm
		tell set
		;;
	forever*)
		echo 0 >/sys/class/rtc/rtc0/wakealarm
		echo +600 >/sys/class/rtc/rtc0/wakealarm
		tell forever
		;;
	again*)
		alarm
		tell "$step"
		;;
	reboot*) reboot -f ;;
	*) break ;;
	esac
done
