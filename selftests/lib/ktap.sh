# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Tests as KTAP lines, over kselftest's ktap_helpers.sh.
#
# A test is a function named test_*. `run_tests` runs them in the order they
# stand in the file, each in a shell of its own with `set -e`: a test fails by a
# command that fails, by fail, or by leaving dom0 other than it found it. What
# it prints, and why it failed, stands as "# ..." before its line.

# shellcheck source=/dev/null
source /lab/ktap_helpers.sh

# Where the lab is told that dom0 hangs.
KTAP_HANGS=${KTAP_HANGS:-/run/lab/hangs}
TEST_DIR=$(mktemp -d "${TMPDIR:-/run}/selftest.XXXXXX")

# fail WHY...: ends the test. What fails on the way back does not hide why it began.
fail() {
	if [[ -n ${test_undoing:-} && -s $TEST_DIR/why ]]; then
		note "and then: $*"
	else
		echo "$*" >"$TEST_DIR/why"
	fi
	exit 1
}

# note TEXT...: something worth reading beside a result.
note() {
	echo "$*"
}

# defer COMMAND...: runs when the test ends, however it does; last in, first out.
defer() {
	test_deferred+=("$(printf '%q ' "$@")")
}

# now COMMAND...: carries out a deferred command early, once.
now() {
	local i command
	command=$(printf '%q ' "$@")
	for i in "${!test_deferred[@]}"; do
		[[ ${test_deferred[i]} != "$command" ]] || test_deferred[i]=
	done
	"$@"
}

# expect_eq WHAT WANTED GOT
expect_eq() {
	[[ $3 == "$2" ]] || fail "$1: wanted '$2', got '$3'"
}

# expect_empty WHAT FILE: it is there, and says nothing.
expect_empty() {
	local said
	said=$(cat "$2") || fail "$1: $2 cannot be read"
	expect_eq "$1" "" "$said"
}

# expect_ge WHAT AT-LEAST GOT
expect_ge() {
	(($3 >= $2)) || fail "$1: wanted at least $2, got $3"
}

# expect_line REGEX WHAT <TEXT: some whole line of TEXT is REGEX.
expect_line() {
	local text
	text=$(cat)
	grep -q -x -E -e "$1" <<<"$text" || fail "$2: no line '$1' in: ${text:-(nothing)}"
}

# expect_no REGEX WHAT <TEXT: no line of TEXT contains REGEX.
expect_no() {
	local line
	line=$(grep -m 1 -E -e "$1" || :)
	[[ -z $line ]] || fail "$2: $line"
}

# expect_same WHAT WANTED-FILE GOT-FILE
expect_same() {
	diff -U 0 --label wanted --label got "$2" "$3" || fail "$1 differs"
}

# ends_within SECONDS COMMAND...: comes to an end by then, and its status is this one's;
# otherwise it is left alone, in whatever state, and this one's is 124.
ends_within() {
	local ended=$TEST_DIR/ended said=$TEST_DIR/said
	rm -f "$ended"
	# Its output is a file: whoever hangs never closes a pipe.
	(
		trap 'echo $? >"$ended"' EXIT
		"${@:2}"
	) >"$said" 2>&1 &
	if ! lab-wait "$1" test -s "$ended"; then
		cat "$said"
		return 124
	fi
	cat "$said"
	return "$(<"$ended")"
}

# within SECONDS COMMAND...: the same, but what does not end hangs in the kernel, with
# locks that others want: the test fails and says where, nothing is undone, and no other
# test runs.
within() {
	local status=0
	ends_within "$@" || status=$?
	((status == 124)) || return "$status"
	echo "${*:2}" | tee "$TEST_DIR/hangs" >"$KTAP_HANGS"
	fail "not within $1 s: ${*:2}; $(hanging | paste -s -d';')"
}

# hanging: who sleeps where no signal wakes him, and in what, a line each.
hanging() {
	local dir
	for dir in /proc/[0-9]*; do
		! grep -q '^State:[[:space:]]*D' "$dir/status" 2>/dev/null ||
			echo "$(<"$dir/comm") in $(sed 's/^\[<0>\] //; s/+.*//' "$dir/stack" | head -n 8 | paste -s -d' ')"
	done
}

