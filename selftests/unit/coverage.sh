#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Prints the line coverage of each source file and of all together, and the
# lines that no test ran. Fails under MINIMUM percent.
#
# usage: coverage.sh GCOV OBJECT-DIRECTORY MINIMUM SOURCE...
set -eu

gcov=$1 objects=$2 minimum=$3
shift 3

for source; do
	"$gcov" -t -o "$objects" "$source"
done | awk -F: -v minimum="$minimum" '
	$3 == "Source"	{ file = $4; sub(".*/", "", file); next }
	file !~ /\.c$/	{ next }
	$1 ~ /^ *[0-9]+\*?$/	{ run[file]++; next }
	$1 ~ /^ *(#####|=====)$/ {
		missed[file]++
		text = $0
		sub("^[^:]*:[^:]*:", "", text)
		where = $2
		gsub(" ", "", where)
		print "# not run: " file ":" where ":" text
	}
	function line(name, ran, all) {
		return sprintf("# coverage: %-20s %6.2f %%  (%d of %d lines)",
			       name, 100 * ran / all, ran, all)
	}
	END {
		for (file in run)
			files[file]
		for (file in missed)
			files[file]
		for (file in files) {
			lines = run[file] + missed[file]
			print line(file, run[file], lines) | "sort"
			ran += run[file]
			all += lines
		}
		close("sort")
		if (!all)
			exit 1
		print line("total", ran, all)
		exit 100 * ran < minimum * all
	}'
