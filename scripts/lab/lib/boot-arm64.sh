# SPDX-License-Identifier: GPL-2.0
# The arm64 machines: one of QEMU's boards with two UARTs: the first is Xen's console, the
# second the result channel, unless a test wants it. The monitor comes by virtio, and what
# has no UART.
# shellcheck shell=bash

# shellcheck source=board-virt.sh
source "$LAB/lib/board-$board.sh"
# shellcheck source=dtb.sh
source "$LAB/lib/dtb.sh"
# shellcheck source=domu.sh
source "$LAB/lib/domu.sh"

# In the RAM of each board.
ARM64_KERNEL_ADDRESS=0x50000000
ARM64_INITRD_ADDRESS=0x60000000

# Xen hides its own UART, so the second may be the first that dom0 counts.
boot_channel() {
	if [[ $uart == test ]]; then
		echo /dev/vport0p2
	else
		echo '/dev/ttyAMA1 /dev/ttyAMA0'
	fi
}
boot_monitor() { echo /dev/vport0p1; }
boot_wire() { :; }
boot_poweroff() { echo poweroff; }

boot_machine() {
	board_machine "${machine:+,$machine}$1"
	printf '%s\n' -serial chardev:console -serial "chardev:$([[ $uart == test ]] && echo uart || echo result)"
}

# What the test's UART is connected to: QEMU connects to itself.
boot_uart() {
	[[ $uart == test ]] || return 0
	printf '%s\n' -chardev "socket,id=uart,path=$1/uart,server=on,wait=off" \
		-chardev "socket,id=uart-self,path=$1/uart" \
		-device virtserialport,chardev=result,name=result -device virtserialport,chardev=uart-self,name=uart
}

boot_arguments() {
	local run=$1
	cp "$(hypervisor_image "$hypervisor_object")" "$run/xen"
	cp "$(kernel_image "$kernel_object")" "$run/vmlinuz"
	cat "$userland_object/userland.cpio" "$modules_object/modules.cpio" "$driver_object/driver.cpio" "$run/run.cpio" >"$run/dom0.cpio"
	[[ -z $domu ]] || domu_pack "$run" >&2
	boot_dtb "$run" >&2
	boot_machine ''
	printf '%s\n' -kernel "$run/xen" -dtb "$run/base.dtb"
	loader_argument "$run/vmlinuz" "$ARM64_KERNEL_ADDRESS"
	loader_argument "$run/dom0.cpio" "$ARM64_INITRD_ADDRESS"
	[[ -z $domu ]] || domu_arguments "$run"
	printf '%s\n' -device "virtio-serial-device,bus=$BOARD_MONITOR_BUS" -device virtserialport,chardev=monitor-port,name=monitor
	boot_uart "$run"
}

boot_dtb() {
	local run=$1 dump
	mapfile -t dump < <(
		qemu_command arm64
		boot_machine ",dumpdtb=$run/base.dtb"
		printf '%s\n' -nodefaults -display none -chardev null,id=console -chardev null,id=result -chardev null,id=uart
	)
	"${dump[@]}" >"$run/dumpdtb.log" 2>&1 || die "QEMU cannot describe the machine: $(<"$run/dumpdtb.log")"
	dtb_boot "$run/base.dtb" \
		"console=dtuart dtuart=$BOARD_UART dom0_mem=${dom0_mem:-$BOARD_DOM0_MEM}M dom0_max_vcpus=2 loglvl=all guest_loglvl=all $xen_args" \
		"console=hvc0 loglevel=7 log_buf_len=4M panic=-1 rdinit=/init $dom0_args"
	dtb_module "$run/base.dtb" kernel "$ARM64_KERNEL_ADDRESS" "$run/vmlinuz"
	dtb_module "$run/base.dtb" ramdisk "$ARM64_INITRD_ADDRESS" "$run/dom0.cpio"
	[[ -z $domu ]] || domu_dtb "$run/base.dtb" "$run"
	dtb_apply_edits "$run/base.dtb"
}
