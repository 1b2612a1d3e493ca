# SPDX-License-Identifier: GPL-2.0
# --kernel debug|kcsan|kasan: a small dom0 kernel that checks itself, built from Debian's
# source by what is in debug-kernel/. Guests stay with the stock one.
# shellcheck shell=bash

DEBUG_KERNEL_PACKAGES=bc,bison,flex,patch,xz-utils

# debug_kernel_root KIND: an object like those of stock kernels.
debug_kernel_root() {
	local source hash
	source=$(linux_source_archive)
	hash=$(hash_inputs "$(cache_id "$source")" "$DEBUG_KERNEL_PACKAGES" \
		"$(hash_files "$LAB"/debug-kernel/{build,config,config."$1",*.patch} "$LAB/lib/debug-kernel.sh")")
	cache_make roots "kernel-x86_64-$1" "$hash" debug_kernel_fill "$1"
}

debug_kernel_fill() {
	local dir=$1 kind=$2 builder started
	builder=$(builder_root x86_64 "$kind" "$DEBUG_KERNEL_PACKAGES")
	started=$(seconds_now)
	say "building the $kind kernel (once; 7 minutes on two idle CPUs)"
	linux_source_unpack "$dir/source"
	cp -r "$LAB/debug-kernel" "$dir/source/lab"
	if ! builder_enter_plain "$builder" "$dir/source" lab/build "$kind" >"$dir/build.log" 2>&1; then
		tail -n 30 "$dir/build.log" >&2
		die "the $kind kernel does not build: see above"
	fi
	mv "$dir/source/out" "$dir/root"
	rm -r "$dir/source"
	echo "linux-image-$(kernel_version "$dir") $(hash_files "$dir"/root/boot/config-*)" >"$dir/packages"
	say "built the $kind kernel in $(seconds_since "$started") s"
}
