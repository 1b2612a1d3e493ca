# SPDX-License-Identifier: GPL-2.0
# Talking to the person who runs the lab. Everything goes to stderr, so that
# functions can return values and scripts' output on stdout.
# shellcheck shell=bash

say() {
	printf 'lab: %s\n' "$*" >&2
}

die() {
	printf 'lab: error: %s\n' "$*" >&2
	exit 1
}

# Wrong usage and wishes this version cannot fulfil: told apart from failures.
die_usage() {
	printf 'lab: %s\n' "$*" >&2
	exit 2
}

# A leading comment block doubles as the help text: the two cannot drift apart.
print_help() {
	awk 'NR == 1 || /^# SPDX/ { next } !/^#/ { exit } { sub(/^# ?/, ""); print }' "$1"
}

seconds_now() {
	date +%s.%N
}

# seconds_since START: with one decimal.
seconds_since() {
	awk -v a="$1" -v b="$(seconds_now)" 'BEGIN { printf "%.1f", b - a }'
}
