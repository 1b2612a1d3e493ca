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
	id=8086:10d3 '(ID=8086:10D3)' '(id=0x8086:0x10d3)'
	path=0000_00_05.0 '(PATH=00_05.0)' 'nonsense,00:05.0' '00:05.8,00:05.0' '(00:05.8,00:05.0)')
both=('00:05.0,00:06.0' '00:05.0 00:06.0' '(00:05.0,00:06.0)' '(00:05.0),(00:06.0)' '(00:05.0)(00:06.0)' '00:05.0, 00:06.0,'
	'00:06.0,id=8086:10d3' '00:05.0(00:06.0)' "'00:05.0,00:06.0'" "'(00:05.0)(00:06.0)'")

# expect_hide WORDS BDFS: these are seized.
expect_hide() {
	modprobe xen-pciback takeover=1 "hide=$1"
	defer pciback_unload
	note "$1: $(paste -s -d';' "$PCIBACK/hide_status")"
	expect_eq "seized by hide=$1" "$2" "$(seized)"
	now pciback_unload
}

test_wishes_that_overlap() {
	pciback_load takeover=1 "hide=($nic)($nic)(00:05.*)"
	expect_eq hide_status "($nic) seized 1;($nic) seized 1;(00:05.*) seized 1" "$(paste -s -d';' "$PCIBACK/hide_status")"
	write_attr "$PCIBACK/remove_slot" "$nic"
	expect_eq "slots" 0000:00:05.1 "$(head -n 1 "$PCIBACK/slots")"
}

# What is taken away is not asked for.
test_new_slot_is_not_remove_slot() {
	pciback_load
	expect_errno EINVAL "$PCIBACK/new_slot" "-($nic)"
	expect_errno EINVAL "$PCIBACK/new_slot" "-$nic"
	expect_eq slots "" "$(slots)"
}

test_hide_takes_every_spelling() {
	local words
	for words in "${one[@]}"; do
		expect_hide "$words" "$nic"
	done
	for words in "${both[@]}" '(class=0x0200),(00:1e.0)' CLASS=0200; do
		expect_hide "$words" "$nic $rtl"
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

# What guides for vfio-pci have people type, with our driver's name.
test_ids_as_vfio_has_them() {
	modprobe xen-pciback takeover=1 ids=8086:10d3,0x10ec:0x8139
	expect_eq "seized by ids=" "$nic $rtl" "$(seized)"
	expect_eq hide_status "(id=8086:10d3) seized 1;(id=0x10ec:0x8139) seized 1" "$(paste -s -d';' "$PCIBACK/hide_status")"
	pciback_unload
	modprobe xen-pciback takeover=1 "ids='8086:10d3,10ec:8139'"
	expect_eq "seized by ids= in quotes" "$nic $rtl" "$(seized)"
	pciback_unload
	modprobe xen-pciback takeover=1 ids=8086:10d3,nonsense "hide=($rtl)"
	expect_eq "seized by ids= and hide=" "$nic $rtl" "$(seized)"
	grep -q -x '(id=nonsense) malformed at .*' "$PCIBACK/hide_status" || fail "hide_status says $(<"$PCIBACK/hide_status")"
	pciback_unload
}

test_new_id_as_vfio_has_it() {
	driver_load e1000e
	pciback_load takeover=N
	write_attr "$PCI/$nic/driver/unbind" "$nic"
	write_attr "$PCIBACK/new_id" "8086 10d3"
	expect_driver "$nic" pciback
	write_attr "$PCIBACK/new_id" "8086 10d3"
	write_attr "$PCIBACK/return" "$nic"
	expect_driver "$nic" e1000e
	# Asked for once more, what was returned is seized again.
	write_attr "$PCI/$nic/driver/unbind" "$nic"
	write_attr "$PCIBACK/new_id" "8086 10d3"
	expect_driver "$nic" pciback
	write_attr "$PCIBACK/return" "$nic"
}

test_new_id_of_what_is_busy() {
	local mark words
	driver_load e1000e
	pciback_load takeover=N
	mark=$(dmesg_mark)
	write_attr "$PCIBACK/new_id" "0x8086 0x10d3 ffffffff ffffffff\n"
	dmesg_since "$mark" | expect_line "pciback: new_slot id=8086:10d3: busy e1000e" "kernel log"
	write_attr "$PCI/$nic/driver/unbind" "$nic"
	write_attr "$PCIBACK/bind" "$nic"
	expect_driver "$nic" pciback
	write_attr "$PCIBACK/return" "$nic"

	mark=$(dmesg_mark)
	expect_errno EINVAL "$PCIBACK/new_id" "8086 10d3 ffffffff ffffffff 020000 ffffff"
	dmesg_since "$mark" | expect_line "pciback: new_id takes no class: write \(class=020000\) to new_slot" "kernel log"
	for words in 8086 'zz zz' '8086 10d3\0000' '18086 10d3' '8086 10d3 1af4' '8086 10d3 more' '8086:10d3'; do
		expect_errno EINVAL "$PCIBACK/new_id" "$words"
	done
}

# driverctl: the override, its driver let go, and whoever is asked for is offered it.
test_driver_override_as_driverctl_has_it() {
	driver_load e1000e
	pciback_load takeover=N
	defer write_attr "$PCI/$nic/driver_override" '\n'
	write_attr "$PCI/$nic/driver_override" pciback
	write_attr "$PCI/$nic/driver/unbind" "$nic"
	write_attr /sys/bus/pci/drivers_probe "$nic"
	expect_driver "$nic" pciback
	write_attr "$PCI/$nic/driver_override" '\n'
	write_attr "$PCIBACK/unbind" "$nic"
	write_attr /sys/bus/pci/drivers_probe "$nic"
	expect_driver "$nic" e1000e
}

run_tests
