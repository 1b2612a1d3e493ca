# SPDX-License-Identifier: GPL-2.0
# Arm machines tell Xen by the device tree what to boot: where dom0's kernel and
# initramfs lie in memory and with which command lines.
# shellcheck shell=bash

# dtb_boot DTB XEN-ARGS DOM0-ARGS
dtb_boot() {
	# The base tree may be written for another boot loader's modules.
	run_tool fdtput -t x "$1" /chosen '#address-cells' 2
	run_tool fdtput -t x "$1" /chosen '#size-cells' 2
	run_tool fdtput -t s "$1" /chosen xen,xen-bootargs "$2"
	run_tool fdtput -t s "$1" /chosen xen,dom0-bootargs "$3"
}

# dtb_module DTB kernel|ramdisk ADDRESS FILE [DOMAIN-NODE]: of dom0, or of another.
dtb_module() {
	local node=${5:-/chosen}/module@${3#0x}
	run_tool fdtput -c "$1" "$node"
	run_tool fdtput -t s "$1" "$node" compatible "multiboot,$2" multiboot,module
	run_tool fdtput -t x "$1" "$node" reg 0 "${3#0x}" 0 "$(printf '%x' "$(stat -c %s "$4")")"
}

# dtb_apply_edits DTB: the caller's snippets or files, with the lab's dtc at hand.
dtb_apply_edits() {
	local edit tools
	tools=$(dirname "$1")/dtb-tools
	dtb_make_tools "$tools"
	for edit in "${dtb_edits[@]}"; do
		[[ ! -f $edit ]] || edit=$(<"$edit")
		DTB=$1 PATH=$tools:$PATH bash -euc "$edit" >&2 || die "--dtb-edit failed: $edit"
	done
}

dtb_make_tools() {
	local name usr
	# shellcheck disable=SC2153 # set by prepare_tools
	usr=$TOOLS/root/usr
	mkdir -p "$1"
	for name in fdtput fdtget fdtdump fdtoverlay dtc; do
		cat >"$1/$name" <<-END
			#!/bin/sh
			exec "$usr/lib64/ld-linux-x86-64.so.2" --library-path "$usr/lib/x86_64-linux-gnu" "$usr/bin/$name" "\$@"
		END
		chmod 755 "$1/$name"
	done
}

# loader_argument FILE ADDRESS: put into memory as it is.
loader_argument() {
	printf '%s\n' -device "loader,file=$1,addr=$2,force-raw=on"
}
