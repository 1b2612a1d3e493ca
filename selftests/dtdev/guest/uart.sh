# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a UART: speaks, hears, repeats. Its number is on its command line. Its interrupt
# comes from Xen, or from dom0.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

number=$(sed -n 's/.*talk=\([0-9]*\).*/\1/p' /proc/cmdline)
take_relay
open_uart
echo "guest $number speaks" >&5
IFS= read -r line <&5
echo "guest $number heard: $line" >&5
tell interrupts "$(lab-irqs uart-pl011)"
exec tail -f /dev/null
