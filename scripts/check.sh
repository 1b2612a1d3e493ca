#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check.sh: everything that guards the tree, stage by stage.
#
# Compilers and checkers come from a root that the lab keeps in its cache, so the
# machine needs no more than the lab does. A stage prints its own account; the
# last line adds them up: "N passed, N failed, N skipped".

set -uo pipefail
cd "$(dirname "$0")/.." || exit

LOGS=build/check
STAGES=${ONLY:-style coccinelle unit fuzz selftests}
# Here it names stages; the tests have one of their own.
unset ONLY
TOOLS=clang,libclang-rt-dev,libfdt-dev,libxen-dev,shellcheck,git
passed=0 failed=0 skipped=0

in_builder() {
	scripts/lab/builder --with "$TOOLS" -- "$@"
}

stage_style() {
	local tools
	tools=$(scripts/lab/linux-source-tools) || return
	mkdir -p build/tools && cp "$tools"/* build/tools/ || return
	# shellcheck disable=SC2016 # KDIR is the builder's
	in_builder sh -c 'git config --global --add safe.directory /src &&
		CHECKPATCH=build/tools/checkpatch.pl exec scripts/check-style.sh'
}

stage_coccinelle() {
	scripts/check-coccinelle.sh
}

stage_unit() {
	in_builder make -s unit COVERAGE=1
}

stage_fuzz() {
	in_builder make -s fuzz T="${T:-10}"
}

stage_selftests() {
	TRIES=${TRIES:-2} selftests/run
}

# The last account of a stage's log, as three numbers; a stage without one failed.
account() {
	sed -nE 's/^# [a-z]+: ([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped(, [0-9]+ at the second try)?$/\1 \2 \3/p' "$1" | tail -n 1
}

run_stage() {
	local log=$LOGS/$1.log started=$SECONDS status=0 numbers
	echo "== $1"
	"stage_$1" 2>&1 | tee "$log"
	status=${PIPESTATUS[0]}
	read -ra numbers < <(account "$log")
	[[ ${#numbers[@]} == 3 ]] || numbers=(0 1 0)
	((status == 0 || numbers[1])) || numbers[1]=1
	passed=$((passed + numbers[0]))
	failed=$((failed + numbers[1]))
	skipped=$((skipped + numbers[2]))
	echo "== $1: ${numbers[0]} passed, ${numbers[1]} failed, ${numbers[2]} skipped in $((SECONDS - started)) s"
}

mkdir -p "$LOGS"
for stage in $STAGES; do
	run_stage "$stage"
done
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && passed > 0))
