# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a real-time clock and its interrupt: sets an alarm, takes it.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

taken() {
	awk '$NF == "rtc-pl031" { sum = 0; for (i = 2; $i ~ /^[0-9]+$/; i++) sum += $i; print sum }' /proc/interrupts
}

modprobe -q rtc-pl031
lab-wait 60 test -e /sys/class/rtc/rtc0/wakealarm || die "no alarm: $(ls /sys/class/rtc/rtc0/)"
[ "$(taken)" = 0 ] || die "interrupts before there was an alarm: $(taken)"
echo +2 >/sys/class/rtc/rtc0/wakealarm
# shellcheck disable=SC2016 # awk's fields
lab-wait 60 awk '$NF == "rtc-pl031" && $2 + 0 { found = 1 } END { exit !found }' /proc/interrupts || die "no interrupt of an alarm"
tell interrupts "$(taken)"
