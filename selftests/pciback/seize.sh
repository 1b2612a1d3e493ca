# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# How functions become pciback's and dom0's again: hide=, sysfs, xl, and what is
# said when it does not work. No guest runs here.
#
# The machine: three functions of slot 5, and behind the root port 06.0 a bridge
# with a bus of conventional functions.
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5.0x0,multifunction=on,netdev=n0
# lab: --pci rtl8139,addr=0x5.0x1
# lab: --pci e1000,addr=0x5.0x2
# lab: --pci pcie-root-port,id=rp,addr=0x6,chassis=1
# lab: --pci pcie-pci-bridge,id=br,bus=rp
# lab: --pci e1000,bus=br,addr=0x1
# lab: --pci rtl8139,bus=br,addr=0x2

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 rtl=0000:00:05.1 old=0000:00:05.2
port=0000:00:06.0 bridge=0000:01:00.0 behind1=0000:02:01.0 behind2=0000:02:02.0

# expect_hidden LIST STATUS-LINES SEIZED...: loads with hide=LIST, unloads.
expect_hidden() {
	local list=$1 status=$2
	shift 2
	pciback_load "hide=$list"
	expect_eq "hide_status of $list" "$status" "$(<"$PCIBACK/hide_status")"
	expect_eq "seized by $list" "$*" "$(seized)"
	now pciback_unload
}

test_the_machine_is_as_described() {
	expect_eq "slot 5" "10d3 8139 100e" "$(cd "$PCI" && cut -c3-6 "$nic/device" "$rtl/device" "$old/device" | paste -s -d' ')"
	expect_driver "$port" pcieport
	[[ -e $PCI/$bridge && -e $PCI/$behind1 && -e $PCI/$behind2 ]]
}

test_hide_seizes_at_load() {
	local mark
	mark=$(dmesg_mark)
	pciback_load "hide=($nic)"
	dmesg_since "$mark" | expect_line "pciback $nic: seizing device" "kernel log"
	expect_driver "$nic" pciback
	expect_eq slots "$nic" "$(slots)"
	expect_eq hide_status "($nic) seized 1" "$(<"$PCIBACK/hide_status")"
	lspci -k -s "$nic" | expect_line $'\tKernel driver in use: pciback' "lspci -k"
	expect_driver "$rtl" none
}

test_nothing_is_seized_unasked() {
	pciback_load
	expect_eq seized "" "$(seized)"
	expect_eq slots "" "$(slots)"
	expect_empty hide_status "$PCIBACK/hide_status"
}

test_hide_by_the_alias_name() {
	modprobe pciback "hide=($nic)"
	defer pciback_unload
	expect_driver "$nic" pciback
}

test_hide_takes_short_and_several_addresses() {
	expect_hidden "(00:05.0)(05.1)" $'(00:05.0) seized 1\n(05.1) malformed at 3: ".1)"' "$nic"
	expect_hidden "(00:05.0)(00:05.2)" $'(00:05.0) seized 1\n(00:05.2) seized 1' "$nic" "$old"
}

test_hide_bad_tokens_lose_no_good_ones() {
	local mark
	mark=$(dmesg_mark)
	expect_hidden "($nic)(0000:00:0g.0)(0000:00:11.0)($rtl)(00:05.2" \
		"($nic) seized 1"$'\n(0000:00:0g.0) malformed at 10: "g.0)"\n(0000:00:11.0) absent\n'"($rtl) seized 1"$'\n(00:05.2 malformed at 8: ""' \
		"$nic" "$rtl"
	dmesg_since "$mark" >"$TEST_DIR/log"
	expect_line 'pciback: malformed at "g\.0\)" in "\(0000:00:0g\.0\)": ignored' "kernel log" <"$TEST_DIR/log"
	expect_line 'pciback: malformed at "" in "\(00:05\.2": ignored' "kernel log" <"$TEST_DIR/log"
	expect_line 'pciback: hide=\(0000:00:11\.0\): absent' "kernel log" <"$TEST_DIR/log"
}

