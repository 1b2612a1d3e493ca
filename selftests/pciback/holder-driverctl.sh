# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What driverctl does with a function: its driver is overridden for good, and is not any
# more; over a reload of the driver, for which its unit is what udev starts at boot.
#
# only by name: driverctl is a package of its own
#
# lab: --packages driverctl
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0

# set_override: which loads the driver, by the name that others know it by.
set_override() {
	driverctl set-override "$nic" pciback
	defer pciback_unload
	defer driverctl unset-override "$nic"
}

expect_ours() {
	expect_driver "$nic" pciback
	expect_eq "isolation" quarantined "$(of "$nic" isolation)"
}

test_set_override_and_unset_override() {
	driver_load e1000e
	set_override
	expect_ours
	driverctl list-overrides | expect_line "$nic pciback" "list-overrides"
	now driverctl unset-override "$nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
}

test_with_a_guest_between() {
	driver_load e1000e
	set_override
	guest_paused user "$nic"
	await_state "$nic" assigned
	now guest_paused_end user
	await_state "$nic" idle
	expect_ours
	now driverctl unset-override "$nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
}

# The driver's list need not name it.
test_over_a_reload() {
	driver_load e1000e
	set_override
	now pciback_unload
	expect_driver "$nic" none
	modprobe xen-pciback
	defer pciback_unload
	expect_ours
	driverctl load-override "$nic"
	expect_ours
	now driverctl unset-override "$nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
}

# As at boot: it is there before dom0's own drivers are.
test_loaded_at_boot() {
	set_override
	now pciback_unload
	write_attr "$PCI/$nic/driver_override" '\n'
	modprobe xen-pciback
	defer pciback_unload
	expect_driver "$nic" none
	driverctl load-override "$nic"
	expect_ours
	driver_load e1000e
	expect_ours
	now driverctl unset-override "$nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
}

run_tests
