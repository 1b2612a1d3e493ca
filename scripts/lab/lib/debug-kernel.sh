# SPDX-License-Identifier: GPL-2.0
# --kernel debug: a small dom0 kernel that checks itself, built from Debian's
# source by what is in debug-kernel/. Guests stay with the stock one.
# shellcheck shell=bash

DEBUG_KERNEL_PACKAGES=bc,bison,flex,patch,xz-utils

# debug_kernel_root: an object like those of stock kernels.
debug_kernel_root() {
	local source hash
	source=$(linux_source_archive)
	hash=$(hash_inputs "$(cache_id "$source")" "$DEBUG_KERNEL_PACKAGES" \
		"$(hash_files "$LAB"/debug-kernel/* "$LAB/lib/debug-kernel.sh")")
	cache_make roots kernel-x86_64-debug "$hash" debug_kernel_fill
}

debug_kernel_fill() {
	local dir=$1 builder started
	builder=$(builder_root x86_64 debug "$DEBUG_KERNEL_PACKAGES")
	started=$(seconds_now)
	say "building the debug kernel (once; 7 minutes on two idle CPUs)"
	linux_source_unpack "$dir/source"
	cp -r "$LAB/debug-kernel" "$dir/source/lab"
	if ! builder_enter_plain "$builder" "$dir/source" lab/build >"$dir/build.log" 2>&1; then
		tail -n 30 "$dir/build.log" >&2
		die "the debug kernel does not build: see above"
	fi
	mv "$dir/source/out" "$dir/root"
	rm -r "$dir/source"
	echo "linux-image-$(kernel_version "$dir") $(hash_files "$dir"/root/boot/config-*)" >"$dir/packages"
	say "built the debug kernel in $(seconds_since "$started") s"
}
