# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The kernel's driver replaced by ours, and back, in a running dom0, as
# Documentation/admin-guide/migrating.rst tells: the same functions are seized before
# and after, guests with them work under both, dom0's driver never has them, and a
# guest without PCI does not notice.
#
# only by name: minutes, and what it looks at seldom changes
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci e1000e,addr=0x6,netdev=n1
# lab: --with-in-tree /lab/in-tree
# lab: --dom0-mem 2560
# lab: --mem 4608

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 spare=0000:00:06.0
SLOTS=$TEST_DIR/slots

load_in_tree() {
	insmod /lab/in-tree/xen-pciback.ko* "$@"
}

loaded() {
	if [[ -e /sys/module/xen_pciback/parameters/takeover ]]; then
		echo ours
	elif [[ -e /sys/module/xen_pciback ]]; then
		echo in-tree
	else
		echo none
	fi
}

# Step 3, up to where the other module is loaded.
keep_for_pciback() {
	local bdf
	sort "$PCIBACK/slots" >"$SLOTS"
	while read -r bdf; do
		echo pciback >"$PCI/$bdf/driver_override"
	done <"$SLOTS"
	modprobe -r xen-pciback
	expect_eq "loaded" none "$(loaded)"
	expect_driver "$nic" none
}

hide() {
	echo "hide=$(sed 's/.*/(&)/' "$SLOTS" | tr -d '\n')"
}

expect_both_seized() {
	expect_eq "loaded" "$1" "$(loaded)"
	expect_driver "$nic" pciback
	expect_driver "$spare" pciback
	expect_eq "slots" "$nic $spare" "$(sort "$PCIBACK/slots" | paste -s -d' ')"
	expect_eq "xl pci-assignable-list" "$nic $spare" "$(xl pci-assignable-list | tr -d ' ' | sort | paste -s -d' ')"
}

# A guest gets a lease on it, by MSI-X, and goes.
expect_guest_works() {
	guest_start "$1" e1000e.sh "pci=[\"$nic\"]"
	guest_reaches "$1" ready
	guest_tell "$1" shutdown
	guest_ends "$1"
}

expect_bystander_answers() {
	guest_tell bystander "$1"
	guest_reaches bystander "answer-$1"
	expect_eq "its domain" "$(cat "$TEST_DIR/bystander.domid")" "$(xl domid bystander)"
}

test_the_kernels_driver_has_two_functions() {
	keep
	modprobe e1000e
	defer modprobe -r e1000e
	expect_driver "$nic" e1000e
	write_attr "$PCI/$nic/driver/unbind" "$nic"
	write_attr "$PCI/$spare/driver/unbind" "$spare"
	load_in_tree "hide=($nic)($spare)"
	expect_both_seized in-tree
}

test_a_guest_without_pci_and_one_with() {
	keep
	guest_start bystander alive.sh
	guest_reaches bystander ready
	xl domid bystander >"$TEST_DIR/bystander.domid"
	expect_guest_works before
}

test_ours_takes_the_place() {
	keep
	local mark
	mark=$(dmesg_mark)
	keep_for_pciback
	modprobe xen-pciback "$(hide)"
	expect_both_seized ours
	expect_eq "hide_status" "($nic) seized 1 ($spare) seized 1" "$(paste -s -d' ' "$PCIBACK/hide_status")"
	dmesg_since "$mark" | expect_no "e1000e $nic|e1000e $spare" "dom0's driver had it"
	expect_bystander_answers ours
}

test_a_guest_works_under_ours() {
	keep
	expect_guest_works under
	expect_bystander_answers after-ours
}

test_the_kernels_driver_takes_it_back() {
	keep
	local mark
	await_state "$nic" idle
	mark=$(dmesg_mark)
	keep_for_pciback
	load_in_tree "$(hide)"
	expect_both_seized in-tree
	dmesg_since "$mark" | expect_no "e1000e $nic|e1000e $spare" "dom0's driver had it"
	expect_bystander_answers in-tree
}

test_a_guest_works_as_before() {
	keep
	expect_guest_works again
	expect_bystander_answers end
	guest_tell bystander shutdown
	guest_ends bystander
}

test_dom0_gets_its_functions_back() {
	keep
	local bdf
	xl pci-assignable-remove "$nic"
	# That wants one that a guest has had.
	write_attr "$PCIBACK/unbind" "$spare"
	for bdf in "$nic" "$spare"; do
		echo >"$PCI/$bdf/driver_override"
		write_attr /sys/bus/pci/drivers_probe "$bdf"
		expect_driver "$bdf" e1000e
	done
	dom0_gets_lease "$nic"
	modprobe -r xen-pciback
	modprobe -r e1000e
}

run_tests
