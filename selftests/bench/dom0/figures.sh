# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What was measured, as lines, and what could not be.
#
# Each figure is a line "bench ROUND DRIVER NAME STAT VALUE". Times are ns.

round=0 driver=none

# figure NAME STAT VALUE
figure() {
	note "bench $round $driver $1 $2 $3"
}

# figures NAME KEY VALUE...: of a line as a guest, or yardstick, prints it.
figures() {
	local name=$1
	shift
	while (($# > 1)); do
		case $1 in
		p50 | p99) figure "$name" "$1" "$2" ;;
		late) [[ $2 == 0 ]] || fail "$name by $driver: $2 requests had no answer" ;;
		errors) [[ $2 == 0 || $name == read_absent_4 ]] || fail "$name by $driver: $2 requests failed" ;;
		esac
		shift 2
	done
}

# attempt FUNCTION: the others' figures are worth having even if it fails.
attempt() {
	"$@" &
	wait "$!" && return
	note "missing: $1 by $driver: $(cat "$TEST_DIR/why" 2>/dev/null)"
	echo "$1 by $driver" >>"$TEST_DIR/missing"
	rm -f "$TEST_DIR/why"
}

# value KEY LINE: the number after KEY.
value() {
	sed -n "s/^\(.* \)\{0,1\}$1 \([0-9]*\).*/\2/p" <<<"$2"
}

now_ms() {
	echo $((${EPOCHREALTIME/./} / 1000))
}
