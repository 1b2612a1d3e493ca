# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What `make bench` runs in dom0: the same guests and devices with the kernel's own
# xen-pciback, with ours, and with a backend that does nothing, in turn.
#
# Guests stay; the backend under them changes, as if their devices had been taken
# away and given again. /lab/bench/settings has what is to be done.
#
# Each figure is a line "bench ROUND DRIVER NAME STAT VALUE". Times are ns.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=/dev/null
source /lab/bench/settings

STOCK=/lab/in-tree/xen-pciback.ko.xz
YARD=/sys/kernel/debug/yardstick
TRACE=/sys/kernel/tracing
# How config space is reached in the end: below 0x100 by ports, above by memory.
WAYS='pci_conf1_read pci_conf1_write pci_mmcfg_read pci_mmcfg_write'

round=0 driver=none
declare -A domid

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

# The devices: one with everything, two for a stock driver, many for the crowd.
find_devices() {
	main=$(bdf_of 1b36:0010)
	mapfile -t nics < <(lspci -D -n -d 8086:10d3 | cut -d' ' -f1)
	mapfile -t crowd < <(lspci -D -n -d 1b36:0011 | cut -d' ' -f1)
	expect_eq "network cards" 2 "${#nics[@]}"
	expect_ge "functions for the crowd" $((READERS * 8 - 7)) "${#crowd[@]}"
	note "$main and ${nics[*]}; ${#crowd[@]} functions at ${crowd[0]}"
}

# Which requests are measured. 32 vectors are all that Xen lets a PV guest have without
# options. A register of a capability and one above 0x100 have to be looked up.
write_requests() {
	local express
	express=$(lspci -v -s "$main" | sed -n 's/.*Capabilities: \[\([0-9a-f]*\)\] Express.*/\1/p')
	[[ -n $express ]] || fail "$main has no express capability"
	cat <<-END
		latency read_id_1 count=$OPS size=1
		latency read_id_2 count=$OPS size=2
		latency read_id_4 count=$OPS
		latency read_command_2 count=$OPS offset=4 size=2
		latency read_status_2 count=$OPS offset=6 size=2
		latency read_bar_4 count=$OPS offset=16
		latency read_capability_2 count=$OPS offset=$((0x$express + 18)) size=2
		latency read_extended_4 count=$OPS offset=256
		latency read_absent_4 count=$OPS devfn=8
		latency write_byte count=$OPS cmd=1 offset=12 size=1 value=16
		quick read_id_4 count=$OPS
		busy busy_read_id_4 count=$OPS
		msix msix_1 count=5 cmd=4 value=1
		msix msix_8 count=5 cmd=4 value=8
		msix msix_32 count=5 cmd=4 value=32
		memory memory_on count=1 cmd=1 offset=4 size=2 value=6
		cpu cpu count=$((5 * OPS))
		scale scale ms=2000 count=100000
		quiet quiet ms=3000 gap=2000
		flood flood ms=4000 count=100000 events=3
		path path count=3 offset=6 size=2 gap=20000
		count_read_id read_id_4 count=200
		count_read_command read_command_2 count=200 offset=4 size=2
		count_read_status read_status_2 count=200 offset=6 size=2
		count_read_bar read_bar_4 count=200 offset=16
		count_read_capability read_capability_2 count=200 offset=$((0x$express + 18)) size=2
		count_read_extended read_extended_4 count=200 offset=256
		count_read_absent read_absent_4 count=200 devfn=8
		count_write write_byte count=200 cmd=1 offset=12 size=1 value=16
	END
}

# start_guest NAME SCRIPT LAB-GUEST-ARGUMENT...: in the background. The first real CPU is
# left to dom0: or whether the two want the same one would be most of what is measured.
start_guest() {
	defer guest_destroy "$1"
	guest_call "$@" 'cpus="all,^0"' --timeout 3000 --file /lab/guests/follow.sh --modules '' --detach &
}

# Two at a time: they are there for long, but not yet. The toolstack will give the
# first two devices.
start_guests() {
	local raw=(--file /lab/guest/updates/rawfront.ko --file /lab/bench/requests)
	local later=('passthrough="enabled"' e820_host=1) name i
	write_requests >/lab/bench/requests
	everyone=()
	for ((i = 1; i <= READERS; i++)); do
		everyone+=("reader$i")
	done
	start_guest prober prober.sh "${later[@]}"
	start_guest reader1 reader.sh "${raw[@]}" "${later[@]}"
	wait
	for ((i = 2; i <= READERS; i++)); do
		start_guest "reader$i" reader.sh "${raw[@]}" --mem 192
		((i % 2 == 0)) || wait
	done
	wait
	for name in prober "${everyone[@]}"; do
		guest_reaches "$name" ready
		domid[$name]=$(xl domid "$name")
	done
}

