# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in an HVM guest: its e1000e is bound to its driver. Whether it gets a lease, too, and
# if not, what it did, is told.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

bdf=$(function_of 8086:10d3) || exit
drive "$bdf" e1000e
interface=$(interface_of "$bdf") || exit
echo "bound at $bdf: $(find "$PCI/$bdf/msi_irqs" -type f 2>/dev/null | wc -l) messages, power state $(cat "$PCI/$bdf/power_state")"
if lab-lease "$interface"; then
	tell lease yes
else
	grep -E "CPU0|$interface" /proc/interrupts
	grep -H . /sys/class/net/"$interface"/statistics/*_packets
	dmesg | tail -n 8
	tell lease no
fi
tell ready
while next_step; do
	[ "$step" != shutdown ] || exit 0
done
