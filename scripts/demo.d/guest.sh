# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the demo's guest.

set -e
device=/sys/bus/pci/devices/0000:00:00.0
lab-wait 30 test -e "$device/config"

echo "kernel $(uname -r), paravirtual: $(cat /sys/hypervisor/type) guest $(cat /sys/hypervisor/uuid)"
echo "PCI device ${device##*/}: $(cat "$device/vendor"):$(cat "$device/device") class $(cat "$device/class")"
modprobe e1000e
lab-wait 20 test -e "$device/driver"
echo "driver in use: $(basename "$(readlink "$device/driver")")"
interface=$(ls "$device/net")
lab-lease "$interface" 2>/dev/null | grep lease
ping -c 3 10.0.2.2
echo "its interrupts:"
grep "$interface" /proc/interrupts
