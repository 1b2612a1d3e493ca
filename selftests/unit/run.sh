#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Runs test programs and nests their KTAP in one report. A program that stops
# before its plan is done has failed in each case that is missing; one whose cases
# are all skipped has tested nothing, and failed.
#
# Their dice are rolled for each of SEEDS. Where that is empty, for those in the
# file "seeds" and a new one. That one goes into the file, to stay, when it is what a
# program fails with.
#
# usage: run.sh DIRECTORY SEEDS PROGRAM...
set -eu

dir=$1 seeds=$2 new=
shift 2
if [ -z "$seeds" ]; then
	kept=$(grep -v '^#' seeds | xargs)
	new=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
	seeds="$kept $new"
fi

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
			if (!failed && (!plan || !passed || status || missing < 0))
				failed = 1
			print passed + 0, failed + 0, skipped + 0
		}'
}

# Does the program pass with those that are kept? Then it is the new one's find.
keep() {
	[ -n "$new" ] && ! grep -qx "$new" seeds || return 0
	# shellcheck disable=SC2086 # several
	! timeout 120 "$1" $kept > /dev/null 2>&1 || {
		echo "# seed $new is what it takes: kept in selftests/unit/seeds"
		echo "$new" >> seeds
	}
}

passed=0 failed=0 skipped=0 number=0
echo "KTAP version 1"
echo "1..$#"
echo "# seeds: $seeds"
for program; do
	name=${program##*/test_}
	log=$dir/$name.ktap
	number=$((number + 1))
	status=0
	# shellcheck disable=SC2086 # several
	timeout 120 "$program" $seeds > "$log" 2>&1 || status=$?
	sed 's/^/  /' "$log"
	# shellcheck disable=SC2046 # three numbers
	set -- $(count "$status" < "$log")
	passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
	verdict=ok
	if [ "$2" != 0 ]; then
		verdict="not ok"
		[ "$status" = 0 ] || keep "$program"
	fi
	echo "$verdict $number $name"
done
echo "# seeds: $seeds"
echo "# unit: $passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
