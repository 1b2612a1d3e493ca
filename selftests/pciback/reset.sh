# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Resets, by what they do to the devices: each method, functions that share a bus,
# who is in the way, what has no method at all, and the policy for that.
#
# The machine: an igb (FLR) and an AHCI controller (no method) on the root bus; an
# e1000e alone behind a root port; three functions of one device, none of which
# can be reset by itself, behind another.
#
# only by name: xl waits ten seconds for each guest that never runs
#
# lab: --net n0
# lab: --pci igb,addr=0x5
# lab: --pci ich9-ahci,addr=0x6
# lab: --pci pcie-root-port,id=alone,addr=0x7,chassis=1,x-speed=2_5
# lab: --pci e1000e,bus=alone,netdev=n0
# lab: --pci pcie-root-port,id=shared,addr=0x8,chassis=2
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x0,multifunction=on
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x1
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x2
# lab: --may-fault 0000:01:00.0
#
# A guest that is destroyed leaves its DMA on until it is reset: that may fault.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

igb=0000:00:05.0 bare=0000:00:06.0 nic=0000:01:00.0
port=0000:00:08.0 one=0000:02:00.0 two=0000:02:00.1 three=0000:02:00.2

# In what a network card forgets: a word of its multicast table, its receive control.
MTA=0x5200 RCTL=0x100

# not_ours BDF...: until the test ends.
not_ours() {
	local bdf
	for bdf; do
		defer write_attr "$PCIBACK/bind" "$bdf"
		write_attr "$PCIBACK/unbind" "$bdf"
	done
}

do_flr() {
	write_attr "$PCIBACK/do_flr" "$1"
}

# expect_reset BDF METHOD: that is what the attributes say.
expect_reset() {
	expect_eq "reset_result of $1" 0 "$(of "$1" reset_result)"
	[[ $(of "$1" reset_method) =~ ^($2)$ ]] || fail "reset_method of $1: wanted $2, got $(of "$1" reset_method)"
}

# What an AHCI controller forgets: the address of its message interrupt.
dirty() {
	local bdf
	for bdf; do
		setpci -s "$bdf" CAP_MSI+4.L=fee12340
		expect_eq "$bdf, written" fee12340 "$(message_of "$bdf")"
	done
}

message_of() {
	setpci -s "$1" CAP_MSI+4.L
}

expect_message() {
	local bdf
	for bdf in "${@:2}"; do
		expect_eq "the message address of $bdf" "$1" "$(message_of "$bdf")"
	done
}

test_seizing_resets() {
	local mark
	setpci -s "$igb" COMMAND=2:2
	register "$igb" "$MTA" 0x5a5a5a5a
	expect_eq "written" 0x5A5A5A5A "$(register "$igb" "$MTA")"
	mark=$(dmesg_mark)
	# Awake, for registers of functions that sleep cannot be read.
	pciback_load idle_d3=0 "hide=($igb)($bare)($nic)(02:00.*)"
	expect_eq seized "$igb $bare $nic $one $two $three" "$(seized)"
	expect_eq "read" 0x00000000 "$(register "$igb" "$MTA")"
	expect_reset "$igb" flr
	dmesg_since "$mark" | expect_line "pciback $bare: not reset by itself: -25" "kernel log"
	keep
}

test_on_request_by_flr() {
	register "$igb" "$MTA" 0x5a5a5a5a
	do_flr "$igb"
	expect_eq "read" 0x00000000 "$(register "$igb" "$MTA")"
	expect_reset "$igb" flr
	expect_eq state idle "$(of "$igb" state)"
}

test_in_the_order_of_reset_method() {
	local method
	note "methods: $(<"$PCI/$nic/reset_method")"
	defer write_attr "$PCI/$nic/reset_method" default
	for method in bus pm; do
		write_attr "$PCI/$nic/reset_method" "$method"
		register "$nic" "$MTA" 0x5a5a5a5a
		do_flr "$nic"
		expect_reset "$nic" "$method"
		# QEMU's power management forgets nothing.
		[[ $method == pm ]] || expect_eq "read" 0x00000000 "$(register "$nic" "$MTA")"
	done
}

# The second is alone on its bus, which is a method, too.
test_a_device_whose_methods_are_taken_away() {
	local bdf
	for bdf in "$igb" "$nic"; do
		defer write_attr "$PCI/$bdf/reset_method" default
		write_attr "$PCI/$bdf/reset_method" '\n'
		register "$bdf" "$MTA" 0x5a5a5a5a
		expect_errno ENOTTY "$PCIBACK/do_flr" "$bdf"
		expect_eq "read" 0x5A5A5A5A "$(register "$bdf" "$MTA")"
		expect_eq reset_result '-25 its reset_method is empty' "$(of "$bdf" reset_result)"
		expect_eq reset_method none "$(of "$bdf" reset_method)"
	done
}

