# SPDX-License-Identifier: GPL-2.0
# --packages: programs of Debian's that dom0 does not have by itself, with all that they
# depend on, as one more initramfs piece.
# shellcheck shell=bash

# What a dom0 that lives for a minute never opens.
PACKAGES_DROPPED=(
	./dev ./boot ./lab-packages ./usr/include ./usr/src ./var/cache ./var/lib/{apt,dpkg}
	./usr/share/{doc,man,info,locale,lintian,bug,bash-completion,zoneinfo,i18n,icons,pixmaps,applications,perl,perl5}
	./usr/share/{qemu,seabios} ./usr/lib/systemd './etc/rc*.d' ./etc/init.d
)

# packages_piece XEN-OBJECT 'NAMES': from the toolstack's release.
packages_piece() {
	local root hash names
	names=$(tr -s ' ,' '\n' <<<"$2" | LC_ALL=C sort -u | paste -s -d,)
	root=$(root_make "dom0-with-${names//,/-}-$xen" extract "${XEN_SUITE[${XEN_TOOLSTACK[$xen]:-$xen}]}" "${DEB_ARCH[$arch]}" "$names")
	hash=$(hash_inputs "$(cache_id "$root")" "$(cache_id "$1")" "$(hash_files "$LAB/lib/packages.sh")")
	cache_make userland "$(cache_name "$root")" "$hash" packages_fill "$root/root" "$1/root"
}

# What dom0's own root has stays as it is there, and so does what was dropped of it.
packages_fill() {
	local dir=$1 pattern exclude=()
	for pattern in "${PACKAGES_DROPPED[@]}"; do
		exclude+=(--exclude="$pattern")
	done
	(cd "$3" && find . ! -type d) >"$dir/there"
	mkdir "$dir/tree"
	tar -C "$2" --anchored --wildcards --no-wildcards-match-slash "${exclude[@]}" -c . |
		tar -C "$dir/tree" --anchored --no-wildcards --exclude-from="$dir/there" -x
	pack_cpio "$dir/tree" "$dir/packages.cpio"
	rm -r "$dir/tree" "$dir/there"
}
