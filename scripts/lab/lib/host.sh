# SPDX-License-Identifier: GPL-2.0
# What the lab needs of the machine it runs on: almost nothing. QEMU, cpio, dtc
# and the compilers live in Debian roots in the cache.
# shellcheck shell=bash

as_root() {
	if ((EUID == 0)); then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "this needs root: run as root or install sudo ($*)"
	fi
}

# host_require PROGRAM:PACKAGE...: installs what is missing, and says so before.
host_require() {
	local pair missing=()
	for pair in "$@"; do
		command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
	done
	((${#missing[@]})) || return 0
	command -v apt-get >/dev/null ||
		die "these programs' packages are missing: ${missing[*]} (no apt-get here: install them by hand)"
	say "installing what the lab needs on this machine: ${missing[*]}"
	as_root apt-get -q update >&2 || say "apt-get update failed, trying with the lists at hand"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "${missing[@]}" >&2 ||
		die "could not install ${missing[*]}: see the messages above"
}

# Only what fetching needs; a warm run never gets here.
host_require_fetch() {
	host_require_space
	host_require mmdebstrap:mmdebstrap
	[[ -e /usr/share/keyrings/debian-archive-keyring.gpg ]] || {
		say "installing debian-archive-keyring: it vouches for the packages"
		as_root apt-get -q -y install debian-archive-keyring >&2 || die "could not install debian-archive-keyring"
	}
}

# What is fetched may be 1 GiB when it is unpacked, with its archive beside it meanwhile.
host_require_space() {
	local dir free
	dir=$(cache_dir)
	mkdir -p "$dir"
	free=$(df --output=avail -B 1M "$dir" | tail -n 1)
	((free >= 2048)) ||
		die "no room to fetch into: $dir has $((free)) MiB, and 2048 are wanted." \
			"scripts/lab/cache list says what is there; XEN_LAB_CACHE=DIR has it elsewhere"
}

check_host() {
	[[ $(uname -m) == x86_64 ]] || die "the lab's own programs are amd64: this machine is $(uname -m)"
	((BASH_VERSINFO[0] >= 5)) || die "bash 5 or newer is needed, this is $BASH_VERSION"
}
