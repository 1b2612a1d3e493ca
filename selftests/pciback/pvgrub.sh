# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A guest that GRUB boots, as those with kernels of their own do: it has its function from
# the beginning, and the frontend comes with the second kernel.
#
# GRUB unpacks no kernel that zstd has packed, as newer ones of Debian's are.
#
# only by name: GRUB is a package of its own
# lab: --packages grub-xen-bin grub-common
# lab: --guest-kernel 6.1
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0

# by_grub: what makes a guest of a file for xl, with GRUB before its kernel.
by_grub() {
	cat >"$TEST_DIR/by-grub" <<-'END'
		#!/bin/bash
		set -e
		cfg=$1
		value() {
			sed -n "s/^$1=\"\(.*\)\"$/\1/p" "$cfg"
		}
		mkdir "$cfg.grub" && cd "$cfg.grub"
		cp "$(value kernel)" vmlinuz
		cp "$(value ramdisk)" initrd
		tar -cf memdisk.tar vmlinuz initrd
		printf '%s\n' "linux (memdisk)/vmlinuz $(value extra)" "initrd (memdisk)/initrd" boot >load.cfg
		grub-mkimage -O x86_64-xen -p '(memdisk)/' -c load.cfg -m memdisk.tar -o grub memdisk tar linux xzio gzio
		rm vmlinuz initrd memdisk.tar
		sed -e '/^ramdisk=/d' -e '/^extra=/d' -e "s,^kernel=.*,kernel=\"$PWD/grub\"," "$cfg" >xl.cfg
		exec xl create -F xl.cfg
	END
	chmod 755 "$TEST_DIR/by-grub"
	echo "$TEST_DIR/by-grub"
}

test_a_guest_booted_by_grub_uses_it() {
	pciback_load "hide=($nic)"
	guest_start net e1000e.sh --by "$(by_grub)" "pci=[\"$nic\"]"
	guest_reaches net ready
	expect_eq "owner" "$(xl domid net)" "$(of "$nic" owner)"
	guest_tell net shutdown
	guest_ends net 0
	await_state "$nic" idle
}

run_tests
