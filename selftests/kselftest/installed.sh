# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The tests as the kernel's selftests, installed, and run by its own run_kselftest.sh: those
# that this machine is made for pass, others are skipped and say what they need.
#
# only by name: seize.sh, once more
# before: make -C selftests install
# lab: --file build/kselftest/installed:/opt/kselftest
# lab: --file scripts/xen-pciback-hw-check:/usr/sbin/xen-pciback-hw-check
# lab: --file scripts/hw-check.d:/usr/lib/xen-pciback/hw-check
# lab: --net n0
# lab: --pci e1000e,addr=0x5.0x0,multifunction=on,netdev=n0
# lab: --pci rtl8139,addr=0x5.0x1
# lab: --pci e1000,addr=0x5.0x2
# lab: --pci pcie-root-port,id=rp,addr=0x6,chassis=1
# lab: --pci pcie-pci-bridge,id=br,bus=rp
# lab: --pci e1000,bus=br,addr=0x1
# lab: --pci rtl8139,bus=br,addr=0x2
# lab: --pci igb,addr=0x7

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

SAID=$TEST_DIR/said

# kselftest TEST...: of pciback's; what it said is in $SAID. By way of a pipe, for the
# runner opens its output again, and a file would begin anew.
kselftest() {
	local test tests=()
	for test; do
		tests+=(-t "drivers/xen/pciback:$test")
	done
	/opt/kselftest/run_kselftest.sh "${tests[@]}" 2>&1 | cat >"$SAID"
	cat "$SAID"
}

test_all_are_listed() {
	/opt/kselftest/run_kselftest.sh -l >"$SAID"
	expect_line 'drivers/xen/pciback:device.sh' "the list" <"$SAID"
	expect_line 'drivers/xen/dtdev:pl031.sh' "the list" <"$SAID"
	expect_line 'drivers/xen/overlay:configfs.sh' "the list" <"$SAID"
}

test_what_the_machine_is_made_for_runs() {
	kselftest seize.sh
	expect_line 'ok 1 selftests: drivers/xen/pciback: seize\.sh' "kselftest" <"$SAID"
	expect_line '# ok [0-9]+ hide seizes at load' "kselftest" <"$SAID"
	expect_no '^# not ok' "kselftest" <"$SAID"
}

test_others_say_what_they_need() {
	kselftest failnth-load.sh return.sh device.sh
	expect_line 'ok 1 .*failnth-load\.sh # SKIP' "kselftest" <"$SAID"
	expect_line '# SKIP: needs the kernel debug, and this is [0-9.]+' "kselftest" <"$SAID"
	expect_line 'ok 2 .*return\.sh # SKIP' "kselftest" <"$SAID"
	expect_line '# SKIP: needs a machine with --disk flash:8' "kselftest" <"$SAID"
	expect_line 'ok 3 .*device\.sh # SKIP' "kselftest" <"$SAID"
	expect_line '# 1\.\.0 # SKIP no device is named: .*' "kselftest" <"$SAID"
}

test_a_device_that_is_named() {
	XEN_PCIBACK_BDF=0000:00:07.0 kselftest device.sh
	expect_line 'ok 1 selftests: drivers/xen/pciback: device\.sh' "kselftest" <"$SAID"
	expect_line '# ok [0-9]+ reset' "kselftest" <"$SAID"
}

# What fails is no success to kselftest.
test_a_device_that_fails() {
	XEN_PCIBACK_BDF=0000:00:05.1 kselftest device.sh
	expect_line 'not ok 1 selftests: drivers/xen/pciback: device\.sh # exit=1' "kselftest" <"$SAID"
	expect_line '# not ok [0-9]+ reset' "kselftest" <"$SAID"
}

run_tests
