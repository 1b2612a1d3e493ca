# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a real-time clock: how long its interrupts take, by dom0 or without it.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

module=/sys/module/clockturns/parameters
[ ! -e /lab/xen-dtdev-irq.ko ] || insmod /lab/xen-dtdev-irq.ko || die "no controller"
turns=$(sed -n 's/.*turns=\([0-9]*\).*/\1/p' /proc/cmdline)
driver=/sys/bus/amba/drivers/rtc-pl031
modprobe -q rtc-pl031
lab-wait 60 test -e $driver/9010000.pl031 || die "no driver: $(ls $driver)"
echo 9010000.pl031 >$driver/unbind
insmod /lab/clockturns.ko "turns=$turns" || die "no interrupts"
for figure in median_ns p99_ns per_second; do
	tell $figure "$(cat $module/$figure)"
done
