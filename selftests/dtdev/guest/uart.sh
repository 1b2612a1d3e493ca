# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a UART: speaks, hears, repeats. Its number is on its command line.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

number=$(sed -n 's/.*talk=\([0-9]*\).*/\1/p' /proc/cmdline)
lab-wait 60 test -e /sys/bus/amba/devices/9040000.pl011/driver || die "no UART: $(ls /sys/bus/amba/devices)"
tty=/dev/$(cd /sys/bus/amba/devices/9040000.pl011 && find . -name 'ttyAMA*' | sed 's,.*/,,' | head -n 1)
exec 5<>"$tty"
stty -F "$tty" raw -echo 115200
echo "guest $number speaks" >&5
IFS= read -r line <&5
echo "guest $number heard: $line" >&5
tell interrupts "$(lab-irqs uart-pl011)"
exec tail -f /dev/null
