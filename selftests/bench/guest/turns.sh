# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a real-time clock: how long its interrupts take, by dom0 or without it.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

module=/sys/module/clockturns/parameters
take_relay
turns=$(sed -n 's/.*turns=\([0-9]*\).*/\1/p' /proc/cmdline)
free_clock
insmod /lab/clockturns.ko "turns=$turns" || die "no interrupts"
for figure in median_ns p99_ns per_second; do
	tell $figure "$(cat $module/$figure)"
done
