# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# A board with the devices and the tree of a real SoC, QEMU's Versal: a network device with a
# link, clocks and the same interrupt twice, and SD controllers, one marked at boot and one
# that dom0 uses, go to guests with their stock drivers.
#
# No cards and no traffic: there is no IOMMU that Xen drives, so no guest's DMA.
#
# arch: arm64
# lab: --board versal
# lab: --dtb-edit selftests/dtdev/tree/versal.sh

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

gem=/ethernet@ff0d0000 marked=/sdhci@f1040000 used=/sdhci@f1050000
class=/sys/class/xen-dtdev

# dom0 has the driver from here on.
modprobe sdhci-of-arasan
lab-wait 30 test -e /sys/bus/platform/devices/f1050000.sdhci/driver

# dom0_looks_for_a_card: its driver takes interrupts.
dom0_looks_for_a_card() {
	local host
	lab-wait 30 test -d /sys/bus/platform/devices/f1050000.sdhci/mmc_host || fail "dom0 has no SD controller"
	host=$(basename /sys/bus/platform/devices/f1050000.sdhci/mmc_host/*)
	lab-wait 30 lab-irqs "$host" "$(($(lab-irqs "$host") + 10))" || fail "no interrupts in dom0"
}

test_each_device_of_the_board_has_an_answer() {
	xl-dtdev plan /sys/firmware/fdt >"$TEST_DIR/plan" || :
	cat "$TEST_DIR/plan"
	expect_line "$used - ok.*" "plan" <"$TEST_DIR/plan"
	expect_line "/ethernet@ff0c0000 - ok.*" "plan" <"$TEST_DIR/plan"
	expect_line "/usb@ff9d0000/dwc3@fe200000 - ok.*" "plan" <"$TEST_DIR/plan"
	expect_line "/virtio_mmio@a0000e00 - no: shared-page .*" "plan" <"$TEST_DIR/plan"
	expect_line "/interrupt-controller - no: interrupt-controller;.*" "plan" <"$TEST_DIR/plan"
}

test_a_network_device_with_its_link_and_clocks() {
	local lines dir=$class/ff0d0000.ethernet made
	dt_load
	dt_release $gem
	expect_eq clocks "pclk 25000000 hclk 25000000 tx_clk 125000000 rx_clk 125000000" "$(paste -s -d' ' $dir/clocks)"
	dt_config $gem
	expect_line 'irqs = \[ 90 \]' "xl.cfg" <"$TEST_DIR/ff0d0000.ethernet.cfg"
	made=$(fdtget -l "$TEST_DIR/ff0d0000.ethernet.dtb" /passthrough | grep ethernet)
	expect_eq "parts" fixed-link "$(fdtget -l "$TEST_DIR/ff0d0000.ethernet.dtb" "/passthrough/$made")"
	expect_eq "speed of the link" 1000 "$(fdtget "$TEST_DIR/ff0d0000.ethernet.dtb" "/passthrough/$made/fixed-link" speed)"
	guest_run gem gem.sh "${lines[@]}"
	guest_said gem | expect_line "told driver macb" "the guest"
	guest_said gem | expect_line "told speed 1000" "the guest"
}

test_an_sd_controller_that_was_marked() {
	local lines
	dt_load
	dt_release $marked
	expect_eq interrupts "158 level-high free" "$(<$class/f1040000.sdhci/interrupts)"
	dt_config $marked
	expect_line 'irqs = \[ 158 \]' "xl.cfg" <"$TEST_DIR/f1040000.sdhci.cfg"
	guest_run card card.sh "${lines[@]}"
	guest_said card | expect_line "told driver sdhci-arasan" "the guest"
	expect_ge "interrupts in the guest" 10 "$(guest_told card interrupts)"
}

test_one_that_dom0_uses_goes_and_comes_back() {
	local lines dir=$class/f1050000.sdhci
	dom0_looks_for_a_card
	dt_load
	xl-dtdev check $used | expect_line "$used sdhci-arasan ok.*" "check"
	dt_release $used
	expect_fenced 0xf1050000
	xl-dtdev config $used --guest card --out "$TEST_DIR"
	expect_eq interrupts "160 level-high relayed 160" "$(<$dir/interrupts)"
	mapfile -t lines < <(grep -v '^#' "$TEST_DIR/card.cfg")
	guest_run card card.sh "${lines[@]}" --file /lab/guest/updates/xen-dtdev-irq.ko
	expect_ge "interrupts in the guest" 10 "$(guest_told card interrupts)"
	expect_ge "turns" 10 "$(sed -n 's/.* turns \([0-9]*\).*/\1/p' $dir/relays)"
	now xl-dtdev reclaim $used
	dom0_looks_for_a_card
}

run_tests
