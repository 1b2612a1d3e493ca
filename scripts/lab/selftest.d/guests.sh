# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What lab-guest promises, in one boot: statuses, output, several guests side by
# side, detach and wait, a guest destroyed from outside, a guest that never ends.

failures=0

# expect WHAT WANTED GOT
expect() {
	if [[ $2 == "$3" ]]; then
		echo "fine: $1"
	else
		echo "WRONG: $1: wanted '$2', got '$3'"
		failures=$((failures + 1))
	fi
}

# shellcheck disable=SC2016 # expanded in the guest
printf 'echo hello from $LAB_GUEST; echo to stderr >&2; cat /lab/words; printf "no newline"; exit 7\n' >seven
printf 'lab-wait 60 test -e /nowhere\n' >forever
printf 'some \\ words %%s\n' >words

out=$(lab-guest seven --script seven --file words)
expect 'status of the script' 7 $?
expect 'its output' $'seven: hello from seven\nseven: to stderr\nseven: some \\ words %s\nseven: no newline' "$out"
expect 'the domain is gone' 1 "$(xl list | grep -c -v Name)"

lab-guest one --script forever --detach
expect 'detached start' 0 $?
lab-guest two --script seven --file words --detach
expect 'two at once' 0 $?
lab-guest --wait two
expect 'waiting for the second' 7 $?
xl destroy one
lab-guest --wait one
expect 'a destroyed guest' 124 $?

lab-guest slow --script forever --timeout 15
expect 'a guest that takes too long' 123 $?
lab-guest crash --script crash --may-crash 2>/dev/null
expect 'a guest without its script' 125 $?
echo 'echo c >/proc/sysrq-trigger' >crash
lab-guest crash --script crash --may-crash | grep -v kernel:
expect 'a guest that panics, allowed to' 122 "${PIPESTATUS[0]}"
lab-guest bad --script seven 'memory=99999999'
expect 'a guest that cannot start' 125 $?
exit "$failures"
