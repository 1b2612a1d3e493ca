# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a real-time clock: tells whose it is, and the time.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

modprobe -q rtc-pl031
lab-wait 60 test -e /sys/class/rtc/rtc0/since_epoch || die "no rtc: $(ls -R /proc/device-tree/passthrough)"
tell rtc "$(cat /sys/class/rtc/rtc0/name)"
tell time "$(cat /sys/class/rtc/rtc0/since_epoch)"
