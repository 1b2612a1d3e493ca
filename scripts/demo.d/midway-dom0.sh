# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The Midway demo's part in dom0; ends at the first step that does not work.

set -u -o pipefail
nic=/soc/ethernet@fff51000 name=fff51000.ethernet
dir=/sys/class/xen-dtdev/$name device=/sys/bus/platform/devices/$name
log=/run/demo.log

# shellcheck source=telling.sh
source /lab/telling.sh

# a_frame_comes COMMAND...: each frame that ends at the device, however short, is an
# interrupt; they are sent until COMMAND says that one has come.
a_frame_comes() {
	lab-wait 120 sh -c 'lab-runt && "$@"' sh "$@"
}

# dom0_uses_it: its driver takes an interrupt. Nothing may be sent.
dom0_uses_it() {
	local interface before
	lab-wait 30 test -d $device/net || fail "dom0 has no driver on it"
	interface=$(basename "$(echo $device/net/*)")
	echo 1 >"/proc/sys/net/ipv6/conf/$interface/disable_ipv6"
	ip link set "$interface" up
	before=$(lab-irqs $name)
	a_frame_comes lab-irqs $name "$before" || fail "dom0 takes no interrupt of the device"
	show readlink $device/driver
	show lab-irqs $name
	ip link set "$interface" down
}

head_line "1. dom0 uses the device"
modprobe xgmac
dom0_uses_it

head_line "2. xen-dtdev takes it: alive, silenced, out of dom0's reach"
show xl-dtdev check $nic
show xl-dtdev release $nic
show cat $dir/state
show cat $dir/fence

head_line "3. xl-dtdev writes what the guest needs; dom0 will pass its interrupts on"
show xl-dtdev config $nic --guest guest --out /root
show cat /root/guest.dts
show cat $dir/interrupts

head_line "4. The guest is started and its stock driver binds"
mapfile -t lines < <(grep -v '^#' /root/guest.cfg)
lab-guest guest --script /lab/guest.sh --file /lab/guest/updates/xen-dtdev-irq.ko --detach "${lines[@]}" >"$log" 2>&1 ||
	fail "the guest does not start"
lab-wait 120 grep -q '^guest: told ready' "$log" || fail "the guest does not get the device to work"
a_frame_comes grep -q "^guest: told interrupts [1-9]" "$log" || fail "the guest takes no interrupt of the device"
for what in device driver interface interrupts; do
	[[ -n $(told "$what") ]] || fail "the guest said nothing of: $what"
	printf '  %-12s %s\n' "$what" "$(told "$what")"
done
show cat $dir/relays

head_line "5. The guest goes; the device is silenced again, and dom0 uses it as before"
show xl destroy guest
# 124: it ended, as asked, before its script did.
lab-guest --wait guest >>"$log" 2>&1
[[ $? == 124 ]] || fail "the guest ended badly"
show xl-dtdev reclaim $nic
dom0_uses_it
