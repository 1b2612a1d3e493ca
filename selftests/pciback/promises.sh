# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What the documents promise and no other file comes to: permissive functions, lines of
# quirks, the account of refused writes, a reset that the guest starts, the reason why a
# function is not given, and what takeover leaves alone.
#
# The connection is one of dom0 with itself.
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci igb,addr=0x6
# lab: --pci pcie-root-port,id=rp,chassis=1,addr=0x7
# lab: --pci pcie-pci-bridge,bus=rp

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

nic=0000:00:05.0 igb=0000:00:06.0 port=0000:00:07.0 bridge=0000:01:00.0
COMMAND=4 BAR=16 MEMORY=0x2 MASTER=0x4
# A register that no capability owns, that the device keeps, and that reads 0.
PLAIN=0x4c
# In igb, what a reset clears: a word of its multicast table.
MTA=0x5200

connected_to() {
	pciback_load idle_d3=0 "hide=($1)"
	loop_connect "$1"
}

# plain: what the device itself has there.
plain() {
	setpci -s "$nic" 4c.L
}

bars() {
	setpci -s "$1" BASE_ADDRESS_{0..5}.L | paste -s -d' '
}

# decodes BDF: memory and ports as far as it has them, of COMMAND itself.
decodes() {
	echo "$((16#$(setpci -s "$1" COMMAND) & 3))"
}

test_permissive_lets_writes_through_but_not_all() {
	local found decoded
	connected_to "$nic"
	found=$(bars "$nic") decoded=$(decodes "$nic")
	expect_eq "decoding" 3 "$decoded"
	loop_put $PLAIN 4 0x12345678
	expect_eq "a write that is refused" 00000000 "$(plain)"
	write_attr "$PCIBACK/permissive" "$nic"
	loop_put $PLAIN 4 0x12345678
	expect_eq "the device" 12345678 "$(plain)"
	expect_eq "what the guest reads" 0x12345678 "$(loop_get $PLAIN 4)"
	# What others suffer from stays closed.
	loop_put $BAR 4 0xfee00000
	loop_put $COMMAND 2 0
	expect_eq "BARs" "$found" "$(bars "$nic")"
	expect_eq "decoding" "$decoded" "$(decodes "$nic")"
	write_attr "$PCIBACK/permissive" "-$nic"
	loop_put $PLAIN 4 0
	expect_eq "a write that is refused again" 12345678 "$(plain)"
	write_attr /sys/module/xen_pciback/parameters/permissive 1
	loop_put $PLAIN 4 0
	expect_eq "by the parameter" 00000000 "$(plain)"
}

test_lines_of_quirks_stay_from_guest_to_guest() {
	pciback_load idle_d3=0 "hide=($nic)"
	write_attr "$PCIBACK/quirks" "$nic-4c:4:0000ffff"
	loop_connect "$nic"
	loop_put $PLAIN 4 0x12345678
	expect_eq "the bits of the line" 00005678 "$(plain)"
	loop_destroy
	await_state "$nic" idle
	setpci -s "$nic" 4c.L=0
	loop_create "$nic"
	await 20 loop_connected || fail "no connection again: state $(loop_state)"
	loop_put $PLAIN 4 0x55aa55aa
	expect_eq "the bits of the line, for the next guest" 000055aa "$(plain)"
}

test_there_are_64_lines_of_quirks() {
	local reg line
	pciback_load "hide=($nic)"
	for ((reg = 0x40; reg < 0xa0; reg++)); do
		line=$(printf '%s-%x:1:0' "$nic" "$reg")
		write_attr "$PCIBACK/quirks" "$line" 2>/dev/null || break
	done
	expect_errno ENOSPC "$PCIBACK/quirks" "$line"
	expect_eq "lines" 64 "$(grep -c -E '^[[:blank:]]*[0-9a-f]+:[124]:' "$PCIBACK/quirks")"
	# One that goes makes room.
	write_attr "$PCIBACK/quirks" "-$nic-40:1:0"
	write_attr "$PCIBACK/quirks" "$line"
}

