# SPDX-License-Identifier: GPL-2.0
# The cache: directories that are made once, under a lock, and appear whole.
#
# An object is named by what it is and by a hash of everything that went into
# it (package list, parents, the recipe itself), so a changed recipe makes a new
# object and nothing is ever updated in place. Two runs side by side share it.
# shellcheck shell=bash

cache_dir() {
	printf '%s\n' "${XEN_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/xen-lab}"
}

# hash_inputs STRING...: short and stable.
hash_inputs() {
	printf '%s\n' "$@" | sha256sum | cut -c1-16
}

hash_files() {
	cat -- "$@" | sha256sum | cut -c1-16
}

# cache_make KIND NAME HASH FUNCTION [ARG...]
# Prints the object's directory; FUNCTION DIR ARG... fills it when it is missing.
cache_make() {
	local kind=$1 name=$2 hash=$3 object lock tmp cache_lock_fd
	shift 3
	object=$(cache_dir)/$kind/$name-$hash
	if cache_serves "$object"; then
		printf '%s\n' "$object"
		return
	fi
	mkdir -p "$(cache_dir)/$kind" "$(cache_dir)/tmp" "$(cache_dir)/locks"
	lock=$(cache_dir)/locks/$kind-$name
	exec {cache_lock_fd}>"$lock"
	flock -n "$cache_lock_fd" || {
		say "waiting for another run that makes $kind/$name"
		flock "$cache_lock_fd"
	}
	if ! cache_serves "$object"; then
		tmp=$(mktemp -d "$(cache_dir)/tmp/$name.XXXXXX")
		chmod 755 "$tmp"
		# Callers take the name from a subshell: this is its own trap.
		# shellcheck disable=SC2064 # this very directory
		trap "rm -rf '$tmp'" EXIT
		"$1" "$tmp" "${@:2}" {cache_lock_fd}>&-
		cache_swap_in "$tmp" "$object"
		trap - EXIT
	fi
	exec {cache_lock_fd}>&-
	printf '%s\n' "$object"
}

# During a refresh, roots older than its start are fetched anew; they stay in
# place until the new ones are complete.
cache_serves() {
	[[ -d $1 ]] || return
	[[ -z ${LAB_REFRESH:-} || $1 != */roots/* || $1 -nt $LAB_REFRESH ]]
}

cache_swap_in() {
	local old
	if [[ -d $2 ]]; then
		old=$(mktemp -d "$(cache_dir)/tmp/old.XXXXXX")
		mv "$2" "$old/"
	fi
	touch "$1"
	mv -T "$1" "$2"
	[[ -z ${old:-} ]] || rm -rf "$old"
}

cache_begin_refresh() {
	mkdir -p "$(cache_dir)/tmp"
	LAB_REFRESH=$(mktemp "$(cache_dir)/tmp/refresh.XXXXXX")
	export LAB_REFRESH
}

# What an object is known by to the objects made from it: the recipe that made it
# and, for a root, the package versions it holds.
cache_id() {
	if [[ -e $1/packages ]]; then
		hash_inputs "$(basename "$1")" "$(<"$1/packages")"
	else
		hash_inputs "$(basename "$1")"
	fi
}

# cache_name OBJECT: its name without the hash.
cache_name() {
	local name=${1##*/}
	printf '%s\n' "${name%-*}"
}