test_hide_leaves_a_busy_device_alone() {
	local mark interface
	driver_load e1000e
	interface=$(interface_of "$nic")
	mark=$(dmesg_mark)
	expect_hidden "($nic)($rtl)" "($nic) busy e1000e"$'\n'"($rtl) seized 1" "$rtl"
	dmesg_since "$mark" | expect_line "pciback: hide=\($nic\): busy e1000e" "kernel log"
	expect_driver "$nic" e1000e
	expect_eq "dom0's interface" "$interface" "$(interface_of "$nic")"
}

test_hide_any_function_of_a_slot() {
	expect_hidden "(0000:00:05.*)" "(0000:00:05.*) seized 3" "$nic" "$rtl" "$old"
}

test_hide_status_tells_of_each_function() {
	pciback_load "hide=(0000:00:05.*)"
	write_attr "$PCIBACK/unbind" "$rtl"
	expect_eq "hide_status without $rtl" "(0000:00:05.*) seized 2, unbound 1" "$(<"$PCIBACK/hide_status")"
	write_attr "$PCIBACK/bind" "$rtl"
	await_ready
	expect_eq hide_status "(0000:00:05.*) seized 3" "$(<"$PCIBACK/hide_status")"
}

test_hide_a_whole_bus() {
	expect_hidden "(02:*.*)" "(02:*.*) seized 2" "$behind1" "$behind2"
	expect_hidden "(0000:02:*)" "(0000:02:*) seized 2" "$behind1" "$behind2"
}

test_hide_by_id() {
	expect_hidden "(id=8086:100e)" "(id=8086:100e) seized 2" "$old" "$behind1"
	expect_hidden "(id=8086:10d3:8086:0000)(id=10ec:8139:ffff:ffff)" \
		$'(id=8086:10d3:8086:0000) seized 1\n(id=10ec:8139:ffff:ffff) absent' "$nic"
}

test_hide_by_class() {
	expect_hidden "(class=0200)" "(class=0200) seized 5" "$nic" "$rtl" "$old" "$behind1" "$behind2"
	expect_hidden "(class=020001)(class=02)" $'(class=020001) absent\n(class=02) seized 5' "$nic" "$rtl" "$old" "$behind1" "$behind2"
}

test_hide_by_path() {
	expect_hidden "(path=$port/00.0/02.0)" "(path=$port/00.0/02.0) seized 1" "$behind2"
	expect_hidden "(path=$port/00.0/03.0)" "(path=$port/00.0/03.0) absent"
}

test_hide_a_bridge_with_what_is_behind() {
	expect_hidden "($port)" "($port) seized 3, bridge left to pcieport" "$bridge" "$behind1" "$behind2"
	expect_driver "$port" pcieport
}

# As libxl does it, without newlines, and as the how-tos do it, with them.
test_sysfs_seizes_and_gives_back() {
	driver_load e1000e
	pciback_load
	write_attr "$PCI/$nic/driver/unbind" "$nic"
	write_attr "$PCIBACK/new_slot" "$nic"
	expect_driver "$nic" none
	expect_eq slots "$nic" "$(slots)"
	write_attr "$PCIBACK/bind" "$nic"
	expect_driver "$nic" pciback
	echo "$old" >"$PCIBACK/new_slot"
	echo "$old" >"$PCIBACK/bind"
	expect_driver "$old" pciback
	expect_eq slots "$nic $old" "$(slots)"
	expect_eq seized "$nic $old" "$(seized)"

	write_attr "$PCIBACK/unbind" "$nic"
	expect_driver "$nic" none
	expect_eq "slots after unbind" "$nic $old" "$(slots)"
	write_attr "$PCIBACK/remove_slot" "$nic"
	expect_eq "slots after remove_slot" "$old" "$(slots)"
	expect_errno ENODEV "$PCIBACK/bind" "$nic"
	write_attr /sys/bus/pci/drivers/e1000e/bind "$nic"
	expect_driver "$nic" e1000e
	echo "$old" >"$PCIBACK/unbind"
	echo "$old" >"$PCIBACK/remove_slot"
	expect_eq "slots at the end" "" "$(slots)"
}

