# SPDX-License-Identifier: GPL-2.0
# --domu SCRIPT: a domain that Xen itself starts beside dom0, with its memory and its
# devices at the machine's own addresses. It runs the script as guests do. What it
# says is on Xen's console: xl dmesg, lines with "@domuo:". It has no xenstore: the
# tools of 4.20 cannot give the page for it to a domain that is direct-mapped.
# shellcheck shell=bash

# 384 MiB at 0x80000000. All of it between dom0's initrd and 0xa0000000, for what dom0 gets from
# there on has to be in one piece, or it may be too small for kernel and initrd.
DOMU_MEMORY_BYTES='0 80000000 0 18000000'
DOMU_KERNEL_ADDRESS=0x98000000
DOMU_INITRD_ADDRESS=0x9c000000
DOMU_MEMORY_KIB='0 60000'

# domu_pack RUN-DIR: leaves domu.cpio there.
domu_pack() {
	local run=$1 tree=$1/domu userland modules
	userland=$(userland_guest "$xen_object" "$arch")
	modules=$(modules_guest "$guest_kernel_object")
	mkdir -p "$tree/lab/bin" "$tree/lab/updates"
	cp "$LAB/guest/init" "$tree/init"
	cp "$LAB/common/splat.sh" "$tree/lab/"
	cp "$LAB/common/"lab-* "$tree/lab/bin/"
	cp "$domu" "$tree/lab/script"
	[[ -z $guest_module_dir ]] || cp "$guest_module_dir"/*.ko "$tree/lab/updates/"
	printf "LAB_GUEST='domu'\nLAB_NONCE='@domu'\nLAB_GUEST_MODULES=''\nLAB_ARCH='%s'\nLAB_KERNEL='%s'\n" \
		"$arch" "$kernel" >"$tree/lab/env"
	chmod 755 "$tree/init" "$tree"/lab/bin/*
	domu_files "$tree/lab"
	pack_cpio "$tree" "$run/domu-piece.cpio"
	cat "$userland/userland.cpio" "$modules/modules.cpio" "$run/domu-piece.cpio" >"$run/domu.cpio"
	rm -r "$tree" "$run/domu-piece.cpio"
}

# --domu-file FILE: in its /lab.
domu_files() {
	local file
	for file in "${domu_files[@]}"; do
		if [[ $file == *.dtso ]]; then
			run_tool dtc -q -I dts -O dtb -o "$1/$(basename "$file" .dtso).dtbo" "$file"
		else
			cp -r "$file" "$1/"
		fi
	done
}

# domu_dtb DTB RUN-DIR: tells Xen of it.
domu_dtb() {
	local node=/chosen/domu
	run_tool fdtput -c "$1" $node
	run_tool fdtput -t s "$1" $node compatible xen,domain
	run_tool fdtput -t x "$1" $node '#address-cells' 2
	run_tool fdtput -t x "$1" $node '#size-cells' 2
	run_tool fdtput -t x "$1" $node cpus 1
	# shellcheck disable=SC2086 # two cells, and four
	run_tool fdtput -t x "$1" $node memory $DOMU_MEMORY_KIB
	# shellcheck disable=SC2086
	run_tool fdtput -t x "$1" $node xen,static-mem $DOMU_MEMORY_BYTES
	run_tool fdtput "$1" $node direct-map
	run_tool fdtput "$1" $node vpl011
	dtb_module "$1" kernel "$DOMU_KERNEL_ADDRESS" "$2/vmlinuz" $node
	run_tool fdtput -t s "$1" "$node/module@${DOMU_KERNEL_ADDRESS#0x}" bootargs \
		"console=ttyAMA0 loglevel=1 panic=-1 rdinit=/init"
	dtb_module "$1" ramdisk "$DOMU_INITRD_ADDRESS" "$2/domu.cpio" $node
}

# domu_arguments RUN-DIR: QEMU's, one per line.
domu_arguments() {
	loader_argument "$1/vmlinuz" "$DOMU_KERNEL_ADDRESS"
	loader_argument "$1/domu.cpio" "$DOMU_INITRD_ADDRESS"
}
