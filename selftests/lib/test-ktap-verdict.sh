#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Tests ktap-verdict.awk, here on the host: a judge that passes everything is none.

set -u
here=$(dirname "$(readlink -f "$0")")
number=0 failed=0

# judges NAME WANTED REPORT [ALLOWED]: WANTED is a pattern.
judges() {
	local got
	number=$((number + 1))
	got=$(printf '%b' "$3" | awk -v allowed="${4:-}" -f "$here/ktap-verdict.awk")
	# shellcheck disable=SC2053 # a pattern on purpose
	if [[ $got == $2 ]]; then
		echo "ok $number $1"
	else
		echo "# wanted '$2', got '$got'"
		echo "not ok $number $1"
		failed=1
	fi
}

v='TAP version 13\n'
echo 'KTAP version 1'
echo '1..21'
judges 'a good report' '2 0 0 ' "${v}1..2\n# said\nok 1 a\nok 2 b\n# Totals: pass:2\n"
judges 'the other version line' '1 0 0 ' 'KTAP version 1\n1..1\nok 1 - a\n'
judges 'a failure' '1 1 0 ' "${v}1..2\nok 1 a\nnot ok 2 b\n"
judges 'a missing result' '1 1 0 1 planned results are missing' "${v}1..2\nok 1 a\n"
judges 'missing results' '0 3 0 3 planned*' "${v}1..3\n"
judges 'one result too many' '1 1 0 more results than planned' "${v}1..1\nok 1 a\nok 2 b\n"
judges 'a failure too many' '1 1 0 more results than planned' "${v}1..1\nok 1 a\nnot ok 2 b\n"
judges 'a result twice' '2 1 0 result 1 where 2 was due' "${v}1..2\nok 1 a\nok 1 a\n"
judges 'no plan' '1 2 0 a result before the plan' "${v}ok 1 a\n"
judges 'a late plan' '1 2 0 a result before the plan' "${v}ok 1 a\n1..1\n"
judges 'two plans' '1 1 0 a plan that is not the first line' "${v}1..1\n1..1\nok 1 a\n"
judges 'an empty plan' '0 1 0 an empty plan' "${v}1..0\n"
judges 'all skipped' '0 2 0 not KTAP: 1..0 # SKIP*' "${v}1..0 # SKIP no hardware\n"
judges 'no version' '1 1 0 no version line before the plan' '1..1\nok 1 a\n'
judges 'nothing' '0 1 0 no plan' ''
judges 'other output' '1 1 0 not KTAP: Segmentation fault' "${v}1..1\nSegmentation fault\nok 1 a\n"
judges 'a bail-out' '1 2 0 not KTAP: Bail out!*' "${v}1..2\nok 1 a\nBail out!  dead\n"
judges 'a skip' '0 1 0 SKIP is not allowed: a' "${v}1..1\nok 1 a # SKIP no hardware\n"
judges 'an allowed skip' '0 0 1 ' "${v}1..1\nok 1 a b # SKIP\n" 'x\na b'
judges 'a skip of another name' '0 1 0 SKIP is not allowed: a b' "${v}1..1\nok 1 a b # SKIP\n" 'a'
judges 'TODO is no way out' '0 1 0 TODO is not allowed: a' "${v}1..1\nok 1 a # TODO later\n"
exit "$failed"