# say WHAT NAME...: all these guests get one word at once, new each time; in $said.
say() {
	local what=$1 name words=()
	shift
	said=$what-${EPOCHREALTIME/./}
	for name; do
		words+=("/local/domain/${domid[$name]}/data/step" "$said")
	done
	xenstore-write "${words[@]}"
}

# hear NAME...: until each has answered what was said. Nobody looks at the clock.
hear() {
	local name
	for name; do
		timeout 120 grep -q -m 1 "^$name: told $said end" < <(tail -n +1 -f "$TEST_DIR/$name.log") ||
			fail "$name does not answer $said: $(guest_last "$name")"
	done
}

# heard NAME: what it answered, a line each.
heard() {
	sed -n "s/^$1: told $said \(.* .*\)/\1/p" "$TEST_DIR/$1.log"
}

# ask WHAT NAME
ask() {
	say "$@"
	hear "$2"
}

# record NAME: the figures of its answer.
record() {
	local line
	while read -r line; do
		# shellcheck disable=SC2086 # words
		figures $line
	done < <(heard "$1")
}

load_driver() {
	case $driver in
	ours) modprobe xen-pciback "hide=$1" ;;
	in-tree) insmod "$STOCK" "hide=$1" ;;
	floor) modprobe floorback ;;
	esac
}

unload_driver() {
	case $driver in
	ours | in-tree) rmmod xen-pciback ;;
	floor) rmmod floorback ;;
	esac
	driver=none
}

# connect NAME BDF: as the toolstack does, but for what only device memory and
# interrupts need.
connect() {
	local id=${domid[$1]} front back
	front=/local/domain/$id/device/pci/0
	back=/local/domain/0/backend/pci/$id/0
	xenstore-write "$front" '' "$back" ''
	xenstore-chmod "$front" "n$id" r0
	xenstore-chmod "$back" n0 "r$id"
	xenstore-write "$back/frontend" "$front" "$back/frontend-id" "$id" "$back/online" 1 "$back/domain" "$1" \
		"$back/num_devs" 1 "$back/key-0" "$2" "$back/dev-0" "$2" "$back/state-0" 1 "$back/state" 1 \
		"$front/backend" "$back" "$front/backend-id" 0 "$front/state" 1
}

is_connected() {
	[[ $(xenstore-read "/local/domain/${domid[$1]}/device/pci/0/state" "/local/domain/0/backend/pci/${domid[$1]}/0/state" 2>/dev/null | paste -s) == $'4\t4' ]]
}

await_connected() {
	local name
	for name; do
		await 60 is_connected "$name" || fail "$name does not connect to $driver"
	done
}

is_disconnected() {
	[[ ! -e /sys/bus/xen-backend/devices/pci-${domid[$1]}-0 ]]
}

disconnect() {
	xenstore-rm "/local/domain/${domid[$1]}/device/pci/0" "/local/domain/0/backend/pci/${domid[$1]}/0"
	await 60 is_disconnected "$1" || fail "$1 does not let go of $driver"
}

# attach NAME BDF, detach NAME BDF: by the toolstack.
attach() {
	xl pci-attach "$1" "$2" || fail "$2 cannot be given to $1"
}

detach() {
	xl pci-detach "$1" "$2" || fail "$2 cannot be taken from $1"
}

# measure_floor: what no backend can beat that waits for events.
measure_floor() {
	local name
	driver=floor
	load_driver ''
	for name in "${everyone[@]}"; do
		connect "$name" "$main"
	done
	await_connected "${everyone[@]}"
	ask quick reader1
	record reader1
	attempt measure_scale
	for name in "${everyone[@]}"; do
		disconnect "$name"
	done
	unload_driver
}

# measure_bare: the device itself, from dom0's kernel.
measure_bare() {
	driver=bare
	echo "$main 0 4 $OPS" >"$YARD/config"
	# shellcheck disable=SC2046 # words
	figures read_id_4 $(cat "$YARD/config")
	echo "$main 256 4 $OPS" >"$YARD/config"
	# shellcheck disable=SC2046 # words
	figures read_extended_4 $(cat "$YARD/config")
	driver=none
}

