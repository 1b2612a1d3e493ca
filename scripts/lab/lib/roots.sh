# SPDX-License-Identifier: GPL-2.0
# Debian roots: made by mmdebstrap from signed packages, kept in the cache.
#
# Two kinds. "extract" roots are unpacked only and never entered: programs of a
# foreign architecture, kernels, hypervisors, and QEMU, which runs by its own
# dynamic loader. "minbase" roots are real ones to chroot into: the builders.
# shellcheck shell=bash

# root_make NAME VARIANT SUITE ARCHITECTURES PACKAGES (both comma separated)
# Prints the object: its root/ is the tree, its packages the versions in it.
root_make() {
	local name=$1 variant=$2 suite=$3 arches=$4 packages=$5 hash
	hash=$(hash_inputs "$variant" "$suite" "$arches" "$packages" "$(hash_files "$LAB/lib/roots.sh")")
	cache_make roots "$name" "$hash" root_fill "$name" "$variant" "$suite" "$arches" "$packages"
}

root_fill() {
	local dir=$1 name=$2 started
	host_require_fetch
	started=$(seconds_now)
	say "fetching $name (${*:4:2}, once; a minute or less)"
	root_fetch "$dir" "${@:3}"
	mkdir "$dir/root"
	# Device nodes need root, and nobody needs them.
	tar -C "$dir/root" --exclude='./dev/*' -xf "$dir/root.tar"
	rm "$dir/root.tar"
	chmod -R u+rwX "$dir/root"
	root_merge_usr "$dir/root"
	mv "$dir/root/lab-packages" "$dir/packages"
	say "fetched $name in $(seconds_since "$started") s"
}

# The names of the fetched archives carry the exact versions; an unpacked root
# has no dpkg status to ask later, and a full one installs from the same files.
# In a full root the archives are gone by the end, so dpkg is asked instead.
root_list_hook() {
	# shellcheck disable=SC2016 # expanded by mmdebstrap's hook shell
	case $1 in
	extract) echo '--extract-hook=cd "$1/var/cache/apt/archives" && for f in *.deb; do f=${f%.deb}; echo "${f%_*}"; done | sed "s/_/ /; s/%3a/:/" > "$1/lab-packages"' ;;
	*) printf '%s\n' '--customize-hook=chroot "$1" dpkg-query -W -f "\${Package} \${Version}\n" > "$1/lab-packages"' ;;
	esac
}

# Unpacked bookworm has a real /bin, /lib and /sbin: one layout for all.
root_merge_usr() {
	local root=$1 top
	for top in bin sbin lib lib32 lib64 libx32; do
		if [[ -d $root/$top && ! -L $root/$top ]]; then
			mkdir -p "$root/usr/$top"
			cp -a "$root/$top/." "$root/usr/$top/"
			rm -r "${root:?}/$top"
		fi
		[[ ! -d $root/usr/$top || -L $root/$top ]] || ln -s "usr/$top" "$root/$top"
	done
	[[ -e $root/usr/bin/sh ]] || [[ ! -e $root/usr/bin/dash ]] || ln -s dash "$root/usr/bin/sh"
}

# package_version OBJECT REGEX: "name version" of the first package that matches.
package_version() {
	grep -m1 -E "^($2) " "$1/packages" || die "no package matches $2 in $(basename "$1"): clean the cache and try again"
}