test_sysfs_takes_every_selector() {
	pciback_load
	write_attr "$PCIBACK/new_slot" "id=10ec:8139"
	write_attr "$PCIBACK/bind" "$rtl"
	expect_driver "$rtl" pciback
	expect_eq slots "$rtl" "$(slots)"
	write_attr "$PCIBACK/new_slot" "($nic)(class=0604)(path=$port/00.0/01.0)"
	write_attr "$PCIBACK/bind" "$behind1"
	write_attr "$PCIBACK/bind" "$nic"
	expect_eq seized "$nic $rtl $behind1" "$(seized)"
}

test_sysfs_seizes_no_stranger() {
	pciback_load "hide=($rtl)"
	expect_errno ENODEV "$PCIBACK/bind" "$nic"
	expect_driver "$nic" none
	expect_eq slots "$rtl" "$(slots)"
}

test_sysfs_one_function_out_of_a_wildcard() {
	pciback_load "hide=(00:05.*)"
	write_attr "$PCIBACK/unbind" "$rtl"
	write_attr "$PCIBACK/remove_slot" "$rtl"
	expect_errno ENODEV "$PCIBACK/bind" "$rtl"
	expect_eq seized "$nic $old" "$(seized)"
	slots | expect_no "$rtl" "slots still has what was taken out"
	write_attr "$PCIBACK/new_slot" "$rtl"
	write_attr "$PCIBACK/bind" "$rtl"
	expect_driver "$rtl" pciback
}

test_driver_override_seizes() {
	pciback_load
	write_attr "$PCI/$nic/driver_override" pciback
	defer write_attr "$PCI/$nic/driver_override" '\n'
	write_attr /sys/bus/pci/drivers_probe "$nic"
	expect_driver "$nic" pciback
	expect_eq slots "$nic" "$(slots)"
	now write_attr "$PCI/$nic/driver_override" '\n'
	write_attr "$PCIBACK/unbind" "$nic"
	expect_eq slots "" "$(slots)"
	expect_errno ENODEV "$PCIBACK/bind" "$nic"
}

# What no attribute takes for an address. printf(1)'s escapes.
malformed=('\n' ' ' nonsense 00 00: 00:05 00:05. 00:05.8 00:20.0 100:05.0 10000:00:05.0 '00:05.0x' '-00:05.0.0'
	'0000:00:05.0\0000' '\0000\0001\0377' '%s%s%n')

attributes() {
	grep -H . "$PCIBACK"/{slots,hide_status,permissive} || :
}

test_malformed_input_is_refused() {
	local value attribute before mark
	pciback_load "hide=($nic)($rtl)"
	write_attr "$PCIBACK/permissive" "$rtl"
	before=$(attributes)
	for attribute in new_slot remove_slot permissive; do
		for value in "${malformed[@]}"; do
			expect_errno EINVAL "$PCIBACK/$attribute" "$value"
		done
	done
	# Two addresses are for new_slot alone.
	expect_errno EINVAL "$PCIBACK/remove_slot" '00:05.0 00:05.1'
	expect_errno EINVAL "$PCIBACK/permissive" '00:05.0 00:05.1'
	for value in id= id=8086 id=8086: id=18086:10d3 id=8086:10d3:1 class= class=2 class=02000 class=0200000 class=zz \
		path= path=00:06.0 path=00:06.0/ path=00:06.0/00 "path=00:06.0/00.0/" name=eth0 '()' '(())'; do
		expect_errno EINVAL "$PCIBACK/new_slot" "$value"
	done
	expect_eq "the attributes afterwards" "$before" "$(attributes)"
	expect_eq seized "$nic $rtl" "$(seized)"
	mark=$(dmesg_mark)
	expect_errno EINVAL "$PCIBACK/new_slot" 00:05.8
	dmesg_since "$mark" | expect_line 'pciback: malformed at "8" in "00:05\.8": ignored' "the log names no spot"
}

test_new_slot_keeps_the_good_half() {
	pciback_load
	expect_errno EINVAL "$PCIBACK/new_slot" "($rtl)(rubbish)($nic)"
	expect_eq slots "$nic $rtl" "$(slots)"
	expect_errno EINVAL "$PCIBACK/new_slot" "(($old)"
	expect_eq slots "$nic $rtl $old" "$(slots)"
}

