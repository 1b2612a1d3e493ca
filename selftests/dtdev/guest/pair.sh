# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a UART and a real-time clock, each with its interrupt: takes an alarm, says
# so on the UART, hears the answer.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

modprobe -q rtc-pl031
lab-wait 60 test -e /sys/class/rtc/rtc0/wakealarm || die "no alarm: $(ls /sys/class/rtc/)"
open_uart
alarm
echo "alarms: $(lab-irqs rtc-pl031)" >&5
IFS= read -r line <&5
tell heard "$line"
tell uart "$(lab-irqs uart-pl011)"
