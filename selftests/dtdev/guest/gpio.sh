# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a GPIO controller: counts edges of one of its lines, whose number is on its
# command line. The controller's interrupt comes from Xen, or from dom0.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

take_relay
modprobe -q gpio-pl061
chips=/sys/bus/amba/devices/9030000.pl061/gpio
lab-wait 60 test -d $chips || die "no controller: $(ls /sys/bus/amba/devices)"
line=$(($(cat $chips/gpiochip*/base) + $(sed -n 's/.*line=\([0-9]*\).*/\1/p' /proc/cmdline)))
echo $line >/sys/class/gpio/export
echo rising >/sys/class/gpio/gpio$line/edge || die "its edges are no interrupts"
tell ready
while next_step; do
	case $step in
	count*)
		lab-wait 60 lab-irqs gpiolib $((${step#count} - 1)) || die "no edge: $(cat /proc/interrupts)"
		tell "$step" "$(lab-irqs gpiolib)"
		;;
	*) break ;;
	esac
done
