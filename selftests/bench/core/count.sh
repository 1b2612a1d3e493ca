#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# selftests/bench/core/count.sh CORE_COST: "bench 1 core NAME instructions N" for each
# request: what a thousand more of them take, by the thousand.
set -eu

# collected NAME COUNT
collected() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=measured "$program" "$@" 2>&1 |
		sed -n 's/.*Collected : //p'
}

program=$1
"$program" | while read -r name; do
	few=$(collected "$name" 1000)
	many=$(collected "$name" 2000)
	awk -v name="$name" -v n=$((many - few)) 'BEGIN { printf "bench 1 core %s instructions %.0f\n", name, n / 1000 }'
done
