#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Runs test programs and nests their KTAP in one report. A program that stops
# before its plan is done has failed in each case that is missing.
#
# usage: run.sh DIRECTORY SEED PROGRAM...
set -eu

dir=$1 seed=$2
shift 2

# Prints "passed failed skipped" of one program's output.
count() {
	awk -v status="$1" '
		/^1\.\.[0-9]+$/	{ plan = substr($0, 4) }
		/^not ok /	{ failed++; next }
		/^ok .*# SKIP/	{ skipped++; next }
		/^ok /		{ passed++ }
		END {
			missing = plan - passed - failed - skipped
			failed += missing > 0 ? missing : 0
			if (!failed && (!plan || status || missing < 0))
				failed = 1
			print passed + 0, failed + 0, skipped + 0
		}'
}

passed=0 failed=0 skipped=0 number=0
echo "KTAP version 1"
echo "1..$#"
for program; do
	name=${program##*/test_}
	log=$dir/$name.ktap
	number=$((number + 1))
	status=0
	timeout 120 "$program" ${seed:+"$seed"} > "$log" 2>&1 || status=$?
	sed 's/^/  /' "$log"
	# shellcheck disable=SC2046 # three numbers
	set -- $(count "$status" < "$log")
	passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
	verdict=ok
	[ "$2" = 0 ] || verdict="not ok"
	echo "$verdict $number $name"
done
echo "# unit: $passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
