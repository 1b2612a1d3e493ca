#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Runs each fuzz target from its committed corpus for some seconds. What it
# finds on the way stays in the build directory, unless MERGE is set. One that has
# no corpus, or made fewer than LEAST runs, has shown nothing, and failed.
#
# Inputs are 2 KiB at most, which is fast. Longer ones that are made when a target is
# built are in DIRECTORY/made/TARGET: they, and what becomes of them when they are changed,
# are tried before, for a quarter of the time.
#
# usage: run.sh DIRECTORY SECONDS LEAST MERGE PROGRAM...
set -eu

dir=$1 seconds=$2 least=$3 merge=$4
shift 4

# With its long inputs, if it has any.
fuzz_long() {
	made=$dir/made/$name
	[ -d "$made" ] || return 0
	rm -rf "$found-long"
	mkdir "$found-long"
	"$1" -max_total_time=$((seconds / 4 + 1)) -timeout=20 -max_len=524288 \
		-artifact_prefix="$dir/$name-" "$found-long" "$made" > "$dir/$name.log" 2>&1
}

# One target. Its log, and a crashing input, are left in $dir.
fuzz() {
	program=$1 name=${1##*/}
	found=$dir/corpus/$name
	dictionary=$name.dict
	mkdir -p "$found"
	[ -n "$(ls "corpus/$name")" ] || return
	# No reproducer of an older run may be taken for one of this.
	rm -f "$dir/$name"-crash-* "$dir/$name"-timeout-* "$dir/$name"-leak-* \
		"$dir/$name"-oom-*
	fuzz_long "$program" || return
	[ ! -f "$dictionary" ] || set -- "$@" -dict="$dictionary"
	"$@" -max_total_time="$seconds" -timeout=10 -max_len=2048 \
		-print_final_stats=1 -artifact_prefix="$dir/$name-" \
		"$found" "corpus/$name" > "$dir/$name.log" 2>&1
}

# Keeps those of the new finds that reach what the corpus does not.
keep() {
	"$1" -merge=1 "corpus/${1##*/}" "$dir/corpus/${1##*/}" \
		>> "$dir/${1##*/}.log" 2>&1
}

# What went wrong, and what it takes to see it again.
tell() {
	grep -E 'oracle:|SUMMARY|runtime error|ERROR:' "$dir/$1.log" |
		sed 's/^/# /'
	for input in "$dir/$1"-*-*; do
		[ ! -f "$input" ] || echo "# reproducer: $dir/$1 $input"
	done
	echo "# $(runs "$1") runs, at least $least are wanted; log: $dir/$1.log"
}

# How often the target ran, by its log.
runs() {
	awk '/number_of_executed_units/ { runs = $2 } END { print runs + 0 }' "$dir/$1.log"
}

passed=0 failed=0 number=0
echo "KTAP version 1"
echo "1..$#"
for program; do
	name=${program##*/}
	number=$((number + 1))
	if fuzz "$program" && { [ -z "$merge" ] || keep "$program"; } &&
		[ "$(runs "$name")" -ge "$least" ]; then
		passed=$((passed + 1))
		echo "ok $number $name # $(runs "$name") runs in $seconds s"
	else
		failed=$((failed + 1))
		tell "$name"
		echo "not ok $number $name"
	fi
done
echo "# fuzz: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
