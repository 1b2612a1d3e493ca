# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: a frontend that never answers when it is asked about PCI
# errors; whether it says that it would is in /lab/aer.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

raw_connect "$(cat /lab/aer)"
tell ready
while next_step; do
	exit 0
done
