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

patches() {
	local kind
	for kind in "${KINDS[@]}"; do
		grep -l 'virtual context' "$COPY/$kind"/*.cocci |
			xargs grep -LE '^@ ?(initialize:|script: ?)python ?@|ocaml' | grep -vE '/(minmax|returnvar)\.cocci'
	done
}

# All in one go of the builder: "== PATCH" before what each finds.
find_all() {
	# shellcheck disable=SC2016 # expanded in there
	scripts/lab/builder --with coccinelle -- sh -c 'for patch; do
		echo "== $patch"
		spatch -D context --very-quiet --include-headers --dir drivers --cocci-file "$patch" 2>&1 ||
			echo "spatch: status $?"
	done' sh "$@" | grep -v '^Py\.find_library'
}

rm -rf "$COPY"
mkdir -p build
cp -r "$(scripts/lab/linux-source-tools --coccinelle)" "$COPY" || exit
mapfile -t wanted < <(patches)
found=$(find_all "${wanted[@]}")
for patch in "${wanted[@]}"; do
	report "${patch#"$COPY/"}" "$(awk -v patch="$patch" '/^== / { on = $2 == patch; seen += on; next } on
		END { if (!seen) print "it did not run" }' <<<"$found")"
done
report_end coccinelle
