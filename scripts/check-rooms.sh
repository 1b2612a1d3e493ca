#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-rooms.sh: the rules of the rooms that a compiler does not check.
#
#   - core/ is pure: it includes a few plain headers and its own, nothing else
#   - dependencies point down: a room includes no header of a storey above, and names
#     no function of one, however that was declared
#   - within a storey no rooms lie in a circle, but for pairs that say so here
#   - no conditional compilation in .c files (include/compat is for that)

set -euo pipefail
cd "$(dirname "$0")/.."

pure='linux/(compiler|math64|minmax|time64|kernel|types|errno|string|pci_regs)\.h|xen/(interface/io/(pciif|xenbus)|xpt_text)\.h'
failed=0

# Storeys from the ground up, the files of each: a driver's directory, then patterns.
storeys=(
	'drivers/xen/common' '*'
	'drivers/xen/pciback' 'core/*' 'trace.*' 'fn/*' 'host/*' 'debugfs.* sysfs*' 'guest/*' 'main.c'
	'drivers/xen/dtdev' 'core/*' '*'
	'drivers/of/overlay-configfs' 'core/*' '*'
)

# Rooms that know each other, a line each: a ring and its lookout (guest/ring.h says
# why); a node, and the parts that it is made of and that are done by the whole.
pairs='drivers/xen/pciback/guest/lookout drivers/xen/pciback/guest/ring
drivers/xen/dtdev/node drivers/xen/dtdev/fence drivers/xen/dtdev/hold drivers/xen/dtdev/pins drivers/xen/dtdev/phys drivers/xen/dtdev/reset drivers/xen/dtdev/line drivers/xen/dtdev/stream drivers/xen/dtdev/relay drivers/xen/dtdev/relay_line'

# complain WHAT MATCHES
complain() {
	[[ -n $2 ]] || return 0
	printf '%s:\n%s\n' "$1" "$2"
	failed=1
}

# files DRIVER PATTERNS: the sources of a storey.
files() {
	local pattern patterns
	read -ra patterns <<<"$2"
	for pattern in "${patterns[@]}"; do
		compgen -G "$1/$pattern" | grep -E '\.[ch]$' | grep -v '\.mod\.c$' || :
	done
}

# names FILE...: the functions that these files define for others.
names() {
	sed -nE '/^(static|typedef|extern|#)/!s/^[a-z].*[ *]([a-z_0-9]+)\(.*/\1/p' "$@" | awk '/^(pciback|dtdev|dtovl)_/' | sort -u
}

# includes FILE...: "FILE HEADER" with the paths that quoted includes lead to.
includes() {
	awk '/^#include "/ { print FILENAME ":" $0 }' "$@" | sed -E 's/:#include "/ /; s/".*//' |
		while read -r file header; do
			echo "$file $(realpath -m --relative-to=. "${file%/*}/$header")"
		done
}

# circles FILE...: rooms of one storey that lie in a circle.
circles() {
	includes "$@" | sed -E 's/\.[ch]( |$)/\1/g' | awk -v pairs="$pairs" '
		BEGIN {
			count = split(pairs, line, "\n")
			for (i = 1; i <= count; i++)
				for (j = split(line[i], room, " "); j; j--)
					group[room[j]] = i
		}
		$1 != $2 && !(($1 in group) && group[$1] == group[$2])' | LC_ALL=C tsort 2>&1 >/dev/null | grep -v 'input contains a loop' | sed 's/^tsort: //' || :
}

# check_below WHERE: the files of lower know nothing of those of own.
check_below() {
	local names
	((${#lower[@]})) || return 0
	complain "$1: known by a storey below" \
		"$(includes "${lower[@]}" | grep -F "$(printf ' %s\n' "${own[@]}")" || :)"
	names=$(names "${own[@]}")
	[[ -z $names ]] || complain "$1: called by a storey below" \
		"$(grep -nwF "$names" "${lower[@]}" | grep -vE ':[[:space:]]*(/?\*|//)' || :)"
}

check_storeys() {
	local driver='' word own lower=()
	for word; do
		if [[ $word == drivers/* ]]; then
			driver=$word lower=()
			continue
		fi
		mapfile -t own < <(files "$driver" "$word")
		((${#own[@]})) || complain 'a storey has no files' "$driver/$word"
		check_below "$driver/$word"
		complain "$driver/$word: rooms in a circle" "$(circles "${own[@]}")"
		lower+=("${own[@]}")
	done
}

for core in drivers/*/*/core; do
	[[ -d $core ]] || continue
	complain 'core/ includes what is not pure' \
		"$(grep -nE '^[[:space:]]*#[[:space:]]*include' "$core"/*.[ch] |
			grep -vE "include <($pure)>|include \"[a-z_]+\.h\"" || :)"
done
check_storeys "${storeys[@]}"
complain 'conditional compilation in a .c file' \
	"$(grep -rnE '^[[:space:]]*#[[:space:]]*(if|ifdef|ifndef|elif)\b' --include='*.c' --exclude='*.mod.c' drivers || :)"
exit "$failed"