# That there was a way at first is what counts, not that there is one when it is seized.
test_a_device_whose_methods_were_taken_away_before() {
	defer write_attr "$PCI/$nic/reset_method" default
	write_attr "$PCIBACK/unbind" "$nic"
	write_attr "$PCI/$nic/reset_method" '\n'
	write_attr "$PCIBACK/bind" "$nic"
	register "$nic" "$MTA" 0x5a5a5a5a
	expect_errno ENOTTY "$PCIBACK/do_flr" "$nic"
	expect_eq "read" 0x5A5A5A5A "$(register "$nic" "$MTA")"
	expect_eq reset_result '-25 its reset_method is empty' "$(of "$nic" reset_result)"
}

test_functions_that_share_a_bus_all_ours() {
	dirty "$one" "$two" "$three"
	do_flr "$two"
	expect_message 00000000 "$one" "$two" "$three"
	for bdf in "$one" "$two" "$three"; do
		expect_reset "$bdf" 'bus|slot'
	done
	note "by $(of "$two" reset_method)"
}

test_functions_that_share_a_bus_not_all_ours() {
	not_ours "$two" "$three"
	driver_load ahci
	expect_driver "$two" ahci
	write_attr "$PCI/$three/driver/unbind" "$three"
	dirty "$one" "$three"
	expect_errno EBUSY "$PCIBACK/do_flr" "$one"
	expect_message fee12340 "$one" "$three"
	expect_eq reset_result "-16 in the way: $two (ahci), $three (not seized)" "$(of "$one" reset_result)"
	expect_eq reset_method none "$(of "$one" reset_method)"
	expect_eq state idle "$(of "$one" state)"
}

test_functions_that_share_a_bus_with_a_guest() {
	local domid
	guest_paused other "$two"
	domid=$(xl domid other)
	expect_eq owner "$domid" "$(of "$two" owner)"
	# The other's reset was just now, and for all of them.
	do_flr "$one"
	expect_reset "$one" 'bus|slot'
	# One that comes later has had none.
	write_attr "$PCIBACK/unbind" "$one"
	write_attr "$PCIBACK/bind" "$one"
	await_state "$one" idle
	dirty "$one" "$two"
	expect_errno EBUSY "$PCIBACK/do_flr" "$one"
	expect_eq reset_result "-16 in the way: $two (domain $domid)" "$(of "$one" reset_result)"
	expect_message fee12340 "$one" "$two"
	# It leaves: now all three are ours and idle.
	xl destroy other
	await_state "$two" idle
	expect_message 00000000 "$one" "$two"
	expect_reset "$two" 'bus|slot'
}

test_no_method_at_all() {
	expect_errno ENOTTY "$PCIBACK/do_flr" "$bare"
	expect_eq reset_result '-25 no method fits' "$(of "$bare" reset_result)"
}

test_what_cannot_be_reset() {
	local value
	write_attr "$PCI/$port/driver_override" pciback
	defer write_attr "$PCI/$port/driver_override" '\n'
	defer write_attr /sys/bus/pci/drivers/pcieport/bind "$port"
	defer write_attr "$PCI/$port/driver_override" '\n'
	defer write_attr "$PCIBACK/unbind" "$port"
	write_attr /sys/bus/pci/drivers/pcieport/unbind "$port"
	write_attr "$PCIBACK/bind" "$port"
	expect_driver "$port" pciback
	expect_errno EOPNOTSUPP "$PCIBACK/do_flr" "$port"
	expect_errno ENODEV "$PCIBACK/do_flr" 0000:00:11.0
	expect_errno ENODEV "$PCIBACK/do_flr" 0000:00:07.0
	for value in '\n' nonsense 00:05 00:05.8 "$igb $bare" "-$igb"; do
		expect_errno EINVAL "$PCIBACK/do_flr" "$value"
	done
}

test_after_a_guest_has_used_it() {
	write_attr "$PCI/$nic/reset_method" bus
	defer write_attr "$PCI/$nic/reset_method" default
	guest_start user e1000e.sh "pci=[\"$nic\"]"
	guest_reaches user ready
	note "receive control under the guest: $(register "$nic" "$RCTL")"
	[[ $(register "$nic" "$RCTL") != 0x00000000 ]] || fail "the guest's driver has not turned the receiver on"
	now guest_destroy user
	await_state "$nic" idle
	expect_eq "receive control" 0x00000000 "$(register "$nic" "$RCTL")"
	expect_reset "$nic" bus
}

