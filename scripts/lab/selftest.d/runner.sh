#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# runner.sh TREE WORK: selftests/run and selftests/matrix over a lab that only plays what
# it is told. Prints what they do wrong.

set -uo pipefail

tree=$1 top=$2/tree bad=0
export XEN_LAB_CACHE=$2/cache
unset ONLY ARCH KERNEL XEN DRIVER MODULES TRIES SEED LIST

mkdir -p "$top/scripts" "$top/selftests/area"
cp -r "$tree/selftests/"{run,matrix,lib,allowed-skips} "$top/selftests/"
cp -r "$tree/scripts/lab" "$top/scripts/"
# What is tested by itself takes seconds, each time.
printf '#!/bin/sh\n' | tee "$top/selftests/lib/test-ktap.sh" >"$top/selftests/lib/test-ktap-verdict.sh"
cd "$top" || exit

# The lab: the n-th call does what line n of script says, "STATUS WORD".
cat >scripts/lab/run <<'END'
#!/bin/bash
echo x >>calls
read -r status word < <(sed -n "$(wc -l <calls)p" script)
for arg; do
	[[ $arg != *:/lab/seed ]] || cat "${arg%:*}" >>seeds
done
echo "lab: verdict: played $status" >&2
printf 'TAP version 13\n1..1\n'
case $word in
good) echo 'ok 1 it' ;;
bad) echo 'not ok 1 it' ;;
esac
exit "$status"
END
cat >scripts/lab/build-modules <<'END'
#!/bin/bash
mkdir -p built && : >built/build.log && echo built
END
printf '%s\n' '# SPDX' '# seed: lots' '# lab: --net n0' >selftests/area/one.sh

# play WANTED-STATUS WANTED-BOOTS LAST-LINE-PATTERN STEP...
play() {
	local status=0 last boots
	rm -f calls seeds
	printf '%s\n' "${@:4}" >script
	TRIES=${TRIES:-2} selftests/run >out 2>&1 || status=$?
	last=$(tail -n 1 out) boots=$(wc -l <calls)
	# shellcheck disable=SC2053 # a pattern on purpose
	if [[ $status != "$1" || $boots != "$2" || $last != $3 ]]; then
		echo "${*:4}: wanted status $1, $2 boots, '$3'; got $status, $boots, '$last'"
		bad=1
	fi
}

# matrix WANTED-STATUS STEP
matrix() {
	local status=0
	rm -f calls build/check/report
	echo "$2" >script
	TESTS=all selftests/matrix 6.12/4.20/x86_64 >out 2>&1 || status=$?
	[[ $status == "$1" ]] || { echo "matrix: $2: wanted status $1, got $status: $(cat out)" && bad=1; }
}

once='# selftests: 1 passed, 0 failed, 0 skipped'
play 0 1 "$once" '0 good'
play 1 2 '# selftests: 0 passed, 1 failed, 0 skipped' '1 bad' '1 bad'
for status in {121..128} 137 139 143; do
	play 1 1 '# selftests: 1 passed, 1 failed, 0 skipped' "$status good" '0 good'
done
play 1 1 '# selftests: 0 passed, * failed, 0 skipped' '125 bad' '0 good'
play 0 2 "$once, 1 at the second try" '120 good' '0 good'
play 0 1 "$once" '0 good'
# The second try draws the same lots, and is told of.
play 0 2 "$once, 1 at the second try" '1 bad' '0 good'
[[ $(sort -u seeds | wc -l) == 1 && $(wc -l <seeds) == 2 ]] || { echo "seeds differ: $(paste -s seeds)" && bad=1; }
grep -q "SEED=$(head -n 1 seeds)" out || { echo "the seed is not printed" && bad=1; }
# Twice in a row, it has failed, and does so until it passes at once.
play 1 2 '# selftests: 1 passed, 1 failed, 0 skipped' '1 bad' '0 good'
play 1 2 '# selftests: 1 passed, 1 failed, 0 skipped' '1 bad' '0 good'
play 0 1 "$once" '0 good'
play 0 2 "$once, 1 at the second try" '1 bad' '0 good'
play 1 2 '# selftests: 1 passed, 1 failed, 0 skipped' '0 silent' '125 good'
SEED=77 play 0 1 "$once" '0 good'
[[ $(<seeds) == 77 ]] || { echo "SEED=77 is not what the test drew" && bad=1; }

# What it wants made before is made, and if it cannot be, nothing boots.
cp selftests/area/one.sh one.kept
echo '# before: touch made' >>selftests/area/one.sh
play 0 1 "$once" '0 good'
[[ -e made ]] || { echo "what the test wants made before is not" && bad=1; }
echo '# before: : >calls; exit 1' >>one.kept
cp one.kept selftests/area/one.sh
play 1 0 '# selftests: 0 passed, 1 failed, 0 skipped' '0 good'
sed -i '/^# before/d' selftests/area/one.sh

# check WANTED-STATUS STAGES PATTERN STEP...: what the whole says; PATTERN of all of it.
check() {
	local status=0 said
	rm -f calls build/check/report
	printf '%s\n' "${@:4}" >script
	said=$(TRIES=2 ONLY=$2 scripts/check.sh 2>&1) || status=$?
	# shellcheck disable=SC2053 # a pattern on purpose
	[[ $status == "$1" && $said == $3 && $said == *"$(tail -n 3 build/check/report 2>/dev/null)" ]] ||
		{ echo "check, ${*:4}: wanted status $1, '$3'; got $status, '$said', report '$(cat build/check/report)'" && bad=1; }
}
mkdir -p selftests/dtdev
# A stage without a word.
printf '#!/bin/sh\n' >scripts/lab/builder
cp "$tree/scripts/check.sh" scripts/
cp selftests/area/one.sh selftests/dtdev/pl031-marked.sh
rest="*not run: 1 of 2 files of the lab: make check-all, or make selftests ONLY='area/one'*not run: docs: make docs-check*not run: bench: make bench*"
check 0 arm "$rest"$'\n''1 passed, 0 failed, 0 skipped' '0 good'
check 0 arm "$rest"$'\n''1 passed, 0 failed, 0 skipped, 1 at the second try' '1 bad' '0 good'
check 1 arm "$rest"$'\n''1 passed, 1 failed, 0 skipped' '125 good'
check 1 'arm unit' "*not run: style *"$'\n''1 passed, 1 failed, 0 skipped' '0 good'
check 2 'story' "*there is no stage 'story'*"
rm -r selftests/dtdev

matrix 0 '0 good'
matrix 1 '1 bad'
matrix 1 '123 silent'
sed -i 's/^main "\$@"$/choose() { exit 2; }; &/' selftests/run
matrix 1 '0 good'
exit "$bad"
