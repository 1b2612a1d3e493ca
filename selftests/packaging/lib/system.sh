# SPDX-License-Identifier: GPL-2.0
# What the tests share that look at a Debian system.
# shellcheck shell=bash

# shellcheck source=../../lib/ktap.sh
source /lab/lib/ktap.sh

KVER=$(uname -r)

# What ours leaves behind, for the last test: nothing, once it is gone.
dom0_state() {
	# Not all of these are there.
	{ find /lib/modules/*/ /usr/src /etc /usr/lib/dracut /usr/share/initramfs-tools /usr/local/sbin /usr/sbin \
		'(' -name '*pciback*' -o -name '*dtdev*' ')' 2>/dev/null || :; } | sort
}

# expect_module KERNEL ours|in-tree: which xen-pciback modprobe would load, by
# either name.
expect_module() {
	local name file
	for name in xen-pciback pciback; do
		file=$(modinfo -k "$1" -F filename "$name" 2>/dev/null | head -n 1) || :
		case $2 in
		ours) [[ $file == /lib/modules/"$1"/updates/* ]] || fail "$name of $1 is ${file:-none}" ;;
		in-tree)
			[[ $name == pciback ]] ||
				[[ $file == /lib/modules/"$1"/kernel/drivers/xen/* ]] || fail "$name of $1 is ${file:-none}"
			;;
		esac
	done
	case $2 in
	ours) modinfo -k "$1" -F parm xen-pciback | expect_line 'takeover:.*' "parameters" ;;
	in-tree) modinfo -k "$1" -F parm xen-pciback | expect_no '^takeover:' "parameters" ;;
	esac
}

# unpack_initramfs KERNEL: into $TEST_DIR/initramfs.
unpack_initramfs() {
	rm -rf "$TEST_DIR/initramfs"
	mkdir "$TEST_DIR/initramfs"
	if command -v unmkinitramfs >/dev/null; then
		unmkinitramfs "/boot/initrd.img-$1" "$TEST_DIR/initramfs"
	else
		(cd "$TEST_DIR/initramfs" && lsinitrd --unpack "/boot/initrd.img-$1")
	fi
}

# expect_initramfs KERNEL ours|not-ours: the very module, and what loads it.
expect_initramfs() {
	local module loader
	unpack_initramfs "$1"
	loader=$(find "$TEST_DIR/initramfs" -path '*/usr/lib/xen-pciback/early-load')
	module=$(find "$TEST_DIR/initramfs" -path "*/$1/updates/*" -name 'xen-pciback.ko*')
	if [[ $2 == ours ]]; then
		[[ -n $loader ]] || fail "nothing in the initramfs of $1 loads it"
		[[ -n $module ]] || fail "the initramfs of $1 does not have it"
		cmp "$module" "$(modinfo -k "$1" -F filename xen-pciback)"
	else
		expect_eq "ours in the initramfs of $1" '' "$module$loader"
	fi
}

# quietly COMMAND...: what it said is worth reading only if it fails.
quietly() {
	"$@" >"$TEST_DIR/said" 2>&1 || {
		tail -n 30 "$TEST_DIR/said"
		fail "$*: ended badly"
	}
}
