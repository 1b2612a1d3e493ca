# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Power: functions that nobody uses sleep, dom0 can be put to sleep with seized
# functions, a guest's among them, and nothing is a bus master when dom0 goes.
#
# dom0's sleep is the kernel's own test of it (pm_test): all but the machine.
#
# only by name: two guests make it long
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci igb,addr=0x6
# lab: --may-fault 0000:00:05.0
#
# A guest that is destroyed leaves its DMA on until it is reset: that may fault.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 igb=0000:00:06.0
IDLE_D3=/sys/module/xen_pciback/parameters/idle_d3

expect_power() {
	expect_eq "power state of $1" "$2" "$(<"$PCI/$1/power_state")"
}

await_power() {
	lab-wait 20 grep -q -x "$2" "$PCI/$1/power_state" || fail "$1 is in $(<"$PCI/$1/power_state"), not $2"
}

is_master() {
	(($(setpci -s "$1" COMMAND) & 4))
}

expect_master() {
	is_master "$1" || fail "$1 is no bus master"
}

expect_no_master() {
	! is_master "$1" || fail "$1 is a bus master"
}

test_idle_functions_sleep() {
	driver_load e1000e
	expect_power "$nic" D0
	pciback_load takeover=1 "hide=($nic)($igb)"
	expect_eq "idle_d3" Y "$(<"$IDLE_D3")"
	expect_power "$nic" D3hot
	expect_power "$igb" D3hot
	note "a register of a sleeping igb: $(register "$igb" 0x5200)"
	write_attr "$PCIBACK/do_flr" "$igb"
	expect_eq reset_result 0 "$(of "$igb" reset_result)"
	# Who asks for that may be about to give it to a guest, without a word to us.
	expect_power "$igb" D0
	guest_paused user "$igb"
	expect_power "$igb" D0
	expect_power "$nic" D3hot
	xl destroy user
	await_state "$igb" idle
	expect_power "$igb" D3hot
	write_attr "$PCIBACK/return" "$nic"
	expect_power "$nic" D0
	dom0_gets_lease "$nic"
}

test_unloading_wakes_them() {
	pciback_load "hide=($nic)($igb)"
	expect_power "$nic" D3hot
	now pciback_unload
	expect_power "$nic" D0
	expect_power "$igb" D0
	driver_load e1000e
	dom0_gets_lease "$nic"
}

test_idle_functions_stay_awake_on_request() {
	pciback_load idle_d3=0 "hide=($nic)"
	expect_power "$nic" D0
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_power "$nic" D0
	write_attr "$IDLE_D3" 1
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_power "$nic" D0
	# A minute later nobody is expected to take it any more.
	lab-wait 180 grep -q -x D3hot "$PCI/$nic/power_state" || fail "$nic does not sleep"
	write_attr "$IDLE_D3" 0
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_power "$nic" D0
}

# What the PCI core says of the state each function sleeps in.
log_sleep() {
	echo "func pci_pm_suspend_noirq $1p" >/sys/kernel/debug/dynamic_debug/control
}

# How far the kernel goes: all that is done to devices, without the delay. Not the
# sleep that leaves the machine on (freeze): the kernel warns of an interrupt of
# ACPI's on the way back from that, under Xen.
dom0_sleeps() {
	local before=$SECONDS
	write_attr /sys/power/mem_sleep deep
	write_attr /sys/power/pm_test platform
	write_attr /sys/power/state mem
	note "dom0 slept, in the way of $(<"/sys/power/pm_test"), $((SECONDS - before)) s"
}

test_dom0_sleeps_and_wakes() {
	local mark delay=/sys/module/suspend/parameters/pm_test_delay
	note "states: $(</sys/power/state), of mem: $(</sys/power/mem_sleep), tests: $(</sys/power/pm_test)"
	pciback_load "hide=($nic)($igb)"
	guest_start user e1000e.sh "pci=[\"$nic\"]"
	guest_reaches user ready
	defer write_attr "$delay" "$(<"$delay")"
	defer write_attr /sys/power/pm_test none
	defer write_attr /sys/power/mem_sleep "$(sed 's/.*\[\(.*\)\].*/\1/' /sys/power/mem_sleep)"
	defer log_sleep -
	write_attr "$delay" 0
	log_sleep +
	mark=$(dmesg_mark)
	# As if the chip had just reset itself: what it holds then is not what is wanted.
	setpci -s "$nic" COMMAND=0:2
	dom0_sleeps
	dmesg_since "$mark" >"$TEST_DIR/log"
	expect_line "pciback $nic: PCI PM: Suspend power state: D3hot" "the guest's, while dom0 slept" <"$TEST_DIR/log"
	expect_line "pciback $igb: PCI PM: Suspend power state: D3hot" "the idle one, while dom0 slept" <"$TEST_DIR/log"
	expect_power "$nic" D0
	expect_power "$igb" D3hot
	expect_master "$nic"
	expect_eq "memory is decoded" 2 "$((0x$(setpci -s "$nic" COMMAND) & 2))"
	guest_tell user again
	guest_reaches user again
	guest_tell user shutdown
	guest_ends user 0
}

# As device_shutdown() does it for power-off, reboot and kexec, with a guest that
# still runs.
test_no_bus_master_after_shutdown() {
	pciback_load "hide=($nic)"
	guest_start user e1000e.sh "pci=[\"$nic\"]"
	guest_reaches user ready
	expect_master "$nic"
	modprobe callshutdown device="$nic"
	defer modprobe -r callshutdown
	expect_no_master "$nic"
	guest_tell user reload
	guest_reaches user reloaded
	expect_no_master "$nic"
	now guest_destroy user
}

run_tests
