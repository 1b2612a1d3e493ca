# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Devices whose DMA goes through an IOMMU that Xen drives: taken from dom0 there, too,
# and back; nothing is done to one that a guest has.
#
# The machine: QEMU's virt with an SMMU, and in its tree two devices behind that, one
# in use by dom0 and one marked. They do no DMA: what counts is what Xen lets pass.
# The interrupts that QEMU's tree has for messages are the SMMU's, too: they go.
#
# arch: arm64
# lab: --xen overlay
# lab: --machine iommu=smmuv3
# lab: --qemu -global arm-smmuv3.stage=2
# lab: --dtb-edit fdtput -r $DTB /intc@8000000/v2m@8020000
# lab: --dtb-edit fdtput -t x $DTB /pl031@9010000 iommus $(fdtget -t x $DTB /smmuv3@9050000 phandle) 100; fdtput -t x $DTB /pl061@9030000 iommus $(fdtget -t x $DTB /smmuv3@9050000 phandle) 200; fdtput -t x $DTB /pl061@9030000 xen,passthrough

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

rtc=/pl031@9010000 rtc_dir=/sys/class/xen-dtdev/9010000.pl031 rtc_base=0x9010000
gpio=/pl061@9030000 gpio_dir=/sys/class/xen-dtdev/9030000.pl061

# expect_no_guest_gets PATH: Xen refuses dtdev= for it.
expect_no_guest_gets() {
	guest_refused '.*xc_assign_dtdevice failed.*' "dtdev=[\"$1\"]"
}

test_what_is_dom0s_no_guest_gets() {
	xl info virt_caps | expect_line '.*directio.*' "virt_caps"
	dt_load
	expect_no_guest_gets $rtc
}

test_taken_a_guest_gets_it_and_dom0_again() {
	local lines
	dt_load reset_policy=require
	dt_release $rtc
	expect_eq iommu deassigned "$(<$rtc_dir/iommu)"
	expect_eq state released "$(<$rtc_dir/state)"
	dt_config $rtc
	expect_line "dtdev = \[ \"$rtc\" \]" "xl.cfg" <"$TEST_DIR/9010000.pl031.cfg"
	guest_run clock rtc.sh "${lines[@]}"
	guest_said clock | expect_line "told rtc rtc-pl031 9010000.pl031" "the guest"
	now xl-dtdev reclaim $rtc
	rtc_works
	expect_no_guest_gets $rtc
}

test_what_a_guest_has_stays_as_it_is() {
	local lines
	dt_load
	dt_give holder $rtc
	expect_errno EBUSY $DTDEV/remove_node $rtc
	expect_errno EBUSY $rtc_dir/reset 1
	expect_eq nodes $rtc "$(<$DTDEV/nodes)"
	expect_eq reset_result "ok 1" "$(<$rtc_dir/reset_result)"
	expect_fenced $rtc_base
	now guest_destroy holder
	echo 1 >$rtc_dir/reset
}

test_marked_it_is_nobodys_from_the_beginning() {
	local lines
	dt_load
	dt_give holder $gpio force=provider
	expect_eq iommu deassigned "$(<$gpio_dir/iommu)"
	expect_line "dtdev = \[ \"$gpio\" \]" "xl.cfg" <"$TEST_DIR/9030000.pl061.cfg"
	expect_errno EBUSY $gpio_dir/reset 1
	now guest_destroy holder
}

test_marked_and_given_by_hand_it_is_not_taken() {
	dt_load
	guest_start holder wait.sh "dtdev=[\"$gpio\"]"
	! xl-dtdev release $gpio force=provider 2>"$TEST_DIR/err" || fail "it was taken from a guest"
	expect_line '.*Device or resource busy .*a guest has it, by dtdev=.*' "release" <"$TEST_DIR/err"
	expect_eq nodes "" "$(<$DTDEV/nodes)"
	now guest_destroy holder
	xl-dtdev release $gpio force=provider
	xl-dtdev reclaim $gpio
}

test_what_is_not_behind_it_needs_no_dtdev() {
	dt_load
	dt_release /fw-cfg@9020000
	expect_eq iommu none "$(</sys/class/xen-dtdev/9020000.fw-cfg/iommu)"
	xl-dtdev config /fw-cfg@9020000 --out "$TEST_DIR" | expect_line '# no dtdev: no IOMMU looks after it; .*' "xl.cfg"
}

run_tests
