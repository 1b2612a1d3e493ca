#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-docs.sh: the documents are what they should be.
#
#   - Documentation/ABI has what the code has (scripts/check-abi.sh)
#   - sphinx has no complaint about Documentation, nor about the pages that are
#     made here of the ABI entries; the result is in build/docs/html
#   - what the documents name in this tree is there
#
# sphinx comes from a root that the lab keeps in its cache.

set -uo pipefail
cd "$(dirname "$0")/.." || exit

OUT=build/docs
passed=0 failed=0

# report NAME OUTPUT: a check passes by having nothing to say.
report() {
	if [[ -z $2 ]]; then
		echo "ok - $1"
		passed=$((passed + 1))
	else
		printf '%s\nnot ok - %s\n' "$2" "$1"
		failed=$((failed + 1))
	fi
}

# abi_page FILE: its entries as one page.
abi_page() {
	awk -v title="ABI: ${1##*/}" '
		function line(text, mark) { print text; gsub(/./, mark, text); print text; print "" }
		BEGIN { print "==" mark(title); print title; print "==" mark(title); print "" }
		function mark(text) { gsub(/./, "=", text); return text }
		/^What:/ { sub(/^What:\t+/, ""); gsub(/[<>*_`]/, "\\\\&"); print ""; line($0, "-"); next }
		/^Example:/ { sub(/^Example:\t+/, ""); print ""; print "Example::"; print ""; print "\t" $0; print ""; next }
		/^(Date|Description):/ { next }
		{ sub(/^\t\t/, ""); print }' "$1"
}

check_sphinx() {
	local file
	rm -rf "$OUT"
	mkdir -p "$OUT/source/ABI"
	cp -r Documentation/. "$OUT/source/"
	rm -rf "$OUT/source/ABI/testing"
	for file in Documentation/ABI/testing/*; do
		abi_page "$file" >"$OUT/source/ABI/${file##*/}.rst"
	done
	scripts/lab/builder --with python3-sphinx -- \
		sphinx-build -q -n -W --keep-going -b html "$OUT/source" "$OUT/html" 2>&1 | grep -v '^lab: '
}

# Paths from the top of this tree; what follows a '/' belongs to another one.
check_paths() {
	local file path
	git ls-files README.md 'Documentation/*.rst' | while read -r file; do
		grep -oP '(?<![\w/.])(drivers|scripts|selftests|Documentation|include)/[\w./-]*\w' "$file" | sort -u |
			while read -r path; do
				[[ -e $path ]] || echo "$file names $path, which is not there"
			done
	done
}

report 'ABI: code and documents agree' "$(scripts/check-abi.sh)"
report 'sphinx builds the documents without a warning' "$(check_sphinx)"
report 'paths that documents name' "$(check_paths)"
echo "# docs: $passed passed, $failed failed, 0 skipped"
((failed == 0))
