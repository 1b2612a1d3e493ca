# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The way back to dom0: the same driver, the same driver_override, the same bytes
# in the configuration space, and dom0's driver does its work.
#
# lab: --net n0
# lab: --disk flash:8
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci nvme,serial=flash,drive=flash,addr=0x6
# lab: --pci igb,addr=0x7
# lab: --may-fault 0000:00:05.0
#
# A guest that is destroyed leaves its DMA on until it is reset: that may fault.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 nvme=0000:00:06.0 igb=0000:00:07.0

give_back() {
	within 60 write_attr "$PCIBACK/return" "$1"
}

# space BDF: all of it, without what is alive: bus mastering, the status word.
space() {
	od -A x -v -t x1 -w4 "$PCI/$1/config" | awk '
		$1 == "000004" { $2 = sprintf("%02x", and(strtonum("0x" $2), 0xfb)); $4 = $5 = ".." }
		NF == 5'
}

disk_of_dom0() {
	lab-wait 30 test -b /dev/nvme0n1 || fail "dom0 has no disk"
	expect_eq "what dom0 reads" "$(</lab/disks/flash.sha256)" "$(dd if=/dev/nvme0n1 bs=1M 2>/dev/null | sha256sum | cut -d' ' -f1)"
}

override_of() {
	cat "$PCI/$1/driver_override"
}

# What guests and others may leave behind: the cache line, the interrupt line, a
# message address, power events, request sizes.
spoil() {
	setpci -s "$1" CACHE_LINE_SIZE=10 INTERRUPT_LINE=0b CAP_MSI+4.L=fee12340 CAP_EXP+8.W=5000
}

test_the_same_bytes() {
	local bdf mark
	pciback_load
	for bdf in "$igb" "$nvme" "$nic"; do
		space "$bdf" >"$TEST_DIR/found"
		write_attr "$PCIBACK/new_slot" "$bdf"
		write_attr "$PCIBACK/bind" "$bdf"
		expect_driver "$bdf" pciback
		await_state "$bdf" idle
		setpci -s "$bdf" CACHE_LINE_SIZE=10 INTERRUPT_LINE=0b CAP_EXP+8.W=5000
		[[ $bdf == "$nvme" ]] || spoil "$bdf"
		space "$bdf" >"$TEST_DIR/spoiled"
		! cmp -s "$TEST_DIR/found" "$TEST_DIR/spoiled" || fail "nothing of $bdf is spoiled"
		mark=$(dmesg_mark)
		give_back "$bdf"
		expect_driver "$bdf" none
		dmesg_since "$mark" | expect_line "pciback $bdf: released, configuration as it was found" "kernel log"
		space "$bdf" >"$TEST_DIR/left"
		expect_ge "bytes" 4096 "$((4 * $(wc -l <"$TEST_DIR/left")))"
		expect_same "the space of $bdf" "$TEST_DIR/found" "$TEST_DIR/left"
		lspci -v -s "$bdf" | expect_no 'bus master' "$bdf"
	done
}

test_the_same_bytes_after_a_guest() {
	pciback_load
	space "$nic" >"$TEST_DIR/found"
	write_attr "$PCIBACK/new_slot" "$nic"
	write_attr "$PCIBACK/bind" "$nic"
	guest_start user e1000e.sh "pci=[\"$nic\"]"
	guest_reaches user ready
	expect_errno EBUSY "$PCIBACK/return" "$nic"
	expect_driver "$nic" pciback
	now guest_destroy user
	await_state "$nic" idle
	give_back "$nic"
	space "$nic" >"$TEST_DIR/left"
	expect_same "the space of $nic" "$TEST_DIR/found" "$TEST_DIR/left"
	driver_load e1000e
	dom0_gets_lease "$nic"
}

test_dom0s_drivers_work_again() {
	driver_load e1000e nvme
	disk_of_dom0
	pciback_load takeover=1 "hide=($nic)($nvme)"
	expect_driver "$nic" pciback
	expect_driver "$nvme" pciback
	guest_paused both "$nic" "$nvme"
	now guest_paused_end both
	await_state "$nic" idle
	await_state "$nvme" idle
	give_back "$nic"
	give_back "$nvme"
	expect_driver "$nic" e1000e
	expect_driver "$nvme" nvme
	dom0_gets_lease "$nic"
	disk_of_dom0
	expect_eq "slots" "" "$(slots)"
}

