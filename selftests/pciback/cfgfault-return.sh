# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The way back to dom0 while something is still going on: nobody gets a function that a
# guest has used and nothing has reset, and nobody resets what is not ours any more.
#
# Connections are ones of dom0 with itself.
#
# only by name: minutes, and what it looks at takes its time
# lab: --net n0
# lab: --pci igb,addr=0x5,netdev=n0
# lab: --pci pcie-root-port,id=shared,addr=0x8,chassis=2,x-speed=2_5
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x0,multifunction=on
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x1
# lab: --pci nvme,serial=s,bus=shared,addr=0x0.0x2

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh

nic=0000:00:05.0 one=0000:01:00.0 two=0000:01:00.1 three=0000:01:00.2

# port_interrupts [VALUE]: which ones the first port of the controller raises; only a reset
# clears that.
port_interrupts() {
	local base
	base=$(sed -n 6p "$PCI/$one/resource" | cut -d' ' -f1)
	busybox devmem $((base + 0x114)) 32 ${1:+"$1"}
}

# waits_or_has_ended PID
waits_or_has_ended() {
	[[ ! -d /proc/$1 ]] || grep -q pciback_clean_wait "/proc/$1/stack" 2>/dev/null
}

# The first two cannot be reset by themselves, all together by their bus, which has to wait,
# for somebody has the third one's lock.
test_returned_while_it_is_being_cleaned() {
	local mark pid status=0
	cfgfault_load "$three"
	defer fault away 0
	pciback_load idle_d3=0 "hide=($one)($two)($three)"
	loop_connect "$one"
	loop_put 4 2 2
	setpci -s "$one" COMMAND=2:2
	port_interrupts 0x7dc000ff
	expect_eq "written" 0x7DC000FF "$(port_interrupts)"
	fault flr_away_ms 120000
	write_attr "$PCI/$three/reset" 1 &
	await 20 is_at pci_dev_wait || fail "nobody resets $three"
	mark=$(dmesg_mark)
	loop_keys rm "$LOOP_BACK" "$LOOP_FRONT"
	await 20 is_no_guests || fail "$one is $(of "$one" state)"
	expect_eq "state of $one" cleaning "$(of "$one" state)"
	write_attr "$PCIBACK/return" "$one" &
	pid=$!
	await 20 waits_or_has_ended "$pid" || fail "return is in $(cat "/proc/$pid/stack")"
	fault flr_away_ms 0
	fault away 0
	ends_within 90 tail --pid="$pid" -f /dev/null || fail "return does not end"
	wait "$pid" || status=$?
	note "return: $status; $(dmesg_since "$mark" | grep "$one" || :)"
	expect_eq "return" 0 "$status"
	setpci -s "$one" COMMAND=2:2
	expect_eq "what the guest left in it" 0x00000000 "$(port_interrupts)"
}

is_no_guests() {
	local state
	read -r state <"$PCI/$one/pciback/state"
	[[ $state != assigned ]]
}

test_what_nothing_resets_is_not_returned_after_a_guest() {
	defer write_attr "$PCI/$nic/reset_method" default
	pciback_load "hide=($nic)"
	loop_connect "$nic"
	write_attr "$PCI/$nic/reset_method" '\n'
	now loop_destroy
	await_state "$nic" idle
	expect_eq reset_result '-25 its reset_method is empty' "$(of "$nic" reset_result)"
	expect_errno EPERM "$PCIBACK/return" "$nic"
	expect_driver "$nic" pciback
	defer write_attr /sys/module/xen_pciback/parameters/reset_policy auto
	write_attr /sys/module/xen_pciback/parameters/reset_policy warn
	write_attr "$PCIBACK/return" "$nic"
	expect_driver "$nic" none
}

# A capability of the vendor's own may be a window: whatever the index says at that moment is
# written when the data are.
test_windows_are_left_alone() {
	cfgfault_load "$nic" window_at=0xe0
	pciback_load "hide=($nic)"
	loop_connect "$nic"
	setpci -s "$nic" e0.B | expect_line 09 "a capability of the vendor's own"
	setpci -s "$nic" e4.L=12345678 e8.L=9abcdef0
	expect_eq "data" 9abcdef0 "$(setpci -s "$nic" e8.L)"
	fault seen 0
	now loop_destroy
	await_state "$nic" idle
	write_attr "$PCIBACK/return" "$nic"
	expect_ge "writes at all" 1 "$(seen writes)"
	expect_eq "writes to the window" 0 "$(seen window)"
}

test_what_cannot_be_written_cannot_be_written() {
	local list
	pciback_load "hide=($nic)"
	for list in slots hide_status irq_handlers; do
		[[ -e $PCIBACK/$list ]] || continue
		chmod u+w "$PCIBACK/$list"
		! ends_within 20 write_attr "$PCIBACK/$list" "$nic" || fail "$list took it"
		dmesg | tail -n 60 | expect_no "BUG:|Oops" "writing $list"
	done
}

run_tests
