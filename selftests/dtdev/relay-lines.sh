# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# Interrupts of other kinds that dom0 passes on: one that is an edge, which the guest handles
# in a thread, and one of a controller that Xen knows nothing of, which it shares.
#
# The machine: the GPIO controller is one of interrupts, too, and on the line of its power
# button hangs a device, where the machine has no registers.
#
# arch: arm64
# only by name: minutes
# lab: --qemu -device virtio-net-device,id=edge
# lab: --dtb-edit selftests/dtdev/tree/lines.sh

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

class=/sys/class/xen-dtdev

# dom0 has it from here on: it finds the network device, and the way to the monitor.
modprobe virtio_mmio

# listen NAME COMPATIBLE PATH HOW: a guest that has the device, and takes its interrupt.
listen() {
	xl-dtdev config "$3" --guest "$1" --out "$TEST_DIR" >"$TEST_DIR/out"
	cat "$TEST_DIR/out" "$TEST_DIR/$1.dts"
	expect_no '^irqs' "xl.cfg" <"$TEST_DIR/out"
	expect_no 'left out: .*interrupt' "xl.cfg" <"$TEST_DIR/out"
	mapfile -t lines < <(grep -v '^#' "$TEST_DIR/$1.cfg")
	guest_start "$1" listener.sh "${lines[@]}" --append "listen=$2 how=$4" \
		--file /lab/guest/updates/xen-dtdev-irq.ko --file /lab/guest/updates/listener.ko
	guest_reaches "$1" offers
}

# counts NAME WORD: how many interrupts the guest has had.
counts() {
	guest_tell "$1" "$2"
	guest_reaches "$1" "$2"
	guest_told "$1" "$2"
}

# await_turns DIRECTORY COUNT
await_turns() {
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 60 sh -c '[ "$(sed -n "s/.* turns \([0-9]*\).*/\1/p" "$1")" -ge "$2" ]' sh "$1/relays" "$2" ||
		fail "not $2 turns: $(<"$1/relays")"
}

# link STATE: of the network device.
link() {
	lab-monitor "set_link edge $1"
}

test_an_edge() {
	local device dir
	device=$(grep -l -x 0x0001 /sys/bus/virtio/devices/virtio*/device) || fail "there is no network device"
	device=$(basename "$(readlink -f "${device%/device}/..")")
	dir=$class/$device
	dt_load
	dt_release "/virtio_mmio@${device%%.*}" force=shared-page,children
	expect_line '[0-9]+ edge-rising routed to dom0: this Xen .*' "interrupts" <"$dir/interrupts"
	listen edge virtio,mmio "/virtio_mmio@${device%%.*}" threaded
	expect_line '[0-9]+ edge-rising relayed [0-9]+' "interrupts" <"$dir/interrupts"
	expect_relay "$dir" armed
	expect_eq "interrupts before" 0 "$(counts edge count0)"
	link off
	await_turns "$dir" 1
	link on
	await_turns "$dir" 2
	expect_eq "interrupts in the guest" 2 "$(counts edge count1)"
	expect_eq "interrupts in dom0" 2 "$(lab-irqs "$device")"

	# It comes while nobody listens, and is not lost.
	xl pause edge
	link off
	expect_relay "$dir" waiting
	xl unpause edge
	await_turns "$dir" 3
	expect_relay "$dir" armed
	link on
	await_turns "$dir" 4
	expect_eq "interrupts in the guest" 4 "$(counts edge count2)"
	guest_tell edge end
	guest_ends edge
	expect_relay "$dir" off
}

test_one_of_another_controller() {
	local number dir=$class/9054000.button
	dt_load
	lab-wait 20 test -e /sys/bus/amba/devices/9030000.pl061/driver
	xl-dtdev release /button@9054000 >"$TEST_DIR/out"
	defer xl-dtdev reclaim /button@9054000
	head -n 1 "$TEST_DIR/out" |
		expect_line "/button@9054000: interrupt number 0 of the node: /pl061@9030000's: config --guest has dom0 pass it on" "release"
	expect_line '[0-9]+ edge-rising routed to dom0: its controller is none that Xen knows' "interrupts" <$dir/interrupts
	number=$(cut -d' ' -f1 $dir/interrupts)
	expect_ge "its number" 65536 "$number"
	xl-dtdev config /button@9054000 --out "$TEST_DIR" >"$TEST_DIR/out"
	expect_line "# left out: interrupt number 0 of the node \(it is one of /pl061@9030000\)" "config without a name" <"$TEST_DIR/out"
	listen button selftest,user /button@9054000 shared
	expect_eq interrupts "$number edge-rising relayed $number" "$(<$dir/interrupts)"
	expect_eq "what dom0 offers" "$number" "$(guest_told button offers)"
	expect_relay $dir armed
	lab-monitor system_powerdown
	await_turns $dir 1
	expect_eq "interrupts in the guest" 1 "$(counts button count1)"
	lab-monitor system_powerdown
	await_turns $dir 2
	expect_eq "interrupts in the guest" 2 "$(counts button count2)"
	expect_eq "interrupts in dom0" 2 "$(lab-irqs 9054000.button)"
	expect_errno EBUSY $DTDEV/remove_node /button@9054000
	now guest_destroy button
	expect_relay $dir off
	now xl-dtdev reclaim /button@9054000
}

run_tests
