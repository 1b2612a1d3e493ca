#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# selftests/lib/cfgspace-table.sh LOGS: one table of what the last runs of
# pciback/cfgspace-* found, with our driver and, if there were such runs, with the one
# in the kernel tree.

set -euo pipefail

# rows DIRECTORY: DEVICE|DRIVER|WORKS|REFUSED of each, the newest run last.
rows() {
	find "$1/pciback" -name 'cfgspace-*.log' -printf '%T@ %p\n' 2>/dev/null | sort -n | cut -d' ' -f2- |
		xargs -r sed -n 's/^# row|//p'
}

{
	echo 'device|driver|ours|in-tree|refused by ours|refused by in-tree'
	awk -F'|' '
		!($1 in seen) { order[n++] = $1; seen[$1] = 1 }
		$2 != "none" || !($1 in driver) { driver[$1] = $2 }
		FILENAME == ARGV[1] { works[$1] = $3; refused[$1] = $4; next }
		{ works_tree[$1] = $3; refused_tree[$1] = $4 }
		function or_dash(text) { return text == "" ? "-" : text }
		END {
			for (i = 0; i < n; i++) {
				d = order[i]
				print d "|" driver[d] "|" or_dash(works[d]) "|" or_dash(works_tree[d]) "|" or_dash(refused[d]) "|" or_dash(refused_tree[d])
			}
		}' <(rows "$1") <(rows "$1/in-tree")
} | column -t -s '|'
