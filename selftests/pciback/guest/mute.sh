# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: a frontend that never answers when it is asked about PCI
# errors; whether it says that it would is in /lab/aer.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

insmod /lab/rawfront.ko aer="$(cat /lab/aer)"
answers() {
	echo 0 0 0 0 0 4 0 >/sys/kernel/debug/rawfront/op
}
until answers 2>/dev/null; do :; done
tell ready
while next_step; do
	exit 0
done