# run_tests: the plan, all tests, and one more that dom0 is as it was. A function
# epilogue, if the file has one, is called with "ok NAME" or "not ok NAME" of each.
run_tests() {
	local tests test found test_before test_results=()
	mapfile -t tests < <(test_list)
	found=$(dom0_state)
	test_before=$found
	ktap_print_header
	ktap_set_plan $((${#tests[@]} + 1))
	for test in "${tests[@]}"; do
		test_one "$test"
	done
	if [[ -e $TEST_DIR/hangs ]]; then
		test_verdict "dom0 is as it was found" "it hangs: $(<"$TEST_DIR/hangs")"
	else
		test_verdict "dom0 is as it was found" "$(test_difference "$found" "$test_before")"
	fi
	! declare -F epilogue >/dev/null || epilogue "${test_results[@]}"
	rm -rf "$TEST_DIR"
	ktap_finished
}

# Functions named test_* that stand in the test's own file, by line.
test_list() {
	shopt -s extdebug
	declare -F | while read -r _ _ name; do
		declare -F "$name"
	done | awk -v file="$0" '$1 ~ /^test_/ && $3 == file { print $2, $1 }' | sort -n | cut -d' ' -f2
}

test_one() {
	local after='' status started=$SECONDS
	rm -f "$TEST_DIR/why" "$TEST_DIR/kept"
	if [[ -e $TEST_DIR/hangs ]]; then
		test_verdict "$(tr _ ' ' <<<"${1#test_}")" "not run, for this hangs: $(<"$TEST_DIR/hangs")"
		return
	fi
	(test_body "$1") 2>&1 | sed -u 's/^/# /'
	status=${PIPESTATUS[0]}
	[[ -e $TEST_DIR/hangs ]] || after=$(dom0_state)
	if ((status)); then
		[[ -s $TEST_DIR/why ]] || echo "it ended with status $status" >"$TEST_DIR/why"
	elif [[ ! -e $TEST_DIR/kept ]]; then
		test_difference "$test_before" "$after" >"$TEST_DIR/why"
	fi
	test_before=${after:-$test_before}
	echo "# $((SECONDS - started)) s"
	test_verdict "$(tr _ ' ' <<<"${1#test_}")" "$(cat "$TEST_DIR/why" 2>/dev/null)"
}

# keep: what this test changes in dom0, later tests use: nothing is undone unless
# it fails. The last test that keeps leaves dom0 as it was found.
keep() {
	: >"$TEST_DIR/kept"
}

# test_verdict NAME WHY: one line; no WHY, no failure.
test_verdict() {
	if [[ -n $2 ]]; then
		printf '# %s\n' "failed: ${2//$'\n'/$'\n# '}"
		ktap_test_fail "$1"
		test_results+=("not ok $1")
	else
		ktap_test_pass "$1"
		test_results+=("ok $1")
	fi
}

test_difference() {
	diff -U 0 --label 'as it was' --label 'as it is' <(echo "$1") <(echo "$2") | grep '^[-+]' || :
}

test_body() {
	test_deferred=()
	set -eE -o pipefail
	trap 'test_blame "$BASH_COMMAND" "$?"' ERR
	trap test_undo EXIT
	"$1"
}

# The innermost command that failed is the reason.
test_blame() {
	[[ -s $TEST_DIR/why ]] || echo "line ${BASH_LINENO[0]} of ${FUNCNAME[1]}: '$1' ended with status $2" >"$TEST_DIR/why"
}

# shellcheck disable=SC2317 # called by trap
test_undo() {
	local status=$? i test_undoing=1
	trap - ERR
	set +e
	[[ ! -e $TEST_DIR/hangs ]] || exit "$status"
	((status)) || [[ ! -e $TEST_DIR/kept ]] || exit 0
	for ((i = ${#test_deferred[@]} - 1; i >= 0; i--)); do
		[[ -n ${test_deferred[i]:-} ]] || continue
		# A subshell, for a deferred fail must not keep the others from running.
		(eval "${test_deferred[i]}") && continue
		[[ -s $TEST_DIR/why ]] || echo "undoing it failed: ${test_deferred[i]}" >"$TEST_DIR/why"
		status=1
	done
	exit "$status"
}
