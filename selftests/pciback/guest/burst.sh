# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: reads without a pause, for as long as dom0's word says, which is
# NAME-MILLISECONDS; what the device itself has to answer, if the name begins with slow.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

raw_connect 0
tell ready
while next_step; do
	[ "$step" != shutdown ] || exit 0
	tell "began-${step%-*}"
	what=
	[ "$step" = "${step#slow}" ] || what="cmd=0 offset=6 size=2"
	echo "count=100000 ms=${step#*-} $what" >"$RAW/pace" || die "cannot read"
	tell "${step%-*}" "$(cat "$RAW/pace")"
done
