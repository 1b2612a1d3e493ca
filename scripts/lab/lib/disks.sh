# SPDX-License-Identifier: GPL-2.0
# Disks with known content: the same name and size always give the same bytes.
# shellcheck shell=bash

# disk_object ID[:MIB]
disk_object() {
	local id=${1%%:*} mib=16
	[[ $1 != *:* ]] || mib=${1#*:}
	[[ $mib =~ ^[1-9][0-9]*$ ]] || die_usage "--disk $1: the size is in MiB"
	cache_make disks "$id-$mib" "$(hash_files "$LAB/lib/disks.sh")" disk_fill "$id" "$mib"
}

disk_fill() {
	perl -e 'my ($id, $mib) = @ARGV; my $seed = 5381; $seed = ($seed * 33 + ord) % 2**31 for split //, $id; srand $seed;
		print pack("L*", map { int rand 2**32 } 1 .. 65536) for 1 .. $mib * 4' "$2" "$3" >"$1/image"
	sha256sum "$1/image" | cut -d' ' -f1 >"$1/sha256"
}

# disk_arguments: QEMU's, one per line. Writes of a guest are never kept.
disk_arguments() {
	local disk
	for disk in "${disks[@]}"; do
		printf '%s\n' -drive "if=none,id=${disk%%:*},format=raw,snapshot=on,file=$(disk_object "$disk")/image"
	done
}
