# SPDX-License-Identifier: GPL-2.0
# Called by enter: makes an initramfs in a system that is as one
# is installed, and writes it to stdout.
# BIND says how what has others mounted in it is: by --rbind or --bind.
# shellcheck shell=bash

set -euo pipefail

mount "$BIND" /dev "$SYSTEM/dev"
mount "$BIND" /proc "$SYSTEM/proc"
mount -t tmpfs tmpfs "$SYSTEM/var/tmp"
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C.UTF-8 \
	chroot "$SYSTEM" mkinitramfs -o /var/tmp/initrd "$1" >&2
cat "$SYSTEM/var/tmp/initrd"
