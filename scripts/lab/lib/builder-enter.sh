# SPDX-License-Identifier: GPL-2.0
# Called by enter: puts the pieces together and goes in.
# BIND says how what has others mounted in it is: by --rbind or --bind.
# shellcheck shell=bash

set -euo pipefail

mount "$BIND" /dev "$BUILDER/dev"
mount "$BIND" /proc "$BUILDER/proc"
if [[ -n $HEADERS ]]; then
	mount --bind "$HEADERS/usr/src" "$BUILDER/usr/src"
	mount --bind "$HEADERS/usr/lib/modules" "$BUILDER/usr/lib/modules"
fi
# Headers of a kernel of the lab's own have it among them.
[[ -z $KBUILD ]] || mount --bind "$KBUILD" "$BUILDER/lab-kbuild"
mount --bind "$TREE" "$BUILDER/src"
# Only what a build should see: the caller's environment stays outside.
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C.UTF-8 TERM="${TERM:-dumb}" \
	KDIR="$KDIR" ARCH="$ARCH" CROSS_COMPILE="$CROSS_COMPILE" \
	chroot "$BUILDER" sh -c 'cd /src && exec "$@"' sh "$@"
