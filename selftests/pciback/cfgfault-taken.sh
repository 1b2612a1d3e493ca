# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What is decided about a function, and done when it has become another's meanwhile: a reset
# that has waited for the one who took it away; a stand-in handler that was switched on by
# hand; and how long a guest that says nothing keeps what dom0 takes away.
#
# The connections are ones of dom0 with itself.
#
# lab: --net n0
# lab: --net n1
# lab: --pci igb,addr=0x6,netdev=n0
# lab: --pci pcie-root-port,id=rp,addr=0x5,chassis=1
# lab: --pci igb,bus=rp,netdev=n1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh

igb=0000:00:06.0 pf=0000:01:00.0
COMMAND=4 MEMORY=0x2 MASTER=0x4

# stands_in PID FUNCTION: waits there in the kernel.
stands_in() {
	grep -q "$2" "/proc/$1/stack" 2>/dev/null
}

# status_of FILE COMMAND...: what it ends with goes there.
status_of() {
	local status=0
	"${@:2}" 2>/dev/null || status=$?
	echo "$status" >"$1"
}

wait_for_both() {
	lab-wait 60 test -s "$TEST_DIR/unbound"
	lab-wait 60 test -s "$TEST_DIR/flr"
}

# Both wait for a lock that somebody has; the first takes the function away, the second
# has found it before that.
test_a_reset_that_comes_when_it_is_not_ours_any_more() {
	local unbind flr
	cfgfault_load "$igb"
	pciback_load idle_d3=0 "hide=($igb)"
	loop_connect "$igb"
	fault delay_us 20000
	fault seen 0
	write_attr "$PCI/$igb/reset" 1 &
	await 20 is_read || fail "nobody resets $igb"
	rm -f "$TEST_DIR/unbound" "$TEST_DIR/flr"
	status_of "$TEST_DIR/unbound" write_attr "$PCIBACK/unbind" "$igb" &
	unbind=$!
	await 20 stands_in "$unbind" 'device_driver\|device_release' || fail "unbind does not wait: $(cat "/proc/$unbind/stack")"
	status_of "$TEST_DIR/flr" write_attr "$PCIBACK/do_flr" "$igb" &
	flr=$!
	await 20 stands_in "$flr" 'pci_dev_lock\|clean_' || fail "do_flr does not wait: $(cat "/proc/$flr/stack")"
	fault delay_us 0
	within 120 wait_for_both
	expect_eq "unbinding" 0 "$(<"$TEST_DIR/unbound")"
	expect_driver "$igb" none
	expect_eq "do_flr of what is not ours any more: its status" 1 "$(<"$TEST_DIR/flr")"
}

is_read() {
	(($(seen reads) >= 10))
}

# Switched on by hand while the guest has message interrupts: nobody would switch it off.
test_a_stand_in_that_was_switched_on_by_hand() {
	pciback_load "hide=($igb)"
	loop_connect "$igb"
	loop_put $COMMAND 2 $((MEMORY | MASTER))
	loop_ask 4 0 0 0 0 0 1 0
	[[ $answer == '0 '* ]] || fail "no MSI-X: '$answer'"
	grep "$igb" "$PCIBACK/irq_handlers" | expect_line "$igb:off:.*" "with message interrupts"
	write_attr "$PCIBACK/irq_handler_state" "$igb"
	now loop_destroy
	await_state "$igb" idle
	grep "$igb" "$PCIBACK/irq_handlers" | expect_line "$igb:off:not acking:.*" "without a guest"
}

numvfs() {
	write_attr "$PCI/$pf/sriov_numvfs" "$1"
}

# connected_to BDF...: the first makes the connection, the others come to it.
connected_to() {
	local bdf n=0
	loop_connect "$1"
	for bdf in "${@:2}"; do
		n=$((n + 1))
		loop_keys write "$LOOP_BACK/dev-$n" "$bdf" "$LOOP_BACK/state-$n" 1 "$LOOP_BACK/num_devs" $((n + 1)) "$LOOP_BACK/state" 7
		await 20 loop_state_is 4 || fail "$bdf is not attached: state $(loop_state)"
		await_state "$bdf" assigned
	done
}

# A guest is given ten seconds, however many there are.
test_many_functions_of_a_guest_that_does_not_answer() {
	local began vfs
	driver_load igb
	pciback_load 'hide=(id=8086:10ca)'
	defer numvfs 0
	numvfs 4
	read -r -a vfs <<<"$(seized)"
	expect_eq "virtual functions" 4 "${#vfs[@]}"
	connected_to "${vfs[@]}"
	echo pci-0 >"$LOOP_DRIVER/unbind"
	began=$SECONDS
	within 120 numvfs 0
	note "$((SECONDS - began)) s"
	expect_eq "seized" "" "$(seized)"
	((SECONDS - began < 25)) || fail "dom0 waits $((SECONDS - began)) s for one guest"
}

run_tests
