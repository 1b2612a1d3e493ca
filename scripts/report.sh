# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# How checks of the tree report: a line each, and a last one that counts. To be sourced.

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

# check NAME COMMAND...: nothing said, on either channel, and a status of 0: one that
# could not look has nothing to say either.
check() {
	local said status=0
	said=$("${@:2}" 2>&1) || status=$?
	((status == 0)) || said+="${said:+$'\n'}$2: status $status"
	report "$1" "$said"
}

# without REGEX: the other lines. None is no failure.
without() {
	grep -vE -e "$1" || (($? == 1))
}

# report_end WHAT: fails if a check has, or if there was none.
report_end() {
	echo "# $1: $passed passed, $failed failed, 0 skipped"
	((failed == 0 && passed > 0))
}
