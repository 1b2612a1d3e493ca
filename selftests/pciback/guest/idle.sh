# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: leaves its function alone until dom0 says `shutdown`.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

await_function 0000:00:00.0
tell ready
while next_step; do
	[ "$step" != shutdown ] || exit 0
done
