#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-coccinelle.sh: what the kernel's semantic patches find in drivers.
# Each is a check that passes by finding nothing. Left out are those that cannot do
# without OCaml or Python, and by name one that takes minutes to ask for min() and
# max(), and one that does not see a goto.
#
# coccinelle comes from a root that the lab keeps in its cache, the patches from
# Debian's kernel source package.

set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=scripts/report.sh
source scripts/report.sh

KINDS=(free iterators locks misc null tests)
COPY=build/coccinelle

# patches: all that are wanted; of each kind there are some.
patches() {
	local kind file
	for kind in "${KINDS[@]}"; do
		for file in "$COPY/$kind"/*.cocci; do
			grep -q 'virtual context' "$file" || continue
			! grep -qE '^@ ?(initialize:|script: ?)python ?@|ocaml' "$file" || continue
			[[ $file == */minmax.cocci || $file == */returnvar.cocci ]] || echo "$file"
		done | grep . || return
	done
}

# All in one go of the builder: "== PATCH" before what each finds. The last one has run
# only if all of it came to its end.
find_all() {
	# shellcheck disable=SC2016 # expanded in there
	scripts/lab/builder --with coccinelle -- sh -c 'for patch; do
		echo "== $patch"
		spatch -D context --very-quiet --include-headers --dir drivers --cocci-file "$patch" 2>&1 ||
			echo "spatch: status $?"
	done' sh "$@" | without '^Py\.find_library'
}

rm -rf "$COPY"
mkdir -p build
cp -r "$(scripts/lab/linux-source-tools --coccinelle)" "$COPY" || exit
listed=$(patches) || {
	echo "scripts/check-coccinelle.sh: there are no patches of some kind" >&2
	exit 1
}
mapfile -t wanted <<<"$listed"
found=$(find_all "${wanted[@]}") || found+=$'\n'"it came to no good end: status $?"
for patch in "${wanted[@]}"; do
	report "${patch#"$COPY/"}" "$(awk -v patch="$patch" '/^== / { on = $2 == patch; seen += on; next } on
		END { if (!seen) print "it did not run" }' <<<"$found")"
done
report_end coccinelle
