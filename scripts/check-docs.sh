#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-docs.sh: the documents are what they should be.
#
#   - Documentation/ABI has what the code has (scripts/check-abi.sh)
#   - sphinx has no complaint about Documentation, nor about the pages that are
#     made here of the ABI entries and of the heads of the driver's files;
#     the result is in build/docs/html
#   - what the documents name in this tree is there: files, and messages
#   - what is said of the boards is what make boards has counted
#   - the change log and the package are of the tree's version
#   - the commands of the administrator's guide do in the lab what the guide says
#     (COMMANDS=no: they are left to whoever runs these tests anyway)
#
# sphinx and mandoc come from a root that the lab keeps in its cache.

set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=scripts/report.sh
source scripts/report.sh

OUT=build/docs
# What the lab says while it works, but not why it cannot.
CHATTER='^lab: ([^e]|e[^r])'

in_builder() {
	scripts/lab/builder --with python3-sphinx,mandoc -- "$@"
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

# rooms_page DIR: the head of each room's file in DIR, for a header speaks for its .c.
rooms_page() {
	local file
	for file in "$1"/*.[ch] "$1"/*/*.[ch]; do
		[[ $file == *.h || ! -e ${file%.c}.h ]] || continue
		awk -v path="${file#"$1/"}" '
			function title(text) { print text; gsub(/./, "-", text); print text; print "" }
			/^ \*\/$/ { exit }
			NR == 3 { sub(/^ \* [a-z_-]+ - /, ""); title("``" path "``"); print; next }
			NR > 3 { sub(/^ \*/, ""); if (/^ ?\t/ || /^  /) { if (!literal) print "\n::\n"; literal = 1; print "    " $0 }
				else { if (literal) print ""; literal = 0; sub(/^ /, ""); gsub(/[*_`|]/, "\\\\&"); print } }
			END { print "\n" }' "$file"
	done
}

check_sphinx() {
	local file
	rm -rf "$OUT"
	mkdir -p "$OUT/source/ABI" "$OUT/source/source"
	cp -r Documentation/. "$OUT/source/"
	rm -rf "$OUT/source/ABI/testing" "$OUT/source/man"
	cp --parents drivers/*/*/*.h drivers/*/*/*/*.h "$OUT/source/source"
	rooms_page drivers/xen/pciback >"$OUT/source/source/rooms-pciback.rst"
	for file in Documentation/ABI/testing/*; do
		abi_page "$file" >"$OUT/source/ABI/${file##*/}.rst"
	done
	in_builder sphinx-build -q -n -W --keep-going -b html "$OUT/source" "$OUT/html" 2>&1 | without "$CHATTER"
}

check_manuals() {
	in_builder mandoc -T lint -W warning Documentation/man/* 2>&1 | without "$CHATTER"
}

# The manual pages have the parameters that the modules have.
check_parameters() {
	local module status=0
	for module in pciback dtdev; do
		diff <(sed -nE 's/^module_param(_named|_cb)?\((\w+),.*/\2/p' "drivers/xen/$module"/*.c | sort) \
			<(sed -n '/^\.Sh PARAMETERS/,/^\.Sh FILES/s/^\.It Cm //p' "Documentation/man/xen-$module.4" | sort) || status=1
	done
	return "$status"
}

# Paths from the top of this tree; what follows a '/' belongs to another one.
check_paths() {
	local file path
	find README.md Documentation -name '*.md' -o -name '*.rst' | sort | while read -r file; do
		grep -oP '(?<![\w/.])(drivers|scripts|selftests|Documentation|include)/[\w./-]*\w' "$file" | sort -u |
			while read -r path; do
				[[ -e $path ]] || echo "$file names $path, which is not there"
			done || :
	done
}

# messages_of PAGE: what stands in double backticks in an entry's name, which is
# what a line indented further follows, if it is more than a word.
messages_of() {
	awk '
		function depth(text) { match(text, /^\t*/); return RLENGTH }
		NF && depth($0) > depth(line) && line != "" {
			n = split(line, part, "``")
			for (i = 2; i <= n; i += 2)
				if (part[i] ~ / /)
					print part[i]
		}
		{ line = $0 }' "$1"
}

# The troubleshooting page has the code's own words, but for "...".
check_messages() {
	local page=Documentation/admin-guide/troubleshooting.rst message part
	messages_of "$page" | while read -r message; do
		while read -r part; do
			((${#part} < 4)) || grep -rqF --include='*.c' -- "$part" drivers ||
				echo "$page: no message has '$part'"
		done <<<"${message//.../$'\n'}"
	done
}

# The table of boards is made of their counts.
check_boards() {
	selftests/boards/table --check && return
	echo "selftests/boards/table --write puts it right"
	return 1
}

# One version, in three places.
check_version() {
	local version
	version=$(sed -n 's/^XPT_VERSION = //p' Makefile)
	head -n 1 debian/changelog | grep -qF "($version)" || echo "debian/changelog: not version $version"
	grep -m 1 '^## ' CHANGELOG.md | grep -qE "^## $version( |\$)" || echo "CHANGELOG.md: not version $version"
}

check_commands() {
	mkdir -p "$OUT"
	selftests/run ONLY=docs >"$OUT/commands.log" 2>&1 && return
	tail -n 20 "$OUT/commands.log"
	return 1
}

check 'ABI: code and documents agree' scripts/check-abi.sh
check 'sphinx builds the documents without a warning' check_sphinx
check 'mandoc has no complaint about the manual pages' check_manuals
check 'parameters: manual pages and code agree' check_parameters
check 'paths that documents name' check_paths
check 'messages that troubleshooting explains' check_messages
check 'table of the boards' check_boards
check 'version of the package and of the change log' check_version
[[ ${COMMANDS:-} == no ]] || check "commands of the administrator's guide" check_commands
report_end docs