test_absent_functions() {
	pciback_load "hide=($nic)"
	expect_errno ENOENT "$PCIBACK/remove_slot" 0000:00:11.0
	expect_errno ENOENT "$PCIBACK/remove_slot" "$rtl"
	expect_errno EINVAL "$PCIBACK/remove_slot" id=8086:10d3
	expect_errno ENODEV "$PCIBACK/permissive" 0000:00:11.0
	expect_errno ENODEV "$PCIBACK/permissive" "$rtl"
	expect_errno ENODEV "$PCIBACK/permissive" "-$rtl"
	expect_errno ENODEV "$PCIBACK/bind" 0000:00:11.0
	expect_errno ENODEV "$PCIBACK/bind" nonsense
	expect_errno ENODEV "$PCIBACK/unbind" "$rtl"
	expect_eq slots "$nic" "$(slots)"
	# It may still be plugged in: then it is wanted.
	write_attr "$PCIBACK/new_slot" 0000:00:11.0
	expect_eq slots "$nic 0000:00:11.0" "$(slots)"
	write_attr "$PCIBACK/remove_slot" 0000:00:11.0
	expect_eq slots "$nic" "$(slots)"
}

test_permissive_on_and_off() {
	local mark
	pciback_load "hide=($nic)($rtl)"
	expect_empty permissive "$PCIBACK/permissive"
	mark=$(dmesg_mark)
	write_attr "$PCIBACK/permissive" "$nic"
	dmesg_since "$mark" | expect_line "pciback $nic: permissive: .*" "kernel log"
	echo "$rtl" >"$PCIBACK/permissive"
	expect_eq permissive "$nic"$'\n'"$rtl" "$(<"$PCIBACK/permissive")"
	write_attr "$PCIBACK/permissive" "-$nic"
	expect_eq permissive "$rtl" "$(<"$PCIBACK/permissive")"
	echo "-$rtl" >"$PCIBACK/permissive"
	expect_empty permissive "$PCIBACK/permissive"
}

test_xl_assignable_and_back() {
	driver_load e1000e
	expect_driver "$nic" e1000e
	pciback_load
	xl pci-assignable-add "$nic"
	expect_driver "$nic" pciback
	xl pci-assignable-list | expect_line "$nic *" "xl pci-assignable-list"
	expect_eq slots "$nic" "$(slots)"
	xl pci-assignable-remove -r "$nic"
	expect_driver "$nic" e1000e
	expect_eq slots "" "$(slots)"
	xl pci-assignable-list 2>&1 | expect_no . "xl pci-assignable-list is not empty"
	dom0_gets_lease "$nic"
}

test_xl_assignable_without_rebinding() {
	pciback_load
	xl pci-assignable-add "$rtl"
	expect_driver "$rtl" pciback
	xl pci-assignable-remove "$rtl"
	expect_driver "$rtl" none
	expect_eq slots "" "$(slots)"
}

# Names only: counts go on.
interrupt_names() {
	awk 'NR == 1 { cpus = NF; next } { for (i = 2; i < 2 + cpus; i++) $i = ""; print }' /proc/interrupts | sort
}

# bus_masters: how many of the three functions are.
bus_masters() {
	local bdf count=0 command
	for bdf in "$nic" "$rtl" "$old"; do
		command=$(setpci -s "$bdf" COMMAND) || return
		((!(0x$command & 4))) || count=$((count + 1))
	done
	echo "$count"
}

test_unloading_leaves_nothing() {
	local before after round
	before=$(interrupt_names)
	for round in 1 2 3; do
		note "load $round"
		pciback_load "hide=(00:05.*)(02:*.*)"
		expect_eq seized "$nic $rtl $old $behind1 $behind2" "$(seized)"
		setpci -s 00:05 COMMAND=4:4
		expect_eq "bus masters that somebody made" 3 "$(bus_masters)"
		now pciback_unload
		expect_eq "bus masters" 0 "$(bus_masters)"
	done
	after=$(interrupt_names)
	expect_eq "/proc/interrupts" "$before" "$after"
	driver_load e1000e
	dom0_gets_lease "$nic"
}

run_tests
