# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest, with rawfront: switches MSI-X of its functions on and off as dom0
# tells it, and says how many different vectors it got.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

# on DEVFN COUNT
on() {
	# shellcheck disable=SC2046 # a word for each entry
	set -- $(raw_op 4 0 0 "$1" 0 0 "$2" $(seq 0 $(($2 - 1))))
	[ "$1" = 0 ] || { echo refused && return; }
	shift 2
	printf '%s\n' "$@" | sort -u | wc -l
}

# again TIMES DEVFN COUNT: on, and says what came of the last.
again() {
	for _ in $(seq "$1"); do
		answer=$(on "$2" "$3")
	done
	echo "$answer"
}

# off DEVFN
off() {
	raw_op 5 0 0 "$1" 0 0 0 | cut -d' ' -f1
}

raw_connect 0
for devfn in 0 8 16; do
	raw_op 1 0 0 "$devfn" 4 2 6 >/dev/null
done
tell ready
while next_step; do
	[ "$step" != shutdown ] || exit 0
	# shellcheck disable=SC2086 # words
	tell "$step" "$($step)"
done