# probe_span MARK: what prober.sh calls probe, by dom0's own log; fails until then.
probe_span() {
	dmesg | awk -v mark="$1" 'index($0, mark) { probe = bound = "" }
		{ now = substr($0, 2, 13) * 1000000 }
		/e1000e [0-9a-f]+:[0-9a-f]+:/ && !probe { probe = now }
		/e1000e.*: bound to device/ { bound = now }
		END { if (probe == "" || bound == "") exit 1; print bound - probe }'
}

has_probed() {
	probe_span "$1" >/dev/null
}

# measure_native: the same driver probes the same devices, with no backend below it:
# what of a guest's time is not xen-pciback's.
measure_native() {
	local mark name i
	driver=native
	modprobe e1000e
	for i in 0 1; do
		[[ $(driver_of "${nics[i]}") != e1000e ]] || echo "${nics[i]}" >/sys/bus/pci/drivers/e1000e/unbind
		mark="bench native $round $i"
		echo "$mark" >/dev/kmsg
		echo "${nics[i]}" >/sys/bus/pci/drivers/e1000e/bind
		await 60 has_probed "$mark" || fail "dom0's own driver does not take ${nics[i]}"
		((i)) && name=hotadd || name=enumeration
		figure $name bound $(($(probe_span "$mark") * 1000))
	done
	modprobe -r e1000e
	driver=none
}

measure_latency() {
	ask latency reader1
	record reader1
	[[ $driver != ours ]] || measure_events
}

# measure_events: ours, as it is if it never looks out for the next request.
measure_events() {
	local poll=/sys/module/xen_pciback/parameters/poll_us was
	was=$(<$poll)
	driver=events
	echo 0 >$poll
	ask latency reader1
	record reader1
	echo "$was" >$poll
	driver=ours
}

measure_msix() {
	ask memory reader1
	ask msix reader1
	record reader1
}

measure_cpu() {
	local before spent
	before=$(<"$YARD/running")
	ask cpu reader1
	spent=$(($(<"$YARD/running") - before))
	figure cpu_10000_ops ms $((spent / 100 / $(value asked "$(heard reader1)")))
}

# hits: how often config space was reached.
hits() {
	awk '/ bench_/ { sum += $2 } END { print sum + 0 }' "$TRACE/kprobe_profile"
}

# measure_accesses: to the hardware, of each kind of request. The probes slow
# everything down, so that is for its own.
measure_accesses() {
	local way what before name
	for way in $WAYS; do
		echo "p:bench_$way $way" >>"$TRACE/kprobe_events"
		echo 1 >"$TRACE/events/kprobes/bench_$way/enable"
	done
	for what in id command status bar capability extended absent; do
		before=$(hits)
		ask "count_read_$what" reader1
		name=$(heard reader1 | cut -d' ' -f1)
		figure "$name" accesses "$(awk -v n=$(($(hits) - before)) 'BEGIN { printf "%.2f", n / 200 }')"
	done
	before=$(hits)
	ask count_write reader1
	figure write_byte accesses "$(awk -v n=$(($(hits) - before)) 'BEGIN { printf "%.2f", n / 200 }')"
	for way in $WAYS; do
		echo 0 >"$TRACE/events/kprobes/bench_$way/enable"
		echo "-:bench_$way" >>"$TRACE/kprobe_events"
	done
}

# show_path: where the time goes between the event and the answer's, once, for
# reading. Probes cost time, too.
show_path() {
	local probe
	echo 0 >"$TRACE/tracing_on"
	echo >"$TRACE/trace"
	printf '%s\n' 'p:bench_event xen_pciback:ring_event' 'r:bench_event_end xen_pciback:ring_event' \
		'p:bench_notify notify_remote_via_irq' 'r:bench_notify_end notify_remote_via_irq' \
		"p:bench_hardware pci_conf1_read" "r:bench_hardware_end pci_conf1_read" >>"$TRACE/kprobe_events"
	for probe in event event_end notify notify_end hardware hardware_end; do
		echo 1 >"$TRACE/events/kprobes/bench_$probe/enable"
	done
	echo 1 >"$TRACE/events/xen_pciback/enable"
	echo 1 >"$TRACE/tracing_on"
	ask path reader1
	echo 0 >"$TRACE/tracing_on"
	echo 0 >"$TRACE/events/enable"
	grep -E 'bench_|decision|op:' "$TRACE/trace" | tail -n 24 | sed 's/^/path /'
	for probe in event event_end notify notify_end hardware hardware_end; do
		echo "-:bench_$probe" >>"$TRACE/kprobe_events"
	done
	echo 1 >"$TRACE/tracing_on"
}

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

