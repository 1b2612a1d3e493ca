# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# More functions than a bus has slots: the guest gets another bus, also while it runs.
#
# only by name: the toolstack takes a second or two for each of 34 functions
#
# lab: --disk d0:2
# lab: --pci pcie-root-port,id=rp,addr=0x5,chassis=1
# lab: --pci nvme-subsys,id=subsys
# lab: --pci nvme,id=pf,bus=rp,serial=pf,subsys=subsys,max_ioqpairs=72,msix_qsize=72,sriov_max_vfs=34,sriov_vq_flexible=68,sriov_vi_flexible=34
# lab: --pci nvme-ns,bus=pf,drive=d0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

pf=0000:01:00.0

# vf N: counted from 1.
vf() {
	seized | cut -d' ' -f"$1"
}

# seen: how many functions the guest sees, and the last two of them.
seen() {
	guest_told crowd functions | awk '{ print NF, $(NF - 1), $NF }'
}

# expect_seen WORDS
expect_seen() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 120 sh -c '[ "$(sed -n "s/^crowd: told functions *//p" "$1" | tail -n 1 | awk "{ print NF, \$(NF - 1), \$NF }")" = "$2" ]' \
		sh "$TEST_DIR/crowd.log" "$*" || fail "the guest sees '$(seen)', wanted '$*'"
}

test_one_bus_is_filled() {
	driver_load nvme
	pciback_load "hide=(id=1b36:0010)"
	write_attr "$PCI/$pf/sriov_numvfs" 34
	defer write_attr "$PCI/$pf/sriov_numvfs" 0
	expect_eq "seized" 34 "$(seized | wc -w)"
	guest_start crowd hotplug.sh "pci=[$(seized | cut -d' ' -f1-32 | sed 's/[^ ]*/"&"/g; s/ /,/g')]" --timeout 900
	guest_reaches crowd ready
	expect_seen "32 0000:00:1e.0=1b36:0010 0000:00:1f.0=1b36:0010"
	expect_eq "root_num" 1 "$(backend_key crowd root_num)"
	keep
}

test_one_more_brings_another_bus() {
	xl pci-attach crowd "$(vf 33)"
	expect_seen "33 0000:00:1f.0=1b36:0010 0000:01:00.0=1b36:0010"
	expect_eq "root_num, root-1" "2 0000:01" "$(backend_key crowd root_num) $(backend_key crowd root-1)"
	xl pci-attach crowd "$(vf 34)"
	expect_seen "34 0000:01:00.0=1b36:0010 0000:01:01.0=1b36:0010"
	keep
}

test_a_place_on_the_first_bus_is_used_again() {
	xl pci-detach crowd "$(vf 33)"
	xl pci-detach crowd "$(vf 6)"
	await_state "$(vf 6)" idle
	expect_seen "32 0000:00:1f.0=1b36:0010 0000:01:01.0=1b36:0010"
	xl pci-attach crowd "$(vf 33)"
	expect_seen "33 0000:00:1f.0=1b36:0010 0000:01:01.0=1b36:0010"
	expect_eq "guest_bdf" 0000:00:05.0 "$(of "$(vf 33)" guest_bdf)"
	keep
}

test_all_leave() {
	guest_tell crowd shutdown
	guest_ends crowd 0
	await_state "$(vf 33)" idle
	await_state "$(vf 34)" idle
	keep
}

run_tests