test_of_two_quirks_that_overlap_one_goes() {
	connected_to "$nic"
	write_attr "$PCIBACK/quirks" "$nic-40:2:ffff"
	write_attr "$PCIBACK/quirks" "$nic-41:2:ffff"
	write_attr "$PCIBACK/quirks" "-$nic-40:2:ffff"
	loop_put 0x40 1 0xff
	loop_put 0x41 1 0xff
	loop_put 0x42 1 0xff
	of "$nic" refused_writes | expect_line '040:1 .*' "refused_writes"
	of "$nic" refused_writes | expect_no '^04[12]' "refused writes"
}

test_refused_writes_are_told_of_32_registers() {
	local reg mark lines
	connected_to "$nic"
	mark=$(dmesg_mark)
	for ((reg = 0x40; reg < 0x40 + 34; reg++)); do
		loop_put "$reg" 1 0xff
	done
	of "$nic" refused_writes >"$TEST_DIR/refused"
	expect_line '040:1 0{6}ff 0{6}ff 1' "refused_writes" <"$TEST_DIR/refused"
	expect_eq "lines" 33 "$(wc -l <"$TEST_DIR/refused")"
	expect_eq "the last line" "more 2" "$(tail -n 1 "$TEST_DIR/refused")"
	# A guest has twenty lines of the log a minute.
	dmesg_since "$mark" >"$TEST_DIR/log"
	lines=$(grep -c "pciback $nic: domain 0 wrote .* refused" "$TEST_DIR/log" || :)
	expect_ge "lines in the log" 1 "$lines"
	expect_ge "lines in the log that were left out" 14 "$((34 - lines))"
}

test_a_guest_resets_its_function() {
	local control found
	connected_to "$igb"
	control=$(($(capability_of "$igb" Express) + 8))
	loop_put $COMMAND 2 $((MEMORY | MASTER))
	found="$(bars "$igb") $(setpci -s "$igb" COMMAND)"
	register "$igb" "$MTA" 0x5a5a5a5a
	expect_eq "written" 0x5A5A5A5A "$(register "$igb" "$MTA")"
	loop_put "$control" 2 $(($(loop_get "$control" 2) | 0x8000))
	expect_eq "after the reset" 0x00000000 "$(register "$igb" "$MTA")"
	expect_eq "what was set is put back" "$found" "$(bars "$igb") $(setpci -s "$igb" COMMAND)"
	expect_eq "the bit that starts it" 0 "$(($(loop_get "$control" 2) & 0x8000))"
}

has_error() {
	local value
	loop_read error-0
	[[ -n $value ]]
}

# expect_not_given DEV WHY: the toolstack asks for it, and reads this.
expect_not_given() {
	local value
	loop_create "$1"
	await 20 has_error || fail "no word of why $1 is not given"
	loop_read error-0
	expect_eq "why $1 is not given" "$2" "$value"
	await 20 loop_value_is "$LOOP_BACK/state-0" 6 || fail "what is asked for $1 is not closed"
	loop_destroy
}

test_why_a_function_is_not_given() {
	pciback_load "hide=($nic)($bridge)"
	loop_load
	defer loop_destroy
	expect_not_given nonsense "not an address, or no such place in the guest"
	expect_not_given 0000:00:1f.0 "not seized by pciback"
	expect_not_given "$bridge" "a bridge cannot be given to a guest"
	# And one that can.
	loop_create "$nic"
	await 20 loop_connected || fail "no connection: state $(loop_state)"
}

test_takeover_leaves_bridges() {
	expect_driver "$port" pcieport
	pciback_load takeover=1 "hide=($port)"
	expect_driver "$port" pcieport
	expect_driver "$bridge" pciback
	expect_eq hide_status "($port) seized 1, bridge left to pcieport" "$(<"$PCIBACK/hide_status")"
}

test_takeover_leaves_what_is_meant_for_another() {
	driver_load e1000e
	expect_driver "$nic" e1000e
	defer write_attr "$PCI/$nic/driver_override" '\n'
	write_attr "$PCI/$nic/driver_override" e1000e
	pciback_load takeover=1 "hide=($nic)($igb)"
	expect_driver "$nic" e1000e
	expect_driver "$igb" pciback
}

run_tests
