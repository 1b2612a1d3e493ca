# SPDX-License-Identifier: GPL-2.0
# A root with the compilers of one Debian release, and entering it. The headers
# stay with the kernel they belong to and are mounted in.
# shellcheck shell=bash

# builder_root ARCH KERNEL [PACKAGE,...]: the compilers are the release's own.
builder_root() {
	local arch=$1 suite=${KERNEL_SUITE[$2]%-backports} packages gcc=gcc-${SUITE_GCC[${KERNEL_SUITE[$2]}]} extra=${3:-}
	packages=gcc,$gcc,make,libc6-dev,libelf-dev,libssl-dev,sparse,dwarves,perl,python3
	[[ $arch == x86_64 ]] || packages+=,$gcc-${MULTIARCH[$arch]}
	root_make "builder-$arch-$suite${extra:+-with-${extra//[^a-z0-9]/-}}" minbase "$suite" amd64 "$packages${extra:+,$extra}"
}

# builder_enter ARCH KERNEL PACKAGES TREE COMMAND...: TREE is /src and the current
# directory; KDIR, ARCH and CROSS_COMPILE are set for kbuild.
builder_enter() {
	local arch=$1 kernel=$2 tree=$4 builder headers kbuild
	builder=$(builder_root "$arch" "$kernel" "$3")
	headers=$(kernel_root "$arch" "$kernel")
	# kbuild's own programs must run here, whatever they build for.
	kbuild=$(kernel_root x86_64 "$kernel")
	builder_mount_points "$builder/root" "$headers"
	enter "$builder/root" \
		BUILDER="$builder/root" HEADERS="$headers/root" TREE="$tree" \
		KBUILD="$(compgen -G "$kbuild/root/usr/lib/linux-kbuild-*" || :)" \
		KDIR="/usr/src/linux-headers-$(kernel_version "$headers")" \
		ARCH="${KBUILD_ARCH[$arch]}" CROSS_COMPILE="${MULTIARCH[$arch]}-" \
		bash "$LAB/lib/builder-enter.sh" "${@:5}"
}

# builder_enter_plain BUILDER-OBJECT TREE COMMAND...: no kernel headers in there.
builder_enter_plain() {
	builder_mount_points "$1/root" "$1"
	enter "$1/root" BUILDER="$1/root" HEADERS='' KBUILD='' TREE="$2" KDIR='' ARCH='' CROSS_COMPILE='' \
		bash "$LAB/lib/builder-enter.sh" "${@:3}"
}

builder_mount_points() {
	local link
	mkdir -p "$1"/{src,lab-kbuild,dev,proc,tmp} "$1/usr/lib/modules"
	# The headers name kbuild by its full version; whichever it is, it is mounted here.
	for link in "$2"/root/usr/lib/linux-kbuild-*; do
		[[ -e $link ]] || continue
		ln -sfn /lab-kbuild "$1/usr/lib/${link##*/}"
	done
}
