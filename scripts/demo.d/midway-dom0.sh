# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The Midway demo's part in dom0; ends at the first step that does not work.

set -u -o pipefail
nic=/soc/ethernet@fff51000 dir=/sys/class/xen-dtdev/fff51000.ethernet
log=/run/demo.log

# shellcheck source=telling.sh
source /lab/telling.sh

head_line "1. Xen has kept the marked device from dom0"
show tr '\0' '\n' </sys/firmware/devicetree/base$nic/status
show xl-dtdev check $nic

head_line "2. xen-dtdev takes it: alive, silenced, out of dom0's reach"
show xl-dtdev release $nic
show cat $dir/state
show cat $dir/fence

head_line "3. xl-dtdev writes what the guest needs"
show xl-dtdev config $nic --out /root
show cat /root/fff51000.ethernet.dts

head_line "4. The guest is started and its stock driver binds"
mapfile -t lines < <(grep -v '^#' /root/fff51000.ethernet.cfg)
lab-guest guest --script /lab/guest.sh --detach "${lines[@]}" >"$log" 2>&1 || fail "the guest does not start"
lab-wait 120 grep -q '^guest: told ready' "$log" || fail "the guest does not get the device to work"
# Each frame that ends at the device, however short, is an interrupt.
# shellcheck disable=SC2016 # expanded by the inner shell
lab-wait 120 sh -c 'lab-runt && grep -q "^guest: told interrupts [1-9]" "$1"' sh "$log" || fail "the guest takes no interrupt of the device"
for what in device driver interface interrupts; do
	[[ -n $(told "$what") ]] || fail "the guest said nothing of: $what"
	printf '  %-12s %s\n' "$what" "$(told "$what")"
done

head_line "5. The guest goes; the device is silenced again and given back"
show xl destroy guest
# 124: it ended, as asked, before its script did.
lab-guest --wait guest >>"$log" 2>&1
[[ $? == 124 ]] || fail "the guest ended badly"
echo 1 >$dir/reset || fail "the device is not silent"
show cat $dir/reset_result
show xl-dtdev reclaim $nic