test_while_a_guest_has_it() {
	guest_paused owner "$igb" "$one"
	register "$igb" "$MTA" 0x5a5a5a5a
	do_flr "$igb"
	expect_eq "read" 0x00000000 "$(register "$igb" "$MTA")"
	expect_reset "$igb" flr
	expect_eq state assigned "$(of "$igb" state)"
	# Never by the bus: neighbours may be others'. Toolstacks ask all the same, each time.
	write_attr "$PCIBACK/do_flr" "$one"
	expect_eq "the neighbours' reset" "-25 not by itself: put off until its guest leaves" "$(of "$one" reset_result)"
	# The PCI core's own attribute does the same.
	register "$igb" "$MTA" 0x5a5a5a5a
	write_attr "$PCI/$igb/reset" 1
	expect_eq "read" 0x00000000 "$(register "$igb" "$MTA")"
}

# What is not wrong does not look wrong.
test_xl_has_nothing_to_complain_of() {
	local mark
	mark=$(dmesg_mark)
	guest_paused quiet "$nic" "$one" "$two" "$three" 2>"$TEST_DIR/xl"
	now guest_paused_end quiet 2>>"$TEST_DIR/xl"
	await_state "$one" idle
	note "xl: $(<"$TEST_DIR/xl")"
	expect_no 'do_flr failed' "xl" <"$TEST_DIR/xl"
	dmesg_since "$mark" | expect_no "reset failed|without a reset" "kernel log"
}

# given NAME BDF: "yes", or why not.
given() {
	guest_paused "$1" "$2"
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 30 sh -c 'xenstore-read "$1/error-0" || [ "$(cat "$2")" = assigned ]' sh \
		"/local/domain/0/backend/pci/$(xl domid "$1")/0" "$PCI/$2/pciback/state" || fail "$2 is neither given nor refused"
	backend_key "$1" error-0 || echo yes
	xl destroy "$1"
	await_state "$2" idle
}

policy() {
	write_attr /sys/module/xen_pciback/parameters/reset_policy "$1"
}

test_the_policy() {
	local mark refused='not reset (reset_policy), see its reset_result'
	defer policy auto
	expect_eq "default" auto "$(</sys/module/xen_pciback/parameters/reset_policy)"
	policy require
	expect_eq "require, fresh from dom0" "$refused" "$(given a "$bare")"
	expect_eq "require, can be reset" yes "$(given b "$igb")"
	policy auto
	# Xen had it as the refused guest's, and may have been asked then: as new once more.
	write_attr "$PCIBACK/unbind" "$bare"
	write_attr "$PCIBACK/bind" "$bare"
	await_state "$bare" idle
	mark=$(dmesg_mark)
	expect_eq "auto, fresh from dom0" yes "$(given c "$bare")"
	dmesg_since "$mark" | expect_line "pciback $bare: given to domain [0-9]+ without a reset: -25, no method fits" "kernel log"
	expect_eq "auto, after a guest" "$refused" "$(given d "$bare")"
	expect_eq "auto, can be reset" yes "$(given e "$igb")"
	policy warn
	expect_eq "warn, after a guest" yes "$(given f "$bare")"
	expect_errno EINVAL /sys/module/xen_pciback/parameters/reset_policy sometimes
	expect_errno EINVAL /sys/module/xen_pciback/parameters/reset_policy '\n'
	expect_eq "still" warn "$(</sys/module/xen_pciback/parameters/reset_policy)"
}

# Who resets: never the thread that serves all of xenstore's watches.
test_not_on_the_xenwatch_thread() {
	local trace=/sys/kernel/tracing who
	echo >"$trace/trace"
	echo 1 >"$trace/events/xen_pciback/reset/enable"
	guest_paused first "$igb" "$one"
	xl destroy first
	await_state "$igb" idle
	await_state "$one" idle
	echo 0 >"$trace/events/xen_pciback/reset/enable"
	who=$(sed -n '/: reset: /s/^ *\([^ ]*\)-[0-9]* .*/\1/p' "$trace/trace")
	note "$(sort <<<"$who" | uniq -c)"
	expect_ge "resets seen" 3 "$(wc -l <<<"$who")"
	expect_no xenwatch "a reset" <<<"$who"
}

test_unloads() {
	pciback_unload
	keep
}

run_tests
