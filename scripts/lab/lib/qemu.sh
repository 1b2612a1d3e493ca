# SPDX-License-Identifier: GPL-2.0
# Starting QEMU and reading what dom0 says on the result channel.
# shellcheck shell=bash

# qemu_common RUN-DIR: what every machine gets, one word per line.
qemu_common() {
	local run=$1 id device
	printf '%s\n' -nodefaults -no-user-config -display none -no-reboot -accel tcg,thread=multi \
		-chardev "file,id=console,path=$run/console.log" \
		-chardev "pipe,id=result,path=$run/result" \
		-chardev "socket,id=monitor-port,path=$run/monitor,server=on,wait=off" \
		-chardev "socket,id=monitor-self,path=$run/monitor" \
		-mon chardev=monitor-self,mode=control
	for id in "${nets[@]}"; do
		printf '%s\n' -netdev "user,id=$id"
	done
	disk_arguments
	for device in "${pci[@]}"; do
		printf '%s\n' -device "$device"
	done
	printf '%s\n' "${qemu_extra[@]}"
}

# qemu_start RUN-DIR: in the background; sets qemu_pid. The writing end of the
# result pipe is held from the start, so that the reader ends when QEMU ends,
# even if that is before it opened anything.
qemu_start() {
	local run=$1 command
	# By way of a file, for a failure in here must end the run.
	{
		qemu_command "$arch"
		boot_arguments "$run"
		qemu_common "$run"
	} >"$run/command"
	mapfile -t command < <(grep . "$run/command")
	mkfifo "$run/result.in" "$run/result.out"
	(exec 9<>"$run/result.out" && exec timeout --kill-after=5 "$timeout" "${command[@]}") \
		</dev/null >"$run/qemu.log" 2>&1 &
	qemu_pid=$!
}

# qemu_stop: never by name, only ours.
qemu_stop() {
	[[ -n ${qemu_pid:-} ]] || return 0
	kill "$qemu_pid" 2>/dev/null || :
	wait "$qemu_pid" 2>/dev/null || :
	qemu_pid=''
}

# channel_read NONCE: script output to stdout, the rest into variables. After the
# end record the machine has a minute to go.
channel_read() {
	local nonce=$1 line patience=()
	end_status='' splats=() failed='' began=''
	while IFS= read -r "${patience[@]}" line || [[ -n $line ]]; do
		case $line in
		*"lab-begin $nonce "*)
			began=$(seconds_since "$qemu_started")
			say "the script begins after $(seconds_since "$lab_started") s: ${line#*"$nonce" }"
			;;
		*"lab-note $nonce "*) say "${line#*"$nonce" }" ;;
		*"lab-splat $nonce "*)
			channel_partial "$line" splat "$nonce"
			splats+=("${line#*"lab-splat $nonce "}")
			;;
		*"lab-failed $nonce "*) failed=${line#*"$nonce" } ;;
		*"lab-end $nonce "*)
			channel_partial "$line" end "$nonce"
			end_status=${line#*"lab-end $nonce "}
			patience=(-t 60)
			;;
		*) printf '%s\n' "$line" ;;
		esac
		line=''
	done
}

# A script's last words may lack their newline.
channel_partial() {
	[[ $1 == "lab-$2 $3 "* ]] || printf '%s\n' "${1%%"lab-$2 $3 "*}"
}
