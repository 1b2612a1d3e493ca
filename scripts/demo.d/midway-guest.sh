# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# The Midway demo's part in the guest: loads the controller of interrupts that dom0 passes on,
# binds the driver, sets the interface up, says how it went, takes an interrupt, waits for
# the end.

set -e
insmod /lab/xen-dtdev-irq.ko
device=/sys/bus/platform/devices/10000000.ethernet
lab-wait 30 test -d $device
modprobe xgmac
lab-wait 30 test -d $device/net
interface=$(ls $device/net)
# Nothing may be sent: without an IOMMU the device would look for it elsewhere.
echo 1 >"/proc/sys/net/ipv6/conf/$interface/disable_ipv6"
ip link set "$interface" up

tell() {
	echo "told $*"
}

tell device "$(ls -d /proc/device-tree/passthrough/ethernet*)"
tell driver "$(basename "$(readlink $device/driver)")"
tell interface "$(ip -o link show "$interface" | cut -d' ' -f2,3)"
tell ready
# What relays these lines keeps the last one back.
echo
lab-wait 120 lab-irqs 10000000.ethernet 0
tell interrupts "$(lab-irqs 10000000.ethernet)"
echo
exec tail -f /dev/null
