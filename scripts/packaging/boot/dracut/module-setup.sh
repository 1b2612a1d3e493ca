#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# dracut: puts xen-pciback and what loads it into the initramfs.

# shellcheck disable=SC2154 # dracut's variables
check() {
	[[ -n $(find "$srcmods" -name 'xen-pciback.ko*' -print -quit) ]]
}

depends() {
	:
}

installkernel() {
	hostonly='' instmods xen-pciback
}

# shellcheck disable=SC2154
install() {
	inst_multiple modprobe
	inst_simple /usr/lib/xen-pciback/early-load
	# For owners who say it in modprobe.d; dracut takes that along only for a host.
	inst_multiple -o /etc/modprobe.d/*.conf
	inst_hook pre-udev 00 "$moddir/load.sh"
}
