# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a Calxeda network device: binds the stock driver, sets it up, takes its
# interrupt, from dom0 if that passes it on.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

take_relay
device=/sys/bus/platform/devices/10000000.ethernet
lab-wait 60 test -d $device || die "no device: $(ls /sys/bus/platform/devices)"
modprobe xgmac || die "no driver"
lab-wait 60 test -e $device/driver || die "the driver does not bind"
tell driver "$(basename "$(readlink $device/driver)")"
interface=$(ls $device/net)
# Nothing may be sent: without an IOMMU the device would look for it elsewhere.
echo 1 >"/proc/sys/net/ipv6/conf/$interface/disable_ipv6"
ip link set "$interface" up || die "$interface does not go up"
lab-wait 30 sh -c "ip link show $interface | grep -q '[<,]UP[,>]'" || die "$interface is not up"
tell up "$interface"
lab-wait 120 lab-irqs 10000000.ethernet 0 || die "no interrupt"
tell interrupts "$(lab-irqs 10000000.ethernet)"
ip link set "$interface" down
