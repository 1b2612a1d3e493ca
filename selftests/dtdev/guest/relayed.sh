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

# irq_of NAME: its number here.
irq_of() {
	awk -v name="$1" '$NF == name { sub(/:/, "", $1); print $1; exit }' /proc/interrupts
}

# alarms_on CPU: how many of the clock's interrupts have come there.
alarms_on() {
	awk -v column="$(($1 + 2))" '$NF == "rtc-pl031" { print $column }' /proc/interrupts
}

# on_cpu CPU: the next alarm is to come there, and then has.
on_cpu() {
	echo "$1" >"/proc/irq/$(irq_of rtc-pl031)/smp_affinity_list" || die "no choice of a CPU"
	lab-wait 60 grep -q -x "$1" "/proc/irq/$(irq_of xen-dtdev-irq)/effective_affinity_list" ||
		die "the event stays where it was: $(grep . /proc/irq/*/effective_affinity_list)"
	there=$(alarms_on "$1")
	alarm
	tell "$step" $(($(alarms_on "$1") - there))
}

while next_step; do
	case $step in
	alarm*) alarm ;;
	cpu*) on_cpu "${step#cpu}" ;;
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
