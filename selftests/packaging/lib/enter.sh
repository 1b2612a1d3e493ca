# SPDX-License-Identifier: GPL-2.0
# Runs inside the new mount namespace: lays a layer for changes over the system and
# runs the arguments in it. The tree is /src, what tests share is in /lab.
# shellcheck shell=bash

set -euo pipefail

root=$SCRATCH/root
mkdir "$SCRATCH"/{upper,work,root}
mount -t overlay overlay -o "lowerdir=$SYSTEM,upperdir=$SCRATCH/upper,workdir=$SCRATCH/work" "$root"
mkdir -p "$root"/{src,lab/lib,dev,proc,tmp}
mount --rbind /dev "$root/dev"
mount --rbind /proc "$root/proc"
mount -t tmpfs tmpfs "$root/run"
mount --bind -o ro "$TREE" "$root/src"
mount --bind -o ro "$TREE/selftests/lib" "$root/lab/lib"
cp "$KTAP" "$root/lab/ktap_helpers.sh"
cp /etc/resolv.conf "$root/etc/resolv.conf"
# Nothing is started in there.
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
# What else is in an initramfs, and whether a power cut would hurt, is of no interest.
mkdir -p "$root/etc/initramfs-tools/conf.d" "$root/etc/dracut.conf.d"
echo MODULES=list >"$root/etc/initramfs-tools/conf.d/short"
echo 'dracutmodules="base"' >"$root/etc/dracut.conf.d/short.conf"
echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/short"
# The system's own kernel is the one that runs, as far as it can tell.
version=$(basename "$root"/usr/lib/modules/*)
printf '#!/bin/sh\n[ "$*" != -r ] || { echo %s; exit; }\nexec /usr/bin/uname "$@"\n' "$version" >"$root/usr/local/bin/uname"
chmod +x "$root/usr/local/bin/uname"
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
	DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"
