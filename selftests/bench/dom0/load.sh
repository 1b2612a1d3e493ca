# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Requests while others have requests, or work, too.

# measure_scale: 1, 2, ... guests that read at once. Fairness is the least that one
# got, in percent of the most.
measure_scale() {
	local count name names rate p99 fair
	for count in $GUESTS; do
		names=("${everyone[@]:0:count}")
		say scale "${names[@]}"
		hear "${names[@]}"
		for name in "${names[@]}"; do
			heard "$name"
		done | awk '{ for (i = 2; i < NF; i += 2) v[$i] = $(i + 1)
				errors += v["errors"]
				rate = v["asked"] * 1e9 / v["ns"]; sum += rate
				if (!n++ || rate < least) least = rate
				if (rate > most) most = rate
				if (v["p99"] > p99) p99 = v["p99"] }
			END { if (errors) exit 1; printf "%d %d %d\n", sum, p99, 100 * least / most }' >"$TEST_DIR/scale" ||
			fail "a reader had errors"
		read -r rate p99 fair <"$TEST_DIR/scale"
		figure "scale_$count" per_second "$rate"
		figure "scale_$count" p99 "$p99"
		figure "scale_$count" fairness "$fair"
	done
}

# measure_flood: a guest that asks now and then, alone and beside one that never stops.
measure_flood() {
	local flooding
	ask quiet reader1
	# shellcheck disable=SC2046 # words
	figures quiet_alone $(heard reader1 | cut -d' ' -f2-)
	say flood reader2
	flooding=$said
	ask quiet reader1
	# shellcheck disable=SC2046 # words
	figures quiet_flooded $(heard reader1 | cut -d' ' -f2-)
	said=$flooding
	hear reader2
	figure flooding asked "$(value asked "$(heard reader2)")"
}

# measure_busy: every CPU of dom0 has work.
measure_busy() {
	local pids=() i
	for ((i = 0; i < $(nproc); i++)); do
		setsid sh -c 'while :; do gzip -c /lab/guest/vmlinuz; done' >/dev/null &
		pids+=($!)
	done
	ask busy reader1
	for i in "${pids[@]}"; do
		kill -- "-$i"
	done
	wait "${pids[@]}" || :
	record reader1
}
