# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The commands of the administrator's guide to overlays, as they stand there.
#
# The guide's device is the machine's clock, which has to be missing at boot.
#
# arch: arm64
# kernel: 7.2
# lab: --xen overlay
# lab: --file Documentation/admin-guide:/lab/documents
# lab: --dtb-edit fdtput -r $DTB /pl031@9010000

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/documents.sh
source /lab/lib/documents.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/overlays.sh
source /lab/lib/overlays.sh

guide=/lab/documents/overlays.rst

# guides_overlay: as overlay.dts, in $TEST_DIR, where commands run from now on.
guides_overlay() {
	cd "$TEST_DIR"
	find_block $guide '/dts-v1/;'
	block $guide "$head" >overlay.dts
	overlays_load
}

# Before dom0 has had the clock: its interrupt would stay dom0's.
test_marked_for_a_guest() {
	guides_overlay
	sed 's/clock-names.*/& xen,passthrough;/' overlay.dts | dtc -q -I dts -O dtb -o overlay.dtbo -
	defer xen_remove overlay
	defer overlay_remove rtc
	defer dt_unload
	defer xl-dtdev reclaim /pl031@9010000
	guides_guest
	run_block $guide 'modprobe xen-dtdev'
	grep -q '^irqs = \[ 34 \]' guest.cfg || fail "no interrupt for the guest: $(<guest.cfg)"
	xl domid guest || fail "there is no guest"
}

test_for_a_device_in_dom0() {
	guides_overlay
	run_block $guide 'dtc *'
	rtc_works
	run_block $guide 'rmdir *'
	[[ ! -e $LIVE/pl031@9010000 ]] || fail "the node is still there"
}

test_no_block_is_left_out() {
	leave_block $guide 'xl dt-overlay add *' "for a domain that Xen starts: overlay/guest"
	leave_block $guide 'mkdir -p *' "in that domain: overlay/guest"
	expect_all_blocks $guide
}

run_tests
