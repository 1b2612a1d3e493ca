# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# What dom0 lives on is not taken from it: a network that is up, a disk that is open, a
# watchdog that ticks, the console. When dom0 has let go of it, it is.
#
# The machine: QEMU's virt with a network and a disk, each in a page without others that
# work, and a watchdog on a line of the GPIO controller, where the machine has no registers.
#
# arch: arm64
# lab: --qemu -device virtio-net-device,bus=virtio-mmio-bus.0
# lab: --disk d0:1
# lab: --qemu -device virtio-blk-device,drive=d0,bus=virtio-mmio-bus.8
# lab: --dtb-edit selftests/dtdev/tree/watchdog.sh

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

network=/virtio_mmio@a000000 disk=/virtio_mmio@a001000 watchdog=/watchdog@9055000
mmio=/sys/bus/platform/devices

# Drivers that dom0 has from here on.
for driver in virtio_mmio virtio_net virtio_blk gpio_wdt; do
	modprobe $driver
done
lab-wait 20 test -b /dev/vda
lab-wait 20 test -c /dev/watchdog0

# expect_kept PATH REASON [FORCE]: for that reason, and no force that names others helps.
expect_kept() {
	! xl-dtdev check "$1" >"$TEST_DIR/out" || fail "$1 could be taken"
	expect_line "$1 .*[:;] $2(;.*)?" "check" <"$TEST_DIR/out"
	! xl-dtdev release "$1" ${3:+"force=$3"} 2>"$TEST_DIR/err" || fail "$1 is taken"
	expect_line "xl-dtdev: $1: .*$2.*" "release" <"$TEST_DIR/err"
	expect_eq nodes "" "$(<"$DTDEV/nodes")"
}

# expect_taken PATH WORD [FORCE]: nothing is said of what it was for.
expect_taken() {
	xl-dtdev check "$1" >"$TEST_DIR/out" || :
	expect_no "$2" "check" <"$TEST_DIR/out"
	dt_release "$1" ${3:+"force=$3"}
	expect_eq nodes "$1" "$(<"$DTDEV/nodes")"
	now xl-dtdev reclaim "$1"
}

test_a_network_that_is_up() {
	local interface
	interface=$(basename $mmio/a000000.virtio_mmio/virtio*/net/*)
	dt_load
	ip link set "$interface" up
	defer ip link set "$interface" down
	expect_kept $network "network $interface" shared-page,children
	now ip link set "$interface" down
	expect_taken $network network shared-page,children
	lab-wait 20 test -d $mmio/a000000.virtio_mmio/virtio*/net || fail "dom0 has no network again"
}

test_a_disk_that_is_open() {
	dt_load
	exec 7</dev/vda
	expect_kept $disk "root-storage vda" shared-page,children
	exec 7<&-
	expect_taken $disk root-storage shared-page,children
	lab-wait 20 test -b /dev/vda || fail "dom0 has no disk again"
}

test_a_watchdog_that_ticks() {
	dt_load
	exec 7>/dev/watchdog0
	expect_kept $watchdog "watchdog watchdog0"
	echo V >&7
	exec 7>&-
	expect_taken $watchdog watchdog0
	lab-wait 20 test -c /dev/watchdog0 || fail "dom0 has no watchdog again"
}

run_tests
