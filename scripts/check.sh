#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check.sh [all]: what guards the tree, stage by stage.
#
# Without `all` what half an hour is enough for; with it every file of the lab runs, on its
# architecture and kernel, and so do the checks that have a verb of their own. ONLY= names
# stages. Compilers and checkers come from a root that the lab keeps in its cache, so the
# machine needs no more than the lab does.
#
# A stage prints its own account. What did not run, and which verb runs it, stands before
# the last line, which adds the accounts up: "N passed, N failed, N skipped". All of that
# is build/check/report, too, with a line for each file of the lab.

set -uo pipefail
cd "$(dirname "$0")/.." || exit

LOGS=build/check
REPORT=$LOGS/report
QUICK='style build coccinelle unit fuzz lab selftests arm'
WHOLE='style build coccinelle unit fuzz lab boards docs packaging x86_64 arm64 armhf'
# The stages of one that are parts of what a stage of the other does.
PARTS='selftests arm'
STAGES=${ONLY:-$QUICK}
[[ ${1:-} != all ]] || STAGES=${ONLY:-$WHOLE}
# Here it names stages; the tests have one of their own.
unset ONLY
TOOLS=clang,libclang-rt-dev,libfdt-dev,libxen-dev,shellcheck,git
# The shortest of Arm's.
ARM=dtdev/pl031-marked
# What each verb does that no stage does.
OTHERS='debug-check mutants matrix bench to-kernel-check packages'
passed=0 failed=0 skipped=0 again=0

in_builder() {
	scripts/lab/builder --with "$TOOLS" -- "$@"
}

stage_style() {
	local tools
	tools=$(scripts/lab/linux-source-tools) || return
	mkdir -p build/tools && cp "$tools"/* build/tools/ || return
	# shellcheck disable=SC2016 # the builder's
	in_builder sh -c 'git config --global --add safe.directory /src &&
		CHECKPATCH=build/tools/checkpatch.pl exec scripts/check-style.sh'
}

stage_build() {
	scripts/check-build.sh
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

# The lab's own verdict, as far as nothing boots for it.
stage_lab() {
	scripts/lab/selftest --host
}

stage_boards() {
	selftests/boards/run
}

stage_docs() {
	COMMANDS=no scripts/check-docs.sh
}

stage_packaging() {
	selftests/packaging/run
}

# tests NAME=VALUE...: in the lab; what fails on a busy machine gets another try.
tests() {
	TRIES=${TRIES:-2} selftests/run "$@"
}

stage_selftests() {
	tests
}

stage_arm() {
	tests ONLY="$ARM"
}

stage_x86_64() {
	tests ARCH=x86_64 ONLY='*'
}

stage_arm64() {
	tests ARCH=arm64 ONLY='*'
}

stage_armhf() {
	tests ARCH=armhf ONLY='*'
}

# The last account of a stage's log, as four numbers; a stage without one failed.
account() {
	sed -nE 's/^# [a-z]+: ([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped(, ([0-9]+) at the second try)?$/\1 \2 \3 \5/p' "$1" | tail -n 1
}

run_stage() {
	local log=$LOGS/$1.log started=$SECONDS status=0 numbers
	echo "== $1"
	"stage_$1" 2>&1 | tee "$log"
	status=${PIPESTATUS[0]}
	read -ra numbers < <(account "$log")
	((${#numbers[@]} >= 3)) || numbers=(0 1 0)
	((status == 0 || numbers[1])) || numbers[1]=1
	passed=$((passed + numbers[0]))
	failed=$((failed + numbers[1]))
	skipped=$((skipped + numbers[2]))
	again=$((again + ${numbers[3]:-0}))
	echo "== $1: ${numbers[0]} passed, ${numbers[1]} failed, ${numbers[2]} skipped in $((SECONDS - started)) s"
	{
		echo "== $1: ${numbers[0]} passed, ${numbers[1]} failed, ${numbers[2]} skipped in $((SECONDS - started)) s"
		grep -E '^(not )?ok [0-9]+ [a-z0-9]+/|^not ok|^# [a-z0-9]+/.* SEED=' "$log"
	} >>"$REPORT"
}

# files_run: of the lab, in the stages that were run.
files_run() {
	local stage
	for stage in $STAGES; do
		sed -nE 's,^(not )?ok [0-9]+ ([a-z0-9]+/[a-z0-9-]+) #.*,\2,p' "$LOGS/$stage.log" 2>/dev/null
	done | LC_ALL=C sort -u
}

# not_run: what there is besides, and its verb, a line each.
not_run() {
	local all left stage verb stages=''
	all=$(ONLY='*' LIST=1 selftests/run | LC_ALL=C sort -u)
	left=$(LC_ALL=C comm -13 <(files_run) - <<<"$all" | paste -s -d' ')
	[[ -z $left ]] || echo "not run: $(wc -w <<<"$left") of $(wc -w <<<"$all") files of the lab: make check-all, or make selftests ONLY='$left'"
	for stage in $WHOLE $PARTS; do
		[[ " $STAGES " != *" $stage "* ]] || continue
		case $stage in
		x86_64 | arm64 | armhf) ;;
		boards) echo "not run: boards: make boards" ;;
		docs) echo "not run: docs: make docs-check" ;;
		packaging) echo "not run: packaging: make package-check" ;;
		*) stages+=" $stage" ;;
		esac
	done
	[[ -z $stages || $STAGES == "$WHOLE" ]] || echo "not run:$stages: make check"
	for verb in $OTHERS; do
		echo "not run: $verb: make $verb"
	done
}

main() {
	local stage
	mkdir -p "$LOGS"
	rm -f "$LOGS"/*.log
	echo "$(git describe --always --dirty 2>/dev/null || echo 'no git tree'), $(date -u '+%F %H:%M') UTC, stages: $STAGES" >"$REPORT"
	for stage in $STAGES; do
		run_stage "$stage"
	done
	{
		not_run
		echo "$passed passed, $failed failed, $skipped skipped$( ((again == 0)) || echo ", $again at the second try")"
	} | tee -a "$REPORT"
	((failed == 0 && passed > 0))
}

for stage in $STAGES; do
	[[ " $QUICK $WHOLE " == *" $stage "* ]] || {
		echo "scripts/check.sh: there is no stage '$stage' (ONLY='$QUICK')" >&2
		exit 2
	}
done
main
