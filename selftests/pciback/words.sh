# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The ways to write hide= and new_slot: each seizes, or asks for, what it says.
#
# lab: --pci e1000e,addr=0x5
# lab: --pci rtl8139,addr=0x6

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 rtl=0000:00:06.0

one=(00:05.0 0000:00:05.0 '(00:05.0)' '(0x0000:0x00:0x05.0x0)' 0X0:5.0 '(00: 05.0)' '00: 05.0' '00:05.*' '(00:05.*)'
	id=8086:10d3 '(ID=8086:10D3)' '(id=0x8086:0x10d3)' '(class=0x0200),(00:1e.0)' CLASS=0200
	path=0000_00_05.0 '(PATH=00_05.0)' 'nonsense,00:05.0' '00:05.8,00:05.0' '(00:05.8,00:05.0)')
both=('00:05.0,00:06.0' '00:05.0 00:06.0' '(00:05.0,00:06.0)' '(00:05.0),(00:06.0)' '(00:05.0)(00:06.0)' '00:05.0, 00:06.0,'
	'00:06.0,id=8086:10d3' '00:05.0(00:06.0)')

test_hide_takes_every_spelling() {
	local words
	for words in "${one[@]}" "${both[@]}"; do
		modprobe xen-pciback takeover=1 "hide=$words"
		note "$words: $(paste -s -d';' "$PCIBACK/hide_status")"
		[[ $(seized) == *"$nic"* ]] || fail "hide=$words seizes $(seized)"
		pciback_unload
	done
}

test_new_slot_takes_every_list() {
	local words
	for words in "${both[@]}"; do
		modprobe xen-pciback
		write_attr "$PCIBACK/new_slot" "$words"
		write_attr "$PCIBACK/new_slot" 00:05.0
		[[ $(slots) == *"$rtl"* ]] || fail "new_slot $words asks for $(slots)"
		pciback_unload
	done
}

test_hide_twice_and_long() {
	local list='' n
	modprobe xen-pciback takeover=1 "hide=($nic" "hide=$rtl"
	expect_eq "seized beside what is not closed" "$rtl" "$(seized)"
	pciback_unload
	for ((n = 0; n < 100; n++)); do
		printf -v list '%s(0000:7f:%02x.%x)' "$list" $((n % 32)) $((n / 32))
	done
	modprobe xen-pciback takeover=1 "hide=$list($nic)" "hide=$rtl"
	expect_eq "seized by two, one of them long" "$nic $rtl" "$(seized)"
	expect_eq "lines of hide_status" 102 "$(wc -l <"$PCIBACK/hide_status")"
	pciback_unload
}

run_tests
