# SPDX-License-Identifier: GPL-2.0
# From what was seen to one line and one exit status.
# shellcheck shell=bash

# console_lines RUN-DIR: those since the script began if it did, or since the machine
# started, if the modules under test are in the initramfs.
console_lines() {
	[[ -e $1/console.log ]] || return 0
	tr -d '\r\000' <"$1/console.log" |
		awk -v mark="lab: script begins $nonce" -v all="$([[ -n ${began:-} && -z $initrd ]] || echo yes)" \
			'all || on { print } index($0, mark) { on = 1 }'
}

# console_find RUN-DIR REGEX: the first such line.
console_find() {
	console_lines "$1" | kcsan_sift counted "$modules_ours" | grep -m 1 -E "$2" | sed 's/^ *//' || :
}

# console_fault RUN-DIR: the first IOMMU fault that no --may-fault is for. A function may
# make them as long as a guest has it, which our driver tells; dom0's own, and those of
# what was taken from a guest, are faults of the driver.
console_fault() {
	console_lines "$1" | grep -E "$SPLAT_IOMMU|pciback .*(given to|taken from) domain" |
		awk -v may="${may_fault[*]}" -v told="$([[ $driver != ours ]] || echo yes)" '
			BEGIN {
				count = split(may, words, " ")
				for (i = 1; i <= count; i++)
					always[i] = sub(/^always:/, "", words[i])
			}
			{ bdf = match($0, /[0-9a-f]+:[0-9a-f]+:[0-9a-f]+\.[0-7]/) ? substr($0, RSTART, RLENGTH) : "" }
			/pciback .*given to domain/ { given[bdf] = 1; next }
			/pciback .*taken from domain/ { delete given[bdf]; next }
			{
				for (i = 1; i <= count; i++)
					if (index($0, words[i]) && (always[i] || bdf == "" || bdf in given || !told))
						next
				print
				exit
			}' | sed 's/^ *//' || :
}

# verdict_reach RUN-DIR QEMU-STATUS: sets verdict and verdict_status.
verdict_reach() {
	local run=$1 qemu_status=$2 line
	if [[ -n $end_status && $qemu_status == 0 ]]; then
		verdict_of_ended "$run"
		return
	fi
	line=$(console_find "$run" "$SPLAT_FATAL")
	if [[ -n $line ]]; then
		verdict="panic: $line" verdict_status=123
	elif [[ -n $failed ]]; then
		verdict="no clean end: $failed" verdict_status=122
	elif [[ $qemu_status == 124 || $qemu_status == 137 ]]; then
		line=$(console_find "$run" "$SPLAT_LINUX|$SPLAT_XEN")
		verdict="timeout after $timeout s${line:+ (splat: $line)}" verdict_status=124
	elif [[ ! -s $run/console.log ]]; then
		verdict="QEMU did not start: $(grep -v '^$' "$run/qemu.log" | tail -n 1)" verdict_status=121
	else
		verdict="no clean end" verdict_status=122
		[[ -z $end_status ]] || verdict+=": the machine did not power off"
		line=$(console_find "$run" "$SPLAT_LINUX|$SPLAT_XEN")
		[[ -z $line ]] || verdict+=" (splat: $line)"
	fi
}

# dom0 looked at its own log; the console also has what came later, and Xen's.
verdict_of_ended() {
	local line
	if ((${#splats[@]} == 0)); then
		line=$(console_find "$1" "$SPLAT_LINUX|$SPLAT_XEN")
		[[ -z $line ]] || splats+=("console: $line")
	fi
	line=$(console_fault "$1")
	if ((${#splats[@]})); then
		verdict="splat in ${splats[0]}" verdict_status=125
		[[ $end_status == 0 ]] || verdict+=" (script exited $end_status)"
	elif [[ -n $line ]]; then
		verdict="IOMMU fault: $line" verdict_status=125
		[[ $end_status == 0 ]] || verdict+=" (script exited $end_status)"
	elif [[ $end_status == 0 ]]; then
		verdict=passed verdict_status=0
	else
		verdict="script exited $end_status" verdict_status=$end_status
	fi
}

# verdict_record FILE: what ran, on what, and what came of it.
verdict_record() {
	{
		echo "verdict: $verdict"
		echo "status: $verdict_status"
		echo "script: $(basename "$script")"
		echo "arch: $arch"
		echo "driver: $driver"
		list_versions
		echo "seconds to the script: ${began:-never}"
		echo "seconds in all: $(seconds_since "$lab_started")"
	} >"$1"
}
