# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# How a demo in dom0 tells what it does. The caller names its guest's log in $log.

head_line() {
	printf '\n== %s\n\n' "$*"
}

indent() {
	sed 's/^/  /'
}

fail() {
	echo "FAILED: $*"
	[[ ! -s $log ]] || indent <"$log"
	exit 1
}

# show COMMAND...: as one would type it, and what it says.
show() {
	local said
	echo "  # $*"
	said=$("$@" 2>&1) || fail "$*: $said"
	[[ -z $said ]] || indent <<<"$said"
}

# told KEY: the guest's last word on it.
told() {
	sed -n "s/^guest: told $1 //p" "$log" | tail -n 1
}
