# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Functions with BARs that the kernel has found no address for. Without an I/O address they
# are seized and given as dom0's own drivers use them; without one in memory nobody can use
# them, and hide_status says which BAR it is.
#
# The machine: sixteen root ports, for which there are less than sixteen windows of I/O. An
# e1000e is plugged into one that has none, and something that has more memory than the
# machine's addresses can name.
#
# only by name: a guest boots, for what few machines have
# lab: --net n0
# lab: --pci pcie-root-port,id=p0,addr=0x9.0x0,multifunction=on,chassis=1
# lab: --pci pcie-root-port,id=p1,addr=0x9.0x1,multifunction=on,chassis=2
# lab: --pci pcie-root-port,id=p2,addr=0x9.0x2,multifunction=on,chassis=3
# lab: --pci pcie-root-port,id=p3,addr=0x9.0x3,multifunction=on,chassis=4
# lab: --pci pcie-root-port,id=p4,addr=0x9.0x4,multifunction=on,chassis=5
# lab: --pci pcie-root-port,id=p5,addr=0x9.0x5,multifunction=on,chassis=6
# lab: --pci pcie-root-port,id=p6,addr=0x9.0x6,multifunction=on,chassis=7
# lab: --pci pcie-root-port,id=p7,addr=0x9.0x7,multifunction=on,chassis=8
# lab: --pci pcie-root-port,id=p8,addr=0xa.0x0,multifunction=on,chassis=9
# lab: --pci pcie-root-port,id=p9,addr=0xa.0x1,multifunction=on,chassis=10
# lab: --pci pcie-root-port,id=p10,addr=0xa.0x2,multifunction=on,chassis=11
# lab: --pci pcie-root-port,id=p11,addr=0xa.0x3,multifunction=on,chassis=12
# lab: --pci pcie-root-port,id=p12,addr=0xa.0x4,multifunction=on,chassis=13
# lab: --pci pcie-root-port,id=p13,addr=0xa.0x5,multifunction=on,chassis=14
# lab: --pci pcie-root-port,id=p14,addr=0xa.0x6,multifunction=on,chassis=15
# lab: --pci pcie-root-port,id=p15,addr=0xa.0x7,multifunction=on,chassis=16

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

# port_without_io: the address of one.
port_without_io() {
	local port
	for port in 0000:00:{09,0a}.{0,1,2,3,4,5,6,7}; do
		if lspci -v -s "$port" | grep -q -E 'I/O behind bridge: .*disabled'; then
			echo "$port"
			return
		fi
	done
	fail "all ports have I/O"
}

# plug DEVICE: behind that port, until the test ends; its address in $plugged.
plug() {
	local port number
	port=$(port_without_io)
	number=$(((16#${port:8:2} - 9) * 8 + ${port:11}))
	lab-monitor "device_add $1,id=late,bus=p$number"
	defer unplug
	lab-wait 30 sh -c "ls $PCI/$port | grep -q '^0000:..:00[.]0\$'" || fail "nothing was plugged in"
	plugged=$(basename "$PCI/$port"/0000:??:00.0)
}

unplug() {
	lab-monitor "device_del late"
	lab-wait 60 test ! -e "$PCI/$plugged" || fail "$plugged is still there after its removal"
}

plug_nic() {
	plug "e1000e,netdev=n0"
	nic=$plugged
}

command_of() {
	setpci -s "$1" COMMAND
}

test_the_machine_is_as_described() {
	local nic plugged
	driver_load e1000e
	plug_nic
	lspci -v -s "$nic" | tee "$TEST_DIR/nic"
	expect_line '.*I/O ports at <(unassigned|ignored)>.*' "the e1000e's I/O" <"$TEST_DIR/nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
	expect_eq "I/O decoded for dom0's driver" 0 $((0x$(command_of "$nic") & 1))
}

test_it_is_seized_without_io() {
	local mark nic plugged
	plug_nic
	mark=$(dmesg_mark)
	pciback_load "hide=($nic)"
	expect_eq hide_status "($nic) seized 1" "$(<"$PCIBACK/hide_status")"
	dmesg_since "$mark" | expect_line "pciback $nic: the kernel has no I/O address for BAR 2: used without" "kernel log"
	dmesg_since "$mark" | expect_no "can't enable|not seized" "what looks like a failure"
	write_attr /sys/module/xen_pciback/parameters/idle_d3 N
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_eq reset_result 0 "$(of "$nic" reset_result)"
	expect_eq "memory decoded, I/O not" 2 $((0x$(command_of "$nic") & 3))
}

# What firmware or a driver left on is off while it is ours, and back afterwards.
test_io_that_was_on_is_off_meanwhile() {
	local nic plugged
	plug_nic
	setpci -s "$nic" COMMAND=1:1
	defer setpci -s "$nic" COMMAND=0:1
	pciback_load "hide=($nic)" idle_d3=N
	expect_eq "memory decoded, I/O not" 2 $((0x$(command_of "$nic") & 3))
	now pciback_unload
	expect_eq "I/O as it was found" 1 $((0x$(command_of "$nic") & 1))
}

test_a_guest_works_with_it() {
	local nic plugged
	plug_nic
	pciback_load "hide=($nic)"
	guest_start net e1000e.sh "pci=[\"$nic\"]" --file /lab/guests/view.sh
	guest_reaches net ready
	guest_said net | expect_line 'lease 10\.0\.2\.[0-9]+' "lease"
	# Kind and size, and no address.
	guest_said net | sed -n 's/^view resource //p' >"$TEST_DIR/got"
	resources "$nic" >"$TEST_DIR/wanted"
	expect_same "regions" "$TEST_DIR/wanted" "$TEST_DIR/got"
	guest_said net | expect_line 'config 0010 ([0-9a-f]{2} ){8}01 00 00 00 .*' "an I/O BAR without address"
	expect_eq "the guest's command word never reaches I/O" 0 $((0x$(command_of "$nic") & 1))
	guest_tell net shutdown
	guest_ends net 0
	await_state "$nic" idle
	write_attr "$PCIBACK/return" "$nic"
}

test_without_memory_it_is_said_which_bar() {
	local plugged
	plug "pci-testdev,membar=4T"
	pciback_load "hide=($plugged)"
	expect_eq hide_status "($plugged) error -22: the kernel has no address for BAR 2" "$(<"$PCIBACK/hide_status")"
	expect_eq seized "" "$(seized)"
}

run_tests
