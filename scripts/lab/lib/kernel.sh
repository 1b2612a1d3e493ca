# SPDX-License-Identifier: GPL-2.0
# Kernels: image, headers and modules come from one fetch or one build, so that
# modules built against the headers always fit the image.
# shellcheck shell=bash

# kernel_root ARCH KERNEL
kernel_root() {
	local suite=${KERNEL_SUITE[$2]} flavour name hash
	! kernel_checks_itself "$2" || {
		debug_kernel_root "$2"
		return
	}
	flavour=$(kernel_flavour "$1" "$2")
	name=kernel-$1-$2
	hash=$(hash_inputs "$suite" "$flavour" "$(hash_files "$LAB/lib/roots.sh" "$LAB/lib/kernel.sh")")
	cache_make roots "$name" "$hash" kernel_fill "$name" "$1" "$2"
}

kernel_fill() {
	local dir=$1 name=$2 arch=$3 kernel=$4 flavour version
	flavour=$(kernel_flavour "$arch" "$kernel")
	root_fill "$dir" "$name" extract "${KERNEL_SUITE[$kernel]}" "${DEB_ARCH[$arch]}" \
		"linux-image-$flavour,linux-headers-$flavour"
	kernel_prune "$dir/root"
	version=$(kernel_version "$dir")
	[[ $version == "${kernel%-rt}"[.+-]* ]] ||
		die "Debian ${KERNEL_SUITE[$kernel]} has linux $version now, not $kernel"
	grep -E '^linux-(image|headers|kbuild)' "$dir/packages" >"$dir/packages.kernel"
	mv "$dir/packages.kernel" "$dir/packages"
}

# The headers depend on a whole compiler of the foreign architecture: drop it.
kernel_prune() {
	local root=$1 part
	for part in "$root"/{boot,usr/src,usr/lib/modules} "$root"/usr/lib/linux-{kbuild,image}*; do
		[[ -e $part ]] || continue
		part=${part#"$root/"}
		mkdir -p "$root.kept/$(dirname "$part")"
		mv "$root/$part" "$root.kept/$part"
	done
	rm -r "$root"
	mv "$root.kept" "$root"
	kernel_find_image "$root"
}

# Newer packages keep the image beside the modules and put it into /boot only
# when they are configured.
kernel_find_image() {
	local image version
	for image in "$1"/usr/lib/modules/*/vmlinuz; do
		[[ -e $image ]] || continue
		version=$(basename "$(dirname "$image")")
		mkdir -p "$1/boot"
		mv "$image" "$1/boot/vmlinuz-$version"
	done
}

# kernel_version OBJECT: what uname -r says under it.
kernel_version() {
	local image
	image=$(echo "$1"/root/boot/vmlinuz-*)
	[[ -e $image ]] || die "no kernel image in $(basename "$1"): clean the cache and try again"
	printf '%s\n' "${image##*/vmlinuz-}"
}

kernel_image() {
	echo "$1"/root/boot/vmlinuz-*
}
