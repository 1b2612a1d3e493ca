# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What no guest has is in quarantine: its DMA goes nowhere; and dom0's when it is let go
# of, however that is done.
#
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci edu,addr=0x6
# lab: --may-fault always:0000:00:06.0
# lab: --pci pcie-root-port,id=rp,addr=0x7,chassis=1
# lab: --pci pcie-pci-bridge,id=br,bus=rp
# lab: --pci e1000,bus=br,addr=0x1
# lab: --pci e1000,bus=br,addr=0x2,netdev=n1
# lab: --pci igb,addr=0x8

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 edu=0000:00:06.0 one=0000:02:01.0 two=0000:02:02.0 igb=0000:00:08.0

expect_isolation() {
	expect_eq "isolation of $1" "$2" "$(of "$1" isolation)"
}

# bind_to DRIVER BDF
bind_to() {
	write_attr "/sys/bus/pci/drivers/$1/bind" "$2"
	expect_driver "$2" "$1"
}

unbind() {
	write_attr "$PCI/$1/driver/unbind" "$1"
}

test_what_is_seized_is_in_quarantine() {
	pciback_load "hide=($nic)"
	expect_isolation "$nic" quarantined
}

test_or_not_if_nobody_asks_for_it() {
	pciback_load quarantine=0 "hide=($nic)"
	expect_isolation "$nic" 'left to Xen (quarantine=N)'
	write_attr /sys/module/xen_pciback/parameters/quarantine Y
	write_attr "$PCIBACK/new_slot" "$edu"
	write_attr "$PCIBACK/bind" "$edu"
	expect_isolation "$edu" quarantined
}

# faults BDF: of its DMA, as Xen has seen them.
faults() {
	xl dmesg | grep -c -F "[$1]" || :
}

# What its registers ask for it does, as it would with a guest's leavings in them.
test_its_dma_goes_nowhere() {
	local before command
	pciback_load "hide=($edu)"
	before=$(faults "$edu")
	setpci -s "$edu" COMMAND=6:6
	register "$edu" 0x80 0x100000
	register "$edu" 0x84 0
	register "$edu" 0x88 0x40000
	register "$edu" 0x8c 0
	register "$edu" 0x90 64
	register "$edu" 0x98 1
	command=$(($(head -n 1 "$PCI/$edu/resource" | cut -d' ' -f1) + 0x98))
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 30 sh -c '[ $(($(busybox devmem "$1" 32) & 1)) = 0 ]' sh "$command" || fail "the device does not come to an end"
	expect_ge "faults of $edu" $((before + 1)) "$(faults "$edu")"
}

test_with_a_guest_and_back() {
	pciback_load "hide=($nic)"
	guest_paused user "$nic"
	lab-wait 30 grep -q -x assigned "$PCI/$nic/pciback/state" || fail "it was not given"
	expect_isolation "$nic" guest
	now guest_paused_end user
	await_state "$nic" idle
	expect_isolation "$nic" quarantined
}

# guest_lets_go NAME BDF: its frontend goes, as far as anybody can see, and the toolstack has
# not heard of it.
guest_lets_go() {
	xenstore-rm "/local/domain/$(xl domid "$1")/device/pci/0/state"
	await_state "$2" idle
}

# What it can still write there then is not the next one's.
test_who_lets_go_may_reach_it_until_it_is_detached() {
	local vet=0x38 found
	pciback_load idle_d3=0 "hide=($igb)"
	found=$(register "$igb" "$vet")
	guest_paused user "$igb"
	await_state "$igb" assigned
	now guest_lets_go user "$igb"
	expect_isolation "$igb" guest
	expect_errno EBUSY "$PCIBACK/return" "$igb"
	expect_driver "$igb" pciback
	register "$igb" "$vet" "$(printf '%#x' $((found ^ 0x55)))"
	expect_eq "the register" "$((found ^ 0x55))" "$(($(register "$igb" "$vet")))"
	now guest_paused_end user
	lab-wait 30 grep -q -x quarantined "$PCI/$igb/pciback/isolation" || fail "isolation is $(of "$igb" isolation)"
	await_state "$igb" idle
	expect_eq "the register, when that guest has gone" "$found" "$(register "$igb" "$vet")"
	write_attr "$PCIBACK/return" "$igb"
}

test_and_is_not_dom0s_before() {
	local mark
	driver_load e1000e
	pciback_load takeover=1 "hide=($nic)"
	guest_paused user "$nic"
	await_state "$nic" assigned
	now guest_lets_go user "$nic"
	mark=$(dmesg_mark)
	unbind "$nic"
	dmesg_since "$mark" | expect_line ".*$nic: a domain has it, says Xen: .*" "the log"
	await_xen "$nic" "d$(xl domid user)"
	now guest_paused_end user
	await_xen "$nic" d0
	bind_to e1000e "$nic"
	dom0_gets_lease "$nic"
}

# As libvirt and driverctl do.
test_by_driver_override_and_back() {
	driver_load e1000e
	pciback_load
	defer write_attr "$PCI/$nic/driver_override" '\n'
	unbind "$nic"
	write_attr "$PCI/$nic/driver_override" pciback
	write_attr /sys/bus/pci/drivers_probe "$nic"
	expect_isolation "$nic" quarantined
	guest_paused user "$nic"
	now guest_paused_end user
	await_state "$nic" idle
	write_attr "$PCI/$nic/driver_override" '\n'
	unbind "$nic"
	write_attr /sys/bus/pci/drivers_probe "$nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
}

test_unloading_gives_it_back() {
	pciback_load "hide=($nic)"
	now pciback_unload
	driver_load e1000e
	dom0_gets_lease "$nic"
}

test_xl_takes_it_out_and_puts_it_in() {
	driver_load e1000e
	pciback_load takeover=1 "hide=($nic)"
	expect_isolation "$nic" quarantined
	xl pci-assignable-add "$nic"
	expect_isolation "$nic" quarantined
	xl pci-assignable-remove "$nic"
	expect_driver "$nic" none
	bind_to e1000e "$nic"
	dom0_gets_lease "$nic"
	xl pci-assignable-add "$nic"
	expect_isolation "$nic" quarantined
	write_attr "$PCIBACK/return" "$nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
}

# dom0's card would not get an answer: its DMA has the same id.
test_not_while_dom0_drives_its_neighbour() {
	driver_load e1000
	unbind "$one"
	defer bind_to e1000 "$one"
	pciback_load "hide=($one)"
	expect_isolation "$one" 'dom0 (see together)'
	dom0_gets_lease "$two"
	unbind "$two"
	expect_isolation "$one" quarantined
	write_attr "$PCIBACK/new_slot" "$two"
	write_attr "$PCIBACK/bind" "$two"
	expect_isolation "$two" quarantined
	expect_isolation "$one" quarantined
	unbind "$two"
	bind_to e1000 "$two"
	expect_isolation "$one" 'dom0 (see together)'
	dom0_gets_lease "$two"
}

run_tests