# probe NAME BDF: gives the device to the stock driver. Only xl gives dom0 work meanwhile.
probe() {
	local began took hearing
	ask mark prober
	said=times-${said#*-}
	hear prober &
	hearing=$!
	began=$(now_ms)
	attach prober "$2"
	took=$(($(now_ms) - began))
	wait "$hearing"
	# shellcheck disable=SC2046 # words
	set -- "$1" "$took" $(heard prober | sed 's/^device //')
	figure "$1" xl $(($2 * 1000000))
	figure "$1" scan $(($4 * 1000))
	figure "$1" probe $(($6 * 1000))
	figure "$1" bound $(($8 * 1000))
}

# measure_probes: the first device, with the frontend's connection; and one more.
measure_probes() {
	probe enumeration "${nics[0]}"
	probe hotadd "${nics[1]}"
}

release_probes() {
	detach prober "${nics[1]}"
	detach prober "${nics[0]}"
	await 60 is_disconnected prober || fail "the prober does not let go of $driver"
}

# crowd_of COUNT: the first COUNT functions of the crowd, as hide= takes them: a
# parameter may not be long, so whole devices with a star.
crowd_of() {
	local i
	for ((i = 0; i < $1; i++)); do
		if ((i % 8 == 0 && i + 8 <= $1)); then
			printf '(%s*)' "${crowd[i]%?}"
			((i += 7))
		else
			printf '(%s)' "${crowd[i]}"
		fi
	done
}

measure_driver() {
	local i name read=() hide="($main)(${nics[0]})(${nics[1]})"
	driver=$1
	# Each at function 0, where a guest finds it and the requests look for it.
	for ((i = 2; i <= READERS; i++)); do
		read+=("${crowd[(i - 1) * 8]}")
		hide+="(${read[-1]})"
	done
	load_driver "$hide"
	attach reader1 "$main"
	for ((i = 2; i <= READERS; i++)); do
		connect "reader$i" "${read[i - 2]}"
	done
	await_connected "${everyone[@]}"
	attempt measure_latency
	attempt measure_cpu
	attempt measure_msix
	((round > 1)) || attempt measure_accesses
	[[ $round != 1 || $driver != ours ]] || attempt show_path
	attempt measure_scale
	((READERS < 2)) || attempt measure_flood
	attempt measure_busy
	attempt measure_probes
	release_probes
	for name in "${everyone[@]:1}"; do
		disconnect "$name"
	done
	detach reader1 "$main"
	await 60 is_disconnected reader1 || fail "reader1 does not let go of $driver"
	unload_driver
}

# is_seized COUNT
is_seized() {
	local links=("$PCIBACK"/????:*)
	((${#links[@]} == $1))
}

# measure_growth: the driver with more and more functions.
measure_growth() {
	local count began
	for count in $GROWTH; do
		driver=$1
		((count <= ${#crowd[@]})) || continue
		began=$(now_ms)
		load_driver "$(crowd_of "$count")"
		await 120 is_seized "$count" || fail "$driver has not seized $count functions"
		figure "growth_$count" load $((($(now_ms) - began) * 1000000))
		connect reader1 "${crowd[0]}"
		await_connected reader1
		ask quick reader1
		# shellcheck disable=SC2046 # words
		figures "growth_$count" $(heard reader1 | cut -d' ' -f2-)
		disconnect reader1
		began=$(now_ms)
		unload_driver
		driver=$1
		figure "growth_$count" unload $((($(now_ms) - began) * 1000000))
		driver=none
	done
}

test_bench() {
	local name
	modprobe yardstick
	defer modprobe -r yardstick
	defer unload_driver
	find_devices
	echo 'func driver_bound +p' >/sys/kernel/debug/dynamic_debug/control
	start_guests
	for ((round = 1; round <= ROUNDS; round++)); do
		measure_bare
		measure_floor
		measure_native
		measure_driver in-tree
		measure_driver ours
	done
	round=1
	measure_growth in-tree
	measure_growth ours
	for name in prober "${everyone[@]}"; do
		guest_tell "$name" shutdown
		guest_ends "$name"
	done
	[[ ! -e $TEST_DIR/missing ]] || fail "figures are missing: $(paste -s -d, "$TEST_DIR/missing")"
}

run_tests
