# SPDX-License-Identifier: GPL-2.0
# Runs inside the new mount namespace: makes an initramfs in a system that is as one
# is installed, and writes it to stdout.
# shellcheck shell=bash

set -euo pipefail

mount --rbind /dev "$SYSTEM/dev"
mount --rbind /proc "$SYSTEM/proc"
mount -t tmpfs tmpfs "$SYSTEM/var/tmp"
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C.UTF-8 \
	chroot "$SYSTEM" mkinitramfs -o /var/tmp/initrd "$1" >&2
cat "$SYSTEM/var/tmp/initrd"
