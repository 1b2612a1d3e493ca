# SPDX-License-Identifier: GPL-2.0
# Booting dom0 by way of an initramfs as an installed system has it: made by the
# real initramfs-tools, with the tree's hooks, of the modules that dom0 has. It
# finds dom0's root as pieces below /dom0, where others have a disk.
# shellcheck shell=bash

# initrd_object ETC: its initrd is what initramfs-tools made in a system with the
# files of the directory ETC in /etc.
initrd_object() {
	local root hooks hash suite=${KERNEL_SUITE[$kernel]}
	hooks=$(dirname "$LAB")/packaging/boot
	root=$(root_make "initramfs-tools-$suite" minbase "$suite" amd64 initramfs-tools,udev,kmod,zstd,xz-utils)
	hash=$(hash_inputs "$(cache_id "$root")" "$(cache_id "$modules_object")" "$(cache_id "$driver_object")" \
		"$(find "$1" "$hooks" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)" "$(hash_files "$LAB"/lib/initrd*.sh "$LAB"/lib/initrd/*)")
	cache_make built initrd "$hash" initrd_fill "$root" "$hooks" "$1"
}

initrd_fill() {
	local dir=$1 system=$1/system version started
	started=$(seconds_now)
	say "making an initramfs with initramfs-tools"
	version=$(<"$modules_object/version")
	cp -al "$2/root" "$system"
	"$3/install" "$system"
	cp -rT --remove-destination "$4" "$system/etc"
	cp --remove-destination "$LAB/lib/initrd/mountroot" "$system/etc/initramfs-tools/scripts/lab"
	cp -l "$kernel_object/root/boot/config-$version" "$system/boot/"
	initrd_modules "$system/usr/lib/modules" "$version"
	enter "$system" SYSTEM="$system" bash "$LAB/lib/initrd-make.sh" "$version" >"$dir/initrd" 2>"$dir/log" || {
		cat "$dir/log" >&2
		die "no initramfs came of it: see above"
	}
	rm -r "$system"
	say "made in $(seconds_since "$started") s"
}

# The tree that dom0 has, put together; the index files are the driver piece's.
initrd_modules() {
	mkdir -p "$1"
	cp -al "$modules_object/tree/usr/lib/modules/$2" "$1/"
	find "$1/$2" -maxdepth 1 -type f -delete
	(cd "${1%/usr/lib/modules}" && run_tool cpio --quiet -id <"$driver_object/driver.cpio")
}

# initrd_pack RUN-DIR PIECE...: leaves dom0.cpio there, what the kernel is given.
initrd_pack() {
	local tree=$1/first piece number=0
	if [[ -z $initrd ]]; then
		cat "${@:2}" >"$1/dom0.cpio"
		return
	fi
	mkdir -p "$tree/dom0"
	for piece in "${@:2}"; do
		cp "$piece" "$tree/dom0/$((++number)).cpio"
	done
	pack_cpio "$tree" "$1/dom0.cpio"
	rm -r "$tree"
	cat "$(initrd_object "$initrd")/initrd" >>"$1/dom0.cpio"
}

# initrd_words: where the kernel finds its first program.
initrd_words() {
	if [[ -z $initrd ]]; then
		echo rdinit=/init
	else
		echo boot=lab init=/init
	fi
}
