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
# lab: --pci pcie-root-port,id=shared,addr=0x8,chassis=2
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x0,multifunction=on
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh

nic=0000:00:05.0 one=0000:01:00.0 two=0000:01:00.1

# port_interrupts [VALUE]: which ones the first port of the controller raises; only a reset
# clears that.
port_interrupts() {
	local base
	base=$(sed -n 6p "$PCI/$one/resource" | cut -d' ' -f1)
	busybox devmem $((base + 0x114)) 32 ${1:+"$1"}
}

# Neither can be reset by itself, both together by their bus: which is what comes next.
test_returned_while_it_is_being_cleaned() {
	local mark status=0
	pciback_load idle_d3=0 "hide=($one)($two)"
	loop_connect "$one"
	loop_put 4 2 2
	setpci -s "$one" COMMAND=2:2
	port_interrupts 0x7dc000ff
	expect_eq "written" 0x7DC000FF "$(port_interrupts)"
	mark=$(dmesg_mark)
	loop_keys rm "$LOOP_BACK" "$LOOP_FRONT"
	await 20 is_no_guests || fail "$one is $(of "$one" state)"
	write_attr "$PCIBACK/return" "$one" || status=$?
	note "return: $status; $(dmesg_since "$mark" | grep "$one" || :)"
	((status == 0)) || return 0
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
	expect_eq reset_result '-25 no method fits' "$(of "$nic" reset_result)"
	expect_errno EPERM "$PCIBACK/return" "$nic"
	expect_driver "$nic" pciback
	defer write_attr /sys/module/xen_pciback/parameters/reset_policy auto
	write_attr /sys/module/xen_pciback/parameters/reset_policy warn
	write_attr "$PCIBACK/return" "$nic"
	expect_driver "$nic" none
}

# is_asked MARK: the guest, for the function.
is_asked() {
	dmesg_since "$1" | grep -q "pciback $nic: needed in dom0"
}

# It is asked for, and the guest does not answer: ten seconds in which the function's lock
# is held.
test_a_reset_that_comes_too_late() {
	local mark status=0 pid
	pciback_load idle_d3=0 "hide=($nic)"
	loop_connect "$nic"
	echo pci-0 >"$LOOP_DRIVER/unbind"
	mark=$(dmesg_mark)
	write_attr "$PCIBACK/unbind" "$nic" &
	pid=$!
	await 20 is_asked "$mark" || fail "the guest is not asked"
	ends_within 60 write_attr "$PCIBACK/do_flr" "$nic" || status=$?
	wait "$pid"
	expect_driver "$nic" none
	dmesg_since "$mark" | grep "$nic" || :
	((status != 0 && status != 124)) || fail "do_flr of what is not seized any more ends with status $status"
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
