# SPDX-License-Identifier: GPL-2.0
# --guests hvm: what a dom0 needs beyond its toolstack to make HVM guests: Debian's
# QEMU for Xen with the libraries it was built for, which dom0 need not have, and
# firmware.
# shellcheck shell=bash

# device_model_piece XEN-OBJECT: one more initramfs piece of dom0.
device_model_piece() {
	local model hash
	model=$(root_make "device-model-$xen" extract "${XEN_SUITE[$xen]}" amd64 qemu-system-xen,seabios)
	hash=$(hash_inputs "$(cache_id "$model")" "$(cache_id "$1")" "$(hash_files "$LAB/lib/device-model.sh")")
	cache_make userland "device-model-$xen" "$hash" device_model_fill "$model/root" "$1/root"
}

device_model_fill() {
	local dir=$1 model=$2 xen_root=$3 tree=$1/tree own=usr/lib/device-model program=usr/libexec/xen-qemu-system-i386
	mkdir -p "$tree/$own" "$tree/usr/libexec" "$tree"/usr/share/{qemu,seabios}
	(cd "$xen_root" && cp --parents usr/lib/xen-*/boot/hvmloader "$tree")
	cp "$model"/usr/share/seabios/bios-256k.bin "$tree/usr/share/seabios/"
	cp -r "$model"/usr/share/qemu/{linuxboot*.bin,kvmvapic.bin,keymaps} "$tree/usr/share/qemu/"
	cp "$model/$program" "$model/usr/lib64/ld-linux-x86-64.so.2" "$tree/$own/"
	device_model_libraries "$model" "$program" | while read -r library; do
		cp -L "$library" "$tree/$own/"
	done
	printf '%s\n' '#!/bin/sh' \
		"exec /$own/ld-linux-x86-64.so.2 --library-path /$own /$own/${program##*/} -L /usr/share/qemu -L /usr/share/seabios \"\$@\"" \
		>"$tree/$program"
	chmod 755 "$tree/$program"
	pack_cpio "$tree" "$dir/device-model.cpio"
	rm -r "$tree"
}

# device_model_libraries ROOT PROGRAM: all it needs, the needed ones' included.
device_model_libraries() {
	local where
	where=$(find "$1/usr/lib" -name '*.so*' -printf '%h\n' | sort -u | paste -s -d:)
	"$1/usr/lib64/ld-linux-x86-64.so.2" --library-path "$where" --list "$1/$2" | awk '$3 ~ "^/" { print $3 }'
}
