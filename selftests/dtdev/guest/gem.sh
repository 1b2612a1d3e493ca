# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with a network device of Cadence's, whose tree says what its link is: the driver
# binds, with its clocks, and sees the link.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

modprobe macb || die "no driver"
device=$(find /sys/bus/platform/devices/ -name '*.ethernet')
lab-wait 60 test -d "$device/net" || die "the driver does not bind: $(ls /sys/bus/platform/devices)"
tell driver "$(basename "$(readlink "$device/driver")")"
interface=$(ls "$device/net")
# Nothing may be sent: without an IOMMU the device would look for it elsewhere.
echo 1 >"/proc/sys/net/ipv6/conf/$interface/disable_ipv6"
ip link set "$interface" up || die "$interface does not go up"
lab-wait 30 grep -q 1 "/sys/class/net/$interface/carrier" || die "no link"
tell speed "$(cat "/sys/class/net/$interface/speed")"
ip link set "$interface" down
