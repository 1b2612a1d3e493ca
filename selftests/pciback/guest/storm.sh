# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: a storm of requests, then a walk through xenstore. /lab/storm
# has the seed, how many requests and how many steps.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

raw_connect 0
read -r seed ops walks </lab/storm
tell ready
echo "$seed $ops" >"$RAW/storm" || die "no storm"
tell stormed "$(cat "$RAW/storm")"
echo "$seed $walks" >"$RAW/walk" || die "no walk"
tell walked
