# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: has no PCI device, answers what dom0 says, until `shutdown`.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

tell ready
while next_step; do
	[ "$step" != shutdown ] || exit 0
	tell "answer-$step"
done
