# SPDX-License-Identifier: GPL-2.0
# dom0's and the guests' user space, as initramfs pieces. dom0 is a pruned Debian
# with the stock toolstack; guests are busybox plus a xenstore client.
# shellcheck shell=bash

DOM0_PACKAGES=xenstore-utils,bash,dash,coreutils,mount,diffutils,findutils,grep,sed,gawk,gzip,hostname,kmod,pciutils,iproute2,ethtool,busybox-static,util-linux,procps,iputils-ping,device-tree-compiler,libubsan1

# Documentation, other languages' and package managers' parts, HVM firmware: what
# a dom0 that lives for a minute never opens.
DOM0_DROPPED=(
	./dev ./boot ./packages ./usr/include ./usr/games ./usr/src
	./usr/share/{doc,man,info,locale,lintian,bug,bash-completion,zoneinfo,perl5,perl,i18n,common-licenses,fish,zsh,pixmaps,applications,menu,python3,debconf,dpkg,mime,dbus-1,polkit-1,qemu,seabios,gdb}
	'./usr/lib/python*' ./usr/lib/{apt,dpkg,systemd,udev,valgrind,ipxe,grub,tmpfiles.d,sysusers.d,modules}
	'./usr/lib/xen-*/boot' './usr/lib/xen-*/lib/python' './usr/lib/xen-*/bin/test-*'
	'./usr/lib/*-linux-gnu*/'{gconv,perl,perl-base,systemd/libsystemd-core*,girepository-1.0,security}
	'./usr/lib/*-linux-gnu*/lib'{python,perl,icu,systemd,LLVM,apt-pkg,apt-private}'*'
	'./usr/lib/debug' './usr/bin/python*' './usr/bin/perl*' './usr/bin/apt*' './usr/bin/dpkg*' './usr/bin/systemd*'
	./var/cache ./var/lib/apt ./var/lib/dpkg ./etc/systemd ./etc/init.d './etc/rc*.d'
)

# userland_root ARCH XEN: hypervisor and toolstack come together.
userland_root() {
	local suite=${XEN_SUITE[$2]} deb=${DEB_ARCH[$1]} packages=$DOM0_PACKAGES
	[[ $1 != x86_64 ]] || packages+=,nvme-cli
	root_make "xen-$1-$2" extract "$suite" "$deb" "xen-hypervisor-$2-$deb,xen-utils-$2,$packages"
}

hypervisor_image() {
	local image
	image=$(find "$1/root/boot" -name 'xen-*' -type f ! -name '*.config' ! -name '*.efi' ! -name '*-syms*' | sort | head -n 1)
	[[ -n $image ]] || die "no hypervisor image in $(basename "$1"): clean the cache and try again"
	printf '%s\n' "$image"
}

# userland_dom0 XEN-OBJECT: the dom0 piece.
userland_dom0() {
	local hash
	hash=$(hash_inputs "$(cache_id "$1")" "$(hash_files "$LAB/lib/userland.sh")")
	cache_make userland "dom0-$(cache_name "$1")" "$hash" userland_dom0_fill "$1"
}

userland_dom0_fill() {
	local dir=$1 from=$2/root pattern exclude=()
	for pattern in "${DOM0_DROPPED[@]}"; do
		exclude+=(--exclude="$pattern")
	done
	mkdir "$dir/tree"
	tar -C "$from" --anchored --wildcards --no-wildcards-match-slash "${exclude[@]}" -c . | tar -C "$dir/tree" -x
	userland_skeleton "$dir/tree"
	userland_configure "$dir/tree"
	pack_cpio "$dir/tree" "$dir/userland.cpio"
	rm -r "$dir/tree"
}

userland_skeleton() {
	mkdir -p "$1"/{dev,proc,sys,run,tmp,root,lab,etc,var/lib/xen,var/log/xen/console,usr/bin}
	rm -rf "$1/var/run" "$1/var/lock"
	ln -s /run "$1/var/run"
	ln -s /run/lock "$1/var/lock"
}

# What the packages' scripts would have done, as far as anybody here looks.
userland_configure() {
	local tree=$1
	printf 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n' >"$tree/etc/passwd"
	printf 'root:x:0:\nnogroup:x:65534:\n' >"$tree/etc/group"
	printf '127.0.0.1 localhost dom0\n' >"$tree/etc/hosts"
	printf 'dom0\n' >"$tree/etc/hostname"
	[[ -e $tree/usr/bin/awk ]] || ln -s gawk "$tree/usr/bin/awk"
	# The loader's own default path misses usr/lib/xen-X/lib, the cache is not built.
	find "$tree"/usr/lib/xen-*/lib -name '*.so*' -exec cp -n -P {} "$(echo "$tree"/usr/lib/*-linux-gnu*)/" \;
}

# userland_guest XEN-OBJECT ARCH: busybox, its names, and a xenstore client.
userland_guest() {
	local hash
	hash=$(hash_inputs "$(cache_id "$1")" "$(hash_files "$LAB/lib/userland.sh")")
	cache_make userland "guest-$(cache_name "$1")" "$hash" userland_guest_fill "$1" "$2"
}

userland_guest_fill() {
	local dir=$1 usr=$2/root/usr lib tree=$1/tree name
	userland_skeleton "$tree"
	ln -s usr/bin "$tree/bin"
	ln -s usr/bin "$tree/sbin"
	ln -s usr/lib "$tree/lib"
	cp "$usr/bin/busybox" "$tree/usr/bin/"
	ln -s bin "$tree/usr/sbin"
	lib=usr/lib/${MULTIARCH[$3]}
	mkdir -p "$tree/$lib" "$tree/usr/share/misc"
	cp -P "$usr/bin/xenstore"* "$tree/usr/bin/"
	find "$usr/${lib#usr/}" -maxdepth 1 \( -name 'libxenstore.so*' -o -name 'libxentoolcore.so*' -o -name 'libc.so.6' \) \
		-exec cp -P {} "$tree/$lib/" \;
	userland_loader "$usr" "$tree/usr"
	printf 'root:x:0:0:root:/root:/bin/sh\n' >"$tree/etc/passwd"
	for name in sh mount; do
		ln -s busybox "$tree/usr/bin/$name"
	done
	pack_cpio "$tree" "$dir/userland.cpio"
	rm -r "$tree"
}

# The dynamic loader where the binaries name it: /lib64 on amd64, /lib elsewhere.
userland_loader() {
	local from=$1 to=$2 loader
	while read -r loader; do
		mkdir -p "$to/${loader%/*}"
		cp -L "$from/$loader" "$to/$loader"
	done < <(cd "$from" && find lib lib64 -maxdepth 1 -name 'ld-linux*' 2>/dev/null)
	[[ ! -d $to/lib64 ]] || ln -s usr/lib64 "$to/../lib64"
}
