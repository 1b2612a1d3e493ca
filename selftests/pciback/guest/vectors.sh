# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest, with rawfront: switches MSI-X of its functions on and off as dom0
# tells it, and says how many different vectors it got.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

# op CMD DEVFN OFFSET SIZE VALUE [ENTRY...]: prints "ERR VALUE [VECTOR...]"
op() {
	cmd=$1 devfn=$2
	shift 2
	echo "$cmd 0 0 $devfn $*" >"$RAW/op" && cat "$RAW/op"
}

# on DEVFN COUNT
on() {
	# shellcheck disable=SC2046 # a word for each entry
	set -- $(op 4 "$1" 0 0 "$2" $(seq 0 $(($2 - 1))))
	[ "$1" = 0 ] || { echo refused && return; }
	shift 2
	printf '%s\n' "$@" | sort -u | wc -l
}

# off DEVFN
off() {
	op 5 "$1" 0 0 0 | cut -d' ' -f1
}

raw_connect 0
for devfn in 0 8 16; do
	op 1 "$devfn" 4 2 6 >/dev/null
done
tell ready
while next_step; do
	[ "$step" != shutdown ] || exit 0
	# shellcheck disable=SC2086 # words
	tell "$step" "$($step)"
done
