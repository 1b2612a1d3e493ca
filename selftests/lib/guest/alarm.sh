# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a real-time clock and its interrupt: sets an alarm, takes it.

# shellcheck source=../in-guest.sh
. /lab/in-guest.sh

modprobe -q rtc-pl031
lab-wait 60 test -e /sys/class/rtc/rtc0/wakealarm || die "no alarm: $(ls /sys/class/rtc/rtc0/)"
[ "$(lab-irqs rtc-pl031)" = 0 ] || die "interrupts before there was an alarm: $(lab-irqs rtc-pl031)"
alarm
