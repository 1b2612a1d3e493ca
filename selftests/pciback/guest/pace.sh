# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: measures reads, when dom0 says so.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

# dom0 is busy with another guest meanwhile.
step_seconds=3600
raw_connect 0
tell ready
while next_step; do
	[ "$step" != shutdown ] || exit 0
	echo count=3000 >"$RAW/pace" || die "cannot measure"
	tell "$step" "$(cat "$RAW/pace")"
done
