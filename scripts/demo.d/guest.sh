# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# The demo's part in the guest: uses the card, says how it went, waits for the end.

set -e
device=/sys/bus/pci/devices/0000:00:00.0
lab-wait 30 test -e $device/config
modprobe e1000e
lab-wait 30 test -d $device/net
interface=$(ls $device/net)

tell() {
	echo "told $*"
}

tell address "${device##*/}"
tell id "$(cut -c3- $device/vendor):$(cut -c3- $device/device)"
tell memory "$(head -n 1 $device/resource | awk '{ print $1 "-" $2 }' | sed 's/0x0*/0x/g')"
tell driver "$(basename "$(readlink $device/driver)")"
tell lease "$(lab-lease "$interface" | sed -n 's/^lease //p')"
ping -c 3 -W 5 10.0.2.2 >/tmp/ping
tell ping "$(sed -n 's/ packets transmitted, \([0-9]*\) packets received.*/ sent, \1 answered/p' /tmp/ping)"
tell interrupts "$(awk -v name="$interface" '/pcifront-msi-x/ && index($NF, name) { n++; sum += $2 } END { if (n) print n " by MSI-X, " sum " came" }' /proc/interrupts)"
tell ready
# What relays these lines keeps the last one back.
echo
# dom0 ends it.
exec tail -f /dev/null
