# SPDX-License-Identifier: GPL-2.0
# Entering a root of the lab: for that its parts have to be mounted. Where there can be a
# mount namespace, that is its own, nothing stays mounted and two side by side do not
# meet; in a plain chroot, whose root is no mount point, it cannot: there one waits for
# the other, and what was mounted is unmounted.
# shellcheck shell=bash

# enter_way: how it can be done here: namespace, user, sudo or plain; nothing if not at all.
enter_way() {
	if ((EUID == 0)); then
		if unshare -m true 2>/dev/null; then
			echo namespace
		elif enter_can_mount; then
			echo plain
		fi
	elif unshare -Urm true 2>/dev/null; then
		echo user
	elif command -v sudo >/dev/null; then
		echo sudo
	fi
}

enter_can_mount() {
	local dir status=0
	dir=$(mktemp -d "${TMPDIR:-/tmp}/xen-lab-mount.XXXXXX")
	mount --bind "$dir" "$dir" 2>/dev/null && umount "$dir" || status=1
	rmdir "$dir"
	return "$status"
}

# check_enter: before anything is fetched that would be of no use.
check_enter() {
	[[ -z $(enter_way) ]] || return 0
	die "building takes a Debian root of its own, whose parts have to be mounted, and that may not be done here." \
		"In a container, give it the capability SYS_ADMIN (docker run --cap-add SYS_ADMIN --security-opt apparmor=unconfined --security-opt seccomp=unconfined), or run it outside;" \
		"with modules that were built elsewhere (--module-dir DIR) nothing is built here"
}

# enter ROOT NAME=VALUE... PROGRAM ARG...: PROGRAM mounts and goes in.
enter() {
	case $(enter_way) in
	namespace) unshare -m env BIND=--rbind "${@:2}" ;;
	user) unshare -Urm env BIND=--rbind "${@:2}" ;;
	sudo) as_root unshare -m env BIND=--rbind "${@:2}" ;;
	plain) enter_plain "$@" ;;
	*)
		check_enter
		return 1
		;;
	esac
}

# What others have mounted in /dev and /proc is not: it would be unmounted there, too.
enter_plain() (
	exec 8>"$1.lock"
	flock 8
	enter_leave "$1"
	# shellcheck disable=SC2064 # the root is known now
	trap "enter_leave $(printf %q "$1")" EXIT
	env BIND=--bind "${@:2}" 8>&-
)

# enter_leave ROOT: nothing stays mounted below it, the last first.
enter_leave() {
	local point
	cut -d' ' -f5 /proc/self/mountinfo | tac | while read -r point; do
		[[ $point != "$1"/* ]] || umount -l "$point"
	done
}
