#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# enter.sh TREE WORK: the lab's roots can be entered from a plain chroot, and where nothing
# may be mounted, or there is no room, that is said before anything is fetched. Prints what
# is wrong. As root.

# shellcheck disable=SC2317 # in_chroot is called in a namespace of its own
set -uo pipefail

tree=$(readlink -f "$1") work=$2 bad=0
LAB=$tree/scripts/lab
# shellcheck source=../lib/all.sh
source "$LAB/lib/all.sh"
for part in linux-source kernel debug-kernel builder; do
	# shellcheck source=/dev/null
	source "$LAB/lib/$part.sh"
done

wrong() {
	echo "$*"
	bad=1
}

# In a chroot, whose directory is no mount point, and where mounts are shared with those
# that are seen elsewhere, as on most machines.
in_chroot() {
	mount --make-rshared /
	mkdir -p "$inside$tree" "$inside$cache"
	mount --rbind /proc "$inside/proc"
	mount --rbind /dev "$inside/dev"
	mount --rbind "$tree" "$inside$tree"
	mount --rbind "$cache" "$inside$cache"
	cut -d' ' -f5 /proc/self/mountinfo >"$inside/before"
	# shellcheck disable=SC2016 # expanded in there
	chroot "$inside" env XEN_LAB_CACHE="$cache" bash -c 'cd "$1" && scripts/lab/builder --kernel 6.1 -- sh -c "test -e /proc/self && test -e /src/Kbuild && exit 7"' bash "$tree"
	echo "status $?"
	cut -d' ' -f5 /proc/self/mountinfo | diff "$inside/before" -
}

((EUID == 0)) || {
	echo 'this takes root' && exit
}
cache=$(readlink -f "$(cache_dir)")
root=$(builder_root x86_64 6.1) || exit
# Hard links: on the disk of the cache.
inside=$(mktemp -d "$cache/tmp/inside.XXXXXX")
trap 'rm -rf --one-file-system "$inside"' EXIT
cp -al "$root/root/." "$inside/" || exit
export -f in_chroot
export tree inside cache
said=$(unshare -m bash -c in_chroot 2>&1)
[[ $said == 'status 7' ]] || wrong "in a chroot: $said"
# without_mounts COMMAND...: it says that it cannot, and has fetched nothing.
without_mounts() {
	said=$(setpriv --bounding-set -sys_admin --inh-caps -sys_admin env XEN_LAB_CACHE="$work/none" "$@" 2>&1) &&
		wrong "$*: nothing may be mounted, and that is all right"
	grep -q 'lab: error: .* takes a .*SYS_ADMIN' <<<"$said" || wrong "$*: nothing may be mounted: $said"
	[[ ! -e $work/none/roots ]] || wrong "$*: something was fetched all the same: $(ls "$work/none/roots")"
}

without_mounts "$LAB/run" --dom0-script /dev/null
without_mounts "$tree/selftests/packaging/run"
without_mounts "$tree/scripts/check-to-kernel.sh"

# In a cache of 64 MiB.
mkdir "$work/small"
# shellcheck disable=SC2016 # expanded in there
said=$(unshare -m bash -c 'mount -t tmpfs -o size=64m small "$1" && XEN_LAB_CACHE=$1 exec "$2/builder" --kernel 6.1 -- true' bash "$work/small" "$LAB" 2>&1) &&
	wrong 'there is no room, and that is all right'
[[ $said == *"no room to fetch into: $work/small has 64 MiB"* && $said != *fetching* ]] || wrong "there is no room: $said"
exit "$bad"
