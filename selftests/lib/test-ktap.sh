#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Tests ktap.sh, here on the host: what it gives as the reason of a failure.

set -u
here=$(dirname "$(readlink -f "$0")")
number=0 failed=0
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

# sample: a test file on standard input, as ktap.sh runs it; what it says is in $report.
sample() {
	{
		cat <<-'END'
			source() { builtin source "${1/#\/lab\/ktap_helpers.sh//dev/null}"; }
			ktap_print_header() { :; }
			ktap_set_plan() { :; }
			ktap_test_pass() { echo "ok $*"; }
			ktap_test_fail() { echo "not ok $*"; }
			ktap_finished() { :; }
			dom0_state() { :; }
		END
		echo "source $here/ktap.sh"
		cat
		echo run_tests
	} >"$TMPDIR/sample"
	report=$(bash "$TMPDIR/sample" 2>&1)
}

# says NAME LINE...: these lines of the report follow each other.
says() {
	number=$((number + 1))
	if [[ $report == *$'\n'"$(printf '%s\n' "${@:2}")"$'\n'* ]]; then
		echo "ok $number $1"
	else
		printf '# wanted %s\n' "${@:2}"
		echo "# got ${report//$'\n'/$'\n# '}"
		echo "not ok $number $1"
		failed=1
	fi
}

sample <<'END'
test_good() { defer true; }
test_fails() { fail "for this"; }
test_command() { false; }
test_undone() { defer fail "of the undoing"; }
test_twice() { defer fail "of the undoing"; defer fail "of the last"; }
test_both() { defer fail "of the undoing"; fail "of the test"; }
test_command_and_undone() { defer fail "of the undoing"; false; }
test_after_the_others() { :; }
END
echo 'KTAP version 1'
echo '1..15'
says 'a good test' 'ok good'
says 'a failure' '# failed: for this' 'not ok fails'
says 'a command that fails' "# failed: line 11 of test_command: 'false' ended with status 1" 'not ok command'
says 'undoing fails' '# failed: of the undoing' 'not ok undone'
says 'the first of two' '# failed: of the last' 'not ok twice'
says 'undoing fails after a failure' '# failed: of the test' 'not ok both'
says 'undoing fails after a command' "# failed: line 15 of test_command_and_undone: 'false' ended with status 1" 'not ok command and undone'
says 'the next one is not to blame' 'ok after the others'

PATH=$here/../../scripts/lab/common:$PATH KTAP_HANGS=$TMPDIR/hangs
export KTAP_HANGS
: >"$TMPDIR/empty"
echo words >"$TMPDIR/words"
sample <<'END'
test_empty() { expect_empty it "$TMPDIR/empty"; }
test_not_empty() { expect_empty it "$TMPDIR/words"; }
test_absent() { expect_empty it "$TMPDIR/absent"; }
test_ends() { within 10 echo "what it says"; }
test_ends_badly() { within 10 false; }
test_takes_long() { ends_within 1 sleep 5 || fail "status $?"; }
test_hangs() { defer fail "undone"; within 1 sleep 5; }
test_after_that() { :; }
END
says 'what ends' 'ok ends'
says 'a file that says nothing' 'ok empty'
says 'a file that says something' "# failed: it: wanted '', got 'words'" 'not ok not empty'
says 'no file' "# failed: it: $TMPDIR/absent cannot be read" 'not ok absent'
says 'what ends badly' 'not ok ends badly'
says 'what takes long' '# failed: status 124' 'not ok takes long'
says 'what hangs is the last' '# failed: not run, for this hangs: sleep 5' 'not ok after that'
exit "$failed"
