# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A PVH dom0, which has its interrupts and configuration space by way of Xen: the
# driver takes functions from it, resets and returns them, says which lines they
# have, and registers as the backend, for functions that HVM guests get by a toolstack.
#
# One CPU and no RDTSCP, for QEMU emulates virtualization with faults.
#
# only by name: it is another machine, and boots for minutes
# lab: --xen-args dom0=pvh iommu=no-sharept dom0_max_vcpus=1
# lab: --dom0-args clearcpuid=rdtscp
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --disk d0:2
# lab: --pci nvme,serial=flash,drive=d0,addr=0x6
# lab: --pci edu,addr=0x7
# lab: --pci pcie-root-port,id=shared,addr=0x8,chassis=2
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x0,multifunction=on
# lab: --pci ich9-ahci,bus=shared,addr=0x0.0x1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/probe.sh
source /lab/lib/probe.sh

nic=0000:00:05.0 nvme=0000:00:06.0 edu=0000:00:07.0
# They can be reset by their bus only.
one=0000:01:00.0 two=0000:01:00.1
LINE=/sys/module/gsiof/parameters/line

# line_of BDF: its interrupt line, as a toolstack is told.
line_of() {
	printf '0x%x' "$((0x${1:5:2} << 8 | 0x${1:8:2} << 3 | ${1:11:1}))" >$LINE
	cat $LINE
}

test_dom0_is_pvh() {
	dmesg | expect_line '.*Booting kernel on Xen PVH' "kernel log"
}

test_functions_are_seized_and_it_is_the_backend() {
	pciback_load "hide=($nic)($nvme)"
	expect_driver "$nic" pciback
	expect_driver "$nvme" pciback
	[[ -e /sys/bus/xen-backend/drivers/pciback ]] || fail "it did not register"
}

test_a_toolstack_is_told_the_line_of_what_is_seized() {
	local mark
	mark=$(dmesg_mark)
	pciback_load "hide=($nic)($edu)"
	modprobe gsiof
	defer modprobe -r gsiof
	dmesg_since "$mark" | expect_no '.*interrupt line cannot.*' "kernel log"
	expect_eq "line of $nic" "$(<"$PCI/$nic/irq")" "$(line_of "$nic")"
	expect_eq "line of $edu" "$(<"$PCI/$edu/irq")" "$(line_of "$edu")"
	expect_eq "line of what is dom0's" -22 "$(line_of "$nvme")"
	write_attr "$PCIBACK/return" "$edu"
	expect_eq "line of what was returned" -22 "$(line_of "$edu")"
}

# By a device model, and nobody tells the driver: Xen does, when it is asked.
test_what_a_guest_has_is_left_alone() {
	local domid bdf
	driver_load giveto
	pciback_load "hide=($nic)($one)($two)"
	guest_vacant user
	domid=$(xl domid user)
	write_attr "$PCIBACK/do_flr" "$nic"
	for bdf in "$nic" "$two"; do
		giveto give "$bdf" "$domid"
		expect_eq "state of $bdf" assigned "$(of "$bdf" state)"
	done
	expect_eq "power state of $nic" D0 "$(<"$PCI/$nic/power_state")"
	expect_errno EBUSY "$PCIBACK/return" "$nic"
	expect_errno EBUSY "$PCIBACK/do_flr" "$one"
	now guest_paused_end user
	await_state "$nic" idle
	await_state "$two" idle
}

# Xen has its own notion of what they hold, which such a reset clears.
test_xen_is_told_of_all_that_a_bus_reset_was_for() {
	pciback_load "hide=($one)($two)"
	probe told p 'xen_pciback:pciback_xen_was_reset dev=%di:x64'
	trace_clear
	write_attr "$PCIBACK/do_flr" "$one"
	expect_eq "reset of $one" 0 "$(of "$one" reset_result)"
	expect_eq "functions that Xen was told of" 2 "$(sed -n 's/.* told: .* dev=//p' $TRACE/trace | sort -u | wc -l)"
	now probe_end told
}

# By FLR, which takes the BARs, and by power state.
test_resets_and_what_was_there_is_there_again() {
	local before fn
	pciback_load idle_d3=0 "hide=($nic)($nvme)"
	for fn in "$nic" "$nvme"; do
		before=$(lspci -xxx -s "$fn")
		setpci -s "$fn" CACHE_LINE_SIZE=10
		expect_eq "what $fn was given" 10 "$(setpci -s "$fn" CACHE_LINE_SIZE)"
		write_attr "$PCIBACK/do_flr" "$fn"
		expect_eq "reset of $fn" 0 "$(of "$fn" reset_result)"
		expect_eq "configuration of $fn" "$before" "$(lspci -xxx -s "$fn")"
	done
}

test_what_is_returned_works_in_dom0() {
	pciback_load "hide=($nic)($nvme)"
	driver_load e1000e
	driver_load nvme
	write_attr "$PCIBACK/do_flr" "$nvme"
	write_attr "$PCIBACK/return" "$nic"
	write_attr "$PCIBACK/return" "$nvme"
	expect_driver "$nic" e1000e
	expect_driver "$nvme" nvme
	dom0_gets_lease "$nic"
	lab-wait 30 test -b /dev/nvme0n1 || fail "dom0's nvme has no disk"
	dd if=/dev/nvme0n1 of=/dev/null bs=64k count=16 iflag=direct
}

run_tests