test_by_xl() {
	driver_load e1000e nvme
	pciback_load
	xl pci-assignable-add "$nvme"
	xl pci-assignable-add "$nic"
	guest_paused both "$nic" "$nvme"
	now guest_paused_end both
	await_state "$nvme" idle
	xl pci-assignable-remove -r "$nvme"
	xl pci-assignable-remove -r "$nic"
	expect_driver "$nvme" nvme
	expect_driver "$nic" e1000e
	disk_of_dom0
	dom0_gets_lease "$nic"
}

test_the_driver_it_came_from_not_the_first_that_fits() {
	local generic=/sys/bus/pci/drivers/uio_pci_generic
	driver_load e1000e uio_pci_generic
	write_attr "$PCI/$nic/driver/unbind" "$nic"
	write_attr "$generic/new_id" '8086 10d3'
	defer write_attr "$generic/remove_id" '8086 10d3'
	expect_driver "$nic" uio_pci_generic
	pciback_load
	xl pci-assignable-add "$nic"
	give_back "$nic"
	expect_driver "$nic" uio_pci_generic
	expect_eq driver_override '(null)' "$(override_of "$nic")"
	write_attr "$PCI/$nic/driver/unbind" "$nic"
	write_attr /sys/bus/pci/drivers/e1000e/bind "$nic"
	write_attr "$PCIBACK/new_slot" "$nic"
	write_attr "$PCI/$nic/driver/unbind" "$nic"
	write_attr "$PCIBACK/bind" "$nic"
	give_back "$nic"
	expect_driver "$nic" e1000e
}

test_driver_override_as_found() {
	driver_load e1000e
	pciback_load
	write_attr "$PCI/$nic/driver/unbind" "$nic"
	# Ours: at its end.
	defer write_attr "$PCI/$nic/driver_override" '\n'
	write_attr "$PCI/$nic/driver_override" pciback
	write_attr "$PCIBACK/bind" "$nic"
	expect_driver "$nic" pciback
	give_back "$nic"
	expect_eq driver_override '(null)' "$(override_of "$nic")"
	expect_driver "$nic" e1000e
	# Somebody else's: theirs.
	pciback_take "$nic"
	write_attr "$PCI/$nic/driver_override" nobody
	give_back "$nic"
	expect_eq driver_override nobody "$(override_of "$nic")"
	expect_driver "$nic" none
	now write_attr "$PCI/$nic/driver_override" '\n'
	write_attr /sys/bus/pci/drivers/e1000e/bind "$nic"
	# None: none.
	pciback_take "$nic"
	give_back "$nic"
	expect_eq driver_override '(null)' "$(override_of "$nic")"
	expect_driver "$nic" e1000e
}

pciback_take() {
	write_attr "$PCI/$1/driver/unbind" "$1"
	write_attr "$PCIBACK/new_slot" "$1"
	write_attr "$PCIBACK/bind" "$1"
	expect_driver "$1" pciback
}

test_a_driver_that_is_gone() {
	modprobe e1000e
	pciback_load takeover=1 "hide=($nic)"
	expect_driver "$nic" pciback
	modprobe -r e1000e
	give_back "$nic"
	expect_driver "$nic" none
	expect_eq driver_override '(null)' "$(override_of "$nic")"
}

test_returned_stays_returned() {
	pciback_load "hide=($nic)"
	give_back "$nic"
	expect_errno ENODEV "$PCIBACK/bind" "$nic"
	expect_errno ENODEV "$PCIBACK/return" "$nic"
	write_attr "$PCIBACK/new_slot" "$nic"
	write_attr "$PCIBACK/bind" "$nic"
	expect_driver "$nic" pciback
}

test_bad_input() {
	local value
	pciback_load "hide=($nic)"
	for value in '\n' nonsense 00:05 00:05.8 "$nic $igb" "-$nic" "$(printf '0%.0s' {1..5000})"; do
		expect_errno EINVAL "$PCIBACK/return" "$value"
	done
	expect_errno ENODEV "$PCIBACK/return" 0000:00:11.0
	expect_errno ENODEV "$PCIBACK/return" "$igb"
	expect_driver "$nic" pciback
}

run_tests
