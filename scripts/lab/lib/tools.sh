# SPDX-License-Identifier: GPL-2.0
# The lab's own programs (QEMU, cpio, dtc, depmod, xz), from one Debian release
# on every machine. They run straight out of an unpacked root by its own dynamic
# loader: no chroot, no privilege, and the machine's files are at hand.
# shellcheck shell=bash

tools_root() {
	root_make "tools-$TOOLS_SUITE" extract "$TOOLS_SUITE" amd64 \
		qemu-system-x86,qemu-system-arm,ipxe-qemu,device-tree-compiler,cpio,kmod,xz-utils,zstd,binutils
}

# prepare_tools: called once by each program, so that run_tool itself is cheap.
prepare_tools() {
	TOOLS=$(tools_root)
}

# run_tool PROGRAM ARG...
run_tool() {
	local usr=$TOOLS/root/usr program
	for program in "$usr/bin/$1" "$usr/sbin/$1"; do
		[[ ! -e $program ]] || break
	done
	QEMU_MODULE_DIR=$usr/lib/x86_64-linux-gnu/qemu \
		"$usr/lib64/ld-linux-x86-64.so.2" --argv0 "$1" \
		--library-path "$usr/lib/x86_64-linux-gnu:$usr/lib" "$program" "${@:2}"
}

# qemu_command ARCH: the words that start QEMU, one per line, for use with exec.
qemu_command() {
	local usr=$TOOLS/root/usr program=qemu-system-x86_64
	case $1 in
	arm64) program=qemu-system-aarch64 ;;
	armhf) program=qemu-system-arm ;;
	esac
	printf '%s\n' env "QEMU_MODULE_DIR=$usr/lib/x86_64-linux-gnu/qemu" \
		"$usr/lib64/ld-linux-x86-64.so.2" --library-path "$usr/lib/x86_64-linux-gnu:$usr/lib" \
		"$usr/bin/$program" -L "$usr/share/qemu" -L "$usr/share/seabios" -L "$usr/lib/ipxe/qemu"
}

# pack_cpio DIR OUT: a whole tree as an initramfs piece, owned by root.
pack_cpio() {
	(cd "$1" && find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort |
		run_tool cpio --quiet -o -H newc -R 0:0) >"$2"
}
