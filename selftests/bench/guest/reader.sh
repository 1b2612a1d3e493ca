# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: sends the requests that dom0 asks for, and says how long they
# took. A word is WHAT-NUMBER; /lab/requests says, a line each, what WHAT is: its
# name, then what is measured and how.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh
# shellcheck source=follow.sh
. /lab/follow.sh

# figures REQUEST...: of this one measurement.
figures() {
	echo "$*" >"$RAW/pace" || die "cannot measure $*"
	cat "$RAW/pace"
}

# Nothing is printed while it is measured: dom0 would have to read it.
measure() {
	what=${1%-*}
	grep "^$what " /lab/requests >/run/asked || die "what is $1?"
	while read -r _ name request; do
		echo "$name $(figures "$request")"
	done </run/asked >/run/took
	while read -r line; do
		tell "$1" "$line"
	done </run/took
	tell "$1" end
}

insmod /lab/rawfront.ko || die "no rawfront"
tell ready
follow measure
