# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# The second network device of a Calxeda Midway while dom0 uses it: released at run time,
# its three interrupts passed on to a guest's driver, and in use by dom0 again.
#
# No traffic, as in midway.sh.
#
# arch: armhf

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

nic=/soc/ethernet@fff51000 name=fff51000.ethernet
dir=/sys/class/xen-dtdev/$name device=/sys/bus/platform/devices/$name

# dom0 has the driver from here on.
modprobe xgmac

# a_frame_comes WHERE COMMAND...: frames are sent until COMMAND says that one has come.
a_frame_comes() {
	lab-wait 120 sh -c 'lab-runt && "$@"' sh "${@:2}" || fail "no interrupt $1: $(cat $dir/relays 2>/dev/null)"
}

# dom0_uses_it: its driver goes up, and takes the interrupt of a frame.
dom0_uses_it() {
	local interface before
	expect_eq driver calxedaxgmac "$(dt_driver platform/$name)"
	interface=$(basename "$(echo $device/net/*)")
	echo 1 >"/proc/sys/net/ipv6/conf/$interface/disable_ipv6"
	ip link set "$interface" up
	before=$(lab-irqs $name)
	a_frame_comes "in dom0" lab-irqs $name "$before"
	ip link set "$interface" down
}

test_dom0_uses_it() {
	dom0_uses_it
}

test_it_goes_with_its_interrupts_and_comes_back() {
	local i lines
	dt_load
	for i in 1 2; do
		xl-dtdev check $nic | expect_line "$nic calxedaxgmac ok, no DMA: no IOMMU looks after it" "check"
		dt_release $nic
		expect_eq "interrupts that are dom0's" 3 "$(grep -c 'level-high routed to dom0' $dir/interrupts)"
		expect_fenced 0xfff51000
		xl-dtdev config $nic --guest driver --out "$TEST_DIR"
		expect_no '^irqs' "xl.cfg" <"$TEST_DIR/driver.cfg"
		expect_eq "interrupts that are passed on" 3 "$(grep -c ' relayed ' $dir/interrupts)"
		mapfile -t lines < <(grep -v '^#' "$TEST_DIR/driver.cfg")
		guest_start driver xgmac.sh "${lines[@]}" --file /lab/guest/updates/xen-dtdev-irq.ko
		guest_reaches driver up
		a_frame_comes "in the guest" grep -q "^driver: told interrupts" "$TEST_DIR/driver.log"
		guest_ends driver
		expect_ge "interrupts in the guest" 1 "$(guest_told driver interrupts)"
		expect_ge "turns" 1 "$(sed -n 's/.* turns \([0-9]*\).*/\1/p' $dir/relays | sort -n | tail -n 1)"
		now xl-dtdev reclaim $nic
		dom0_uses_it
	done
}

run_tests
