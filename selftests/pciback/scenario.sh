# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# One story for both drivers, ours and the one of the kernel tree: two devices are
# taken from dom0's own drivers, used by guests, and returned. Ends with a table.
#
# only by name: DRIVER=in-tree is known to fail in two of the lines
#
# lab: --net n0
# lab: --disk flash:16
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci nvme,serial=flash,drive=flash,addr=0x6
# lab: --may-fault 0000:00:05.0
#
# A guest that is destroyed leaves its DMA on until it is reset: that may fault.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 nvme=0000:00:06.0

test_xl_takes_both_from_their_drivers() {
	modprobe -a e1000e nvme
	defer modprobe -r e1000e nvme
	modprobe xen-pciback
	defer pciback_unload
	lab-wait 20 test -b /dev/nvme0n1
	xl pci-assignable-add "$nic"
	xl pci-assignable-add "$nvme"
	expect_driver "$nic" pciback
	expect_driver "$nvme" pciback
	keep
}

test_guest_gets_a_lease_by_msix() {
	guest_start net e1000e.sh "pci=[\"$nic\"]"
	guest_reaches net ready
	guest_said net | expect_line 'lease 10\.0\.2\.[0-9]+' "lease"
	guest_said net | expect_line 'msix [1-9][0-9]* eth0-rx-0' "MSI-X interrupts"
	guest_tell net shutdown
	guest_ends net 0
}

test_guest_destroyed_and_made_again() {
	guest_start doomed e1000e.sh "pci=[\"$nic\"]"
	guest_reaches doomed ready
	now guest_destroy doomed
	guest_start next e1000e.sh "pci=[\"$nic\"]"
	guest_reaches next ready
	guest_tell next shutdown
	guest_ends next 0
}

test_guest_reads_its_nvme() {
	guest_run disk disks.sh --vcpus 2 "pci=[\"$nvme\"]"
	guest_said disk | expect_line "sha256 0000:00:00.0 $(</lab/disks/flash.sha256)" "what the guest read"
}

test_nvme_uses_a_vector_for_each_queue() {
	guest_said disk | expect_line 'interrupt pcifront-msi-x [1-9][0-9]* nvme0q1' "interrupts"
	guest_said disk | expect_line 'interrupt pcifront-msi-x [1-9][0-9]* nvme0q2' "interrupts"
}

test_both_return_to_their_drivers() {
	xl pci-assignable-remove -r "$nic"
	xl pci-assignable-remove -r "$nvme"
	expect_driver "$nic" e1000e
	expect_driver "$nvme" nvme
	dom0_gets_lease "$nic"
	modprobe -r e1000e nvme
	pciback_unload
	keep
}

test_hide_survives_a_token_that_is_wrong() {
	pciback_load "hide=($nic)(0000:00:0g.0)"
	expect_driver "$nic" pciback
}

# Called by run_tests with the results: "ok NAME" or "not ok NAME" each.
epilogue() {
	local result mark
	echo "# driver $LAB_DRIVER, Linux $(uname -r), Xen $LAB_XEN"
	for result; do
		mark=works
		[[ $result == ok* ]] || mark='FAILS'
		printf '# | %-42s | %s |\n' "${result#*ok }" "$mark"
	done
}

run_tests
