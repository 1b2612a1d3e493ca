# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Xen's own example of device tree passthrough, word for word: the second network
# device of a Calxeda Midway, marked at boot, given to a guest.
#
# No traffic: there is no IOMMU here, and a guest that is not mapped 1:1 cannot do
# DMA without one. Interrupts come of frames that are too short for it.
#
# arch: armhf
# lab: --dtb-edit fdtput -t x $DTB /soc/ethernet@fff51000 xen,passthrough

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

nic=/soc/ethernet@fff51000 dir=/sys/class/xen-dtdev/fff51000.ethernet

published_tree() {
	cat >"$TEST_DIR/guest-midway.dts" <<-END
		/dts-v1/;

		/ {
			/* #*cells are here to keep DTC happy */
			#address-cells = <2>;
			#size-cells = <2>;

			aliases {
				net = &mac0;
			};

			passthrough {
				compatible = "simple-bus";
				ranges;
				#address-cells = <2>;
				#size-cells = <2>;
				mac0: ethernet@10000000 {
					compatible = "calxeda,hb-xgmac";
					reg = <0 0x10000000 0 0x1000>;
					interrupts = <0 80 4  0 81 4  0 82 4>;
				};
			};
		};
	END
	dtc -q -O dtb -o "$TEST_DIR/guest-midway.dtb" "$TEST_DIR/guest-midway.dts"
}

# guest_drives_it NAME XL-LINE...: the stock driver binds, goes up, and takes the
# interrupt of a frame.
guest_drives_it() {
	local name=$1
	guest_start "$name" xgmac.sh "${@:2}"
	guest_reaches "$name" up
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 120 sh -c 'lab-runt && grep -q "^$1: told interrupts" "$2"' sh "$name" "$TEST_DIR/$name.log" ||
		fail "no interrupt in guest $name: $(guest_last "$name")"
	guest_ends "$name"
	guest_said "$name" | expect_line "told driver calxedaxgmac" "guest $name"
	guest_said "$name" | expect_line "told up eth0" "guest $name"
	expect_ge "interrupts in guest $name" 1 "$(guest_told "$name" interrupts)"
}

test_the_mark_reached_dom0() {
	expect_eq status disabled "$(tr -d '\0' </sys/firmware/devicetree/base$nic/status)"
	[[ ! -e /sys/bus/platform/devices/fff51000.ethernet ]] || fail "dom0 has a device of it"
}

test_check_and_release() {
	dt_load
	xl-dtdev check $nic | expect_line "$nic - ok, no DMA: no IOMMU looks after it" "check"
	dt_release $nic
	expect_eq driver xen-dtdev "$(dt_driver platform/fff51000.ethernet)"
	expect_eq state released "$(<$dir/state)"
	expect_eq driver_was none "$(<$dir/driver_was)"
	expect_eq reset_method "quiesce calxeda,hb-xgmac" "$(<$dir/reset_method)"
	expect_eq reset_result "ok 1" "$(<$dir/reset_result)"
	expect_eq fence "up 0xfff51,1" "$(<$dir/fence)"
	expect_eq interrupts "112 level-high free 113 level-high free 114 level-high free" "$(paste -s -d' ' $dir/interrupts)"
	expect_fenced 0xfff51000
	expect_reachable 0xfff50000
	now xl-dtdev reclaim $nic
	[[ ! -e /sys/bus/platform/devices/fff51000.ethernet ]] || fail "its placeholder is still there"
	expect_fenced 0xfff51000
}

test_the_published_example() {
	dt_load "hide=($nic)"
	published_tree
	guest_drives_it midway "device_tree=\"$TEST_DIR/guest-midway.dtb\"" 'irqs=[112,113,114]' 'iomem=["0xfff51,1@0x10000"]'
	echo 1 >$dir/reset
	expect_eq "reset after the guest" "ok 2" "$(<$dir/reset_result)"
	xl-dtdev reclaim $nic
}

test_config_writes_an_equivalent() {
	local name
	dt_load
	dt_release $nic
	dt_config $nic
	cat "$TEST_DIR/fff51000.ethernet.dts"
	expect_line 'irqs = \[ 112, 113, 114 \]' "xl.cfg" <"$TEST_DIR/fff51000.ethernet.cfg"
	expect_line 'iomem = \[ "0xfff51,1@0x10000" \]' "xl.cfg" <"$TEST_DIR/fff51000.ethernet.cfg"
	published_tree
	for name in compatible reg interrupts; do
		expect_eq "$name" "$(fdtget -t x "$TEST_DIR/guest-midway.dtb" /passthrough/ethernet@10000000 $name)" \
			"$(fdtget -t x "$TEST_DIR/fff51000.ethernet.dtb" /passthrough/ethernet@10000000 $name)"
	done
	guest_drives_it generated "${lines[@]}"
}

run_tests
