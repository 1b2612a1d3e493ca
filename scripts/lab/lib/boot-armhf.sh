# SPDX-License-Identifier: GPL-2.0
# The armhf machine: a Calxeda Midway. It has one UART, which is Xen's console, so
# the result channel is a TCP connection over its first network device, which
# QEMU ends in a character device. The second network device is free for guests,
# and a third connection is the other end of its wire: nothing comes over it but
# what dom0 sends, for a guest's device does DMA to where it should not.
# shellcheck shell=bash

# shellcheck source=dtb.sh
source "$LAB/lib/dtb.sh"

boot_channel() { echo tcp:10.0.2.100/5000; }
boot_monitor() { echo tcp:10.0.2.100/5001; }
boot_wire() { echo tcp:10.0.2.100/5002; }
# The machine has no way to power off, but QEMU ends when it would restart.
boot_poweroff() { echo reboot; }

ARMHF_XEN_ADDRESS=0x20000000
ARMHF_KERNEL_ADDRESS=0x30000000
ARMHF_INITRD_ADDRESS=0x40000000

boot_arguments() {
	local run=$1
	cp "$(hypervisor_image "$hypervisor_object")" "$run/xen"
	cp "$(kernel_image "$kernel_object")" "$run/vmlinuz"
	cat "$userland_object/userland.cpio" "$modules_object/modules.cpio" "$driver_object/driver.cpio" "$run/run.cpio" >"$run/dom0.cpio"
	boot_shim >"$run/shim"
	boot_dtb "$run" >&2
	printf '%s\n' -M midway -smp 2 -m "${machine_mem:-4089}" -serial chardev:console \
		-kernel "$run/shim" -dtb "$run/base.dtb" \
		-chardev "socket,id=wire,path=$run/wire,server=on,wait=off" \
		-netdev "user,id=lab-channel,guestfwd=tcp:10.0.2.100:5000-chardev:result,guestfwd=tcp:10.0.2.100:5001-chardev:monitor-port,guestfwd=tcp:10.0.2.100:5002-chardev:wire" \
		-net nic,netdev=lab-channel \
		-netdev "stream,id=lab-second,addr.type=unix,addr.path=$run/wire" -net nic,netdev=lab-second
	loader_argument "$run/xen" "$ARMHF_XEN_ADDRESS"
	loader_argument "$run/vmlinuz" "$ARMHF_KERNEL_ADDRESS"
	loader_argument "$run/dom0.cpio" "$ARMHF_INITRD_ADDRESS"
}

# Xen dies without a word at the low address QEMU would load it to. This is what
# QEMU loads instead: ldr pc, [pc, #-4] and Xen's address, registers untouched.
boot_shim() {
	printf '\004\360\037\345\000\000\000\040'
}

boot_dtb() {
	local run=$1 dtb
	dtb=$(find "$kernel_object/root/usr/lib" -name ecx-2000.dtb | head -n 1)
	[[ -n $dtb ]] || die "linux $kernel for armhf has no device tree of the Midway"
	cp "$dtb" "$run/base.dtb"
	# vwfi=native: when Xen traps WFI here, an idle virtual CPU's timer is lost once
	# in a while and dom0 stalls.
	dtb_boot "$run/base.dtb" \
		"console=dtuart dtuart=/soc/serial@fff36000 maxcpus=2 vwfi=native dom0_mem=${dom0_mem:-1024}M dom0_max_vcpus=2 loglvl=all guest_loglvl=all $xen_args" \
		"console=hvc0 loglevel=7 log_buf_len=4M panic=-1 rdinit=/init $dom0_args"
	dtb_module "$run/base.dtb" kernel "$ARMHF_KERNEL_ADDRESS" "$run/vmlinuz"
	dtb_module "$run/base.dtb" ramdisk "$ARMHF_INITRD_ADDRESS" "$run/dom0.cpio"
	dtb_apply_edits "$run/base.dtb"
}
