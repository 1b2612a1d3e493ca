# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The commands of the administrator's guide to xen-dtdev, as they stand there.
#
# arch: arm64
# lab: --file Documentation/admin-guide:/lab/documents

# Without parameters on purpose.
# shellcheck disable=SC2119
# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/documents.sh
source /lab/lib/documents.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

guide=/lab/documents/xen-dtdev.rst
state=/sys/class/xen-dtdev/9010000.pl031/state

test_three_commands_and_xl_create() {
	cd "$TEST_DIR"
	guides_guest
	dt_load
	run_block $guide 'xl-dtdev check *'
	grep -E '^(device_tree|iomem)' guest.cfg | paste -s -d' ' | expect_line 'device_tree = .* iomem = .*' "what was added to the guest's configuration"
	expect_eq state released "$(<$state)"
	xl domid guest || fail "there is no guest"
	xl destroy guest
	run_block $guide 'xl-dtdev reclaim *'
	rtc_works
}

test_no_block_is_left_out() {
	leave_block $guide 'fdt set *' "a command of the boot loader"
	leave_block $guide "# modprobe xen-dtdev 'hide=(/soc/*" "a Midway: dtdev/midway"
	leave_block $guide 'xl-dtdev config /pl031@9010000 /pl011@9040000 *' "two devices: boards"
	leave_block $guide 'xl-dtdev plan *' "a tree file: boards"
	leave_block $guide 'xl-dtdev mark *' "a tree file: boards"
	expect_all_blocks $guide
}

run_tests
