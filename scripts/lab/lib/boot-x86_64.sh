# SPDX-License-Identifier: GPL-2.0
# The x86 machine: q35 with an IOMMU whose interrupts arrive, Xen as a multiboot
# kernel, dom0's kernel and initramfs as its modules.
# shellcheck shell=bash

# COM1 is Xen's console; COM2 and COM3 are left to dom0. COM3 gets an interrupt
# of its own, for its usual one belongs to COM1.
boot_channel() { echo /dev/ttyS1; }
boot_monitor() { echo /dev/ttyS2; }
boot_wire() { :; }
boot_poweroff() { echo poweroff; }

# boot_arguments RUN-DIR: QEMU's, one per line.
boot_arguments() {
	local run=$1 xen_image cmdline
	xen_image=$(hypervisor_image "$hypervisor_object")
	gzip -dc "$xen_image" >"$run/xen"
	initrd_pack "$run" "$userland_object/userland.cpio" ${device_model_object:+"$device_model_object/device-model.cpio"} \
		${packages_object:+"$packages_object/packages.cpio"} "$modules_object/modules.cpio" "$driver_object/driver.cpio" "$run/run.cpio"
	cp "$(kernel_image "$kernel_object")" "$run/vmlinuz"
	cmdline="console=hvc0 earlyprintk=xen loglevel=7 log_buf_len=4M panic=-1 tsc=nowatchdog $(initrd_words) $(boot_kernel_words) $dom0_args"
	# eager-fpu: Xen would switch vector registers lazily on this CPU model, and
	# QEMU does not trap every AVX instruction as that needs: strings in dom0 and in
	# guests got the bytes of other domains now and then.
	# cpuidle=off: in deep idle states Xen misses wake-ups there, and a busy machine
	# stands still for seconds, with the stock driver as with ours.
	# tsc=nowatchdog: where virtual CPUs do not run all the time, Linux finds that the
	# TSC runs apart from Xen's clock, and gives it up.
	# A comma would end the module's command line: QEMU takes two for one.
	boot_machine
	printf '%s\n' -kernel "$run/xen" -initrd "$run/vmlinuz ${cmdline//,/,,},$run/dom0.cpio" \
		-append "console=com1 com1=115200,8n1 dom0_mem=${dom0_mem:-2048}M,max:${dom0_mem:-2048}M dom0_max_vcpus=2 spec-ctrl=eager-fpu cpuidle=off loglvl=all guest_loglvl=all $(boot_xen_words) $xen_args" \
		-m "${machine_mem:-4096}" \
		-device isa-serial,chardev=console,index=0 \
		-device isa-serial,chardev=result,index=1 \
		-device isa-serial,chardev=monitor-port,index=2,irq=5
}

# debug: what it looks for stays; each of these only looks less often or in a cheaper
# way. A process takes half the time to start then: 0.15 s instead of 0.3.
# kcsan: one access in a hundred is watched, twenty times as many as by default. dom0 is
# idle most of the time: by default it was held up for one second in a hundred.
# kasan: not the first finding alone.
boot_kernel_words() {
	case $kernel in
	debug) echo page_poison=1 debug_pagealloc=off slub_debug=FZP kfence.sample_interval=20 ;;
	kcsan) echo kcsan.skip_watch=200 ;;
	kasan) echo clearcpuid=rdtscp kasan_multi_shot ;;
	esac
}

# A PVH dom0, and what QEMU's emulation of virtualization needs then: one CPU, no RDTSCP in
# dom0 and page tables of the IOMMU's own.
boot_xen_words() {
	[[ $kernel != kasan ]] || echo dom0=pvh iommu=no-sharept dom0_max_vcpus=1
}

# Measured: with Intel's emulation MSI, MSI-X and INTx all arrive, but only with
# eim; AMD's loses INTx and is for runs with message interrupts only.
boot_machine() {
	case $iommu in
	intel) printf '%s\n' -M q35,kernel-irqchip=off -device intel-iommu,intremap=on,eim=on ;;
	amd) printf '%s\n' -M q35,kernel-irqchip=split -device amd-iommu,intremap=on ;;
	esac
	printf '%s\n' -cpu max -smp 2
}
