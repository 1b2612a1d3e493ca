# SPDX-License-Identifier: GPL-2.0
# A function's configuration space, and where two readings of it differ.
#
# Each reading is an array of numbers, a byte each. No process is started for what is
# done with them: there are thousands, and it is done after each reset.
# shellcheck shell=bash

# space_read NAME: into the array NAME.
space_read() {
	local -n space_bytes=$1
	read -r -d '' -a space_bytes < <(od -An -v -tu1 -w4096 "$PCI/$bdf/config") || :
	((${#space_bytes[@]} >= 64))
}

# live FROM COUNT [BITS]: these change by themselves, or with each life of a driver.
live() {
	local i
	for ((i = $1; i < $1 + $2; i++)); do
		ignored[i]=$((${ignored[i]:-0} | ${3:-255}))
	done
}

# live_message AT: what an MSI says, and to whom.
live_message() {
	local flags=$((bytes[$1 + 3] << 8 | bytes[$1 + 2]))
	live $(($1 + 2)) $((8 + (flags & 128 ? 4 : 0) + (flags & 256 ? 10 : 0)))
}

# live_express AT: status of device and link, of the second registers from version 2 on.
live_express() {
	live $(($1 + 10)) 2
	live $(($1 + 18)) 2
	((bytes[$1 + 2] % 16 < 2)) || {
		live $(($1 + 42)) 2
		live $(($1 + 50)) 2
	}
}

# live_from AT LENGTH HEAD: all of it but its head.
live_from() {
	live $(($1 + $3)) $(($2 > $3 ? $2 - $3 : 0))
}

# What a write does among a vendor's own registers, only he knows.
live_capability() {
	case $((bytes[$1])) in
	1) live $(($1 + 5)) 3 ;;
	3) live $(($1 + 2)) 6 ;;
	5) live_message "$1" ;;
	9) live_from "$1" $((bytes[$1 + 2])) 3 ;;
	16) live_express "$1" ;;
	17) live $(($1 + 3)) 1 192 ;;
	19) live $(($1 + 4)) 2 ;;
	esac
}

live_extended() {
	case $((bytes[$1 + 1] << 8 | bytes[$1])) in
	1) live $(($1 + 4)) 4 && live $(($1 + 16)) 4 && live $(($1 + 28)) 16 ;;
	11) live_from "$1" $((bytes[$1 + 7] << 4 | bytes[$1 + 6] >> 4)) 8 ;;
	29) live $(($1 + 8)) 2 ;;
	46) live $(($1 + 12)) 12 ;;
	esac
}

# space_live NAME: what is not compared, into ignored. A list of capabilities that goes
# round has an end, too. Bus mastering is for a driver to turn on.
space_live() {
	local -n bytes=$1
	local at left=48
	live 6 2
	[[ $found_driver != none ]] || live 4 1 4
	if ((bytes[6] & 16)); then
		at=$((bytes[52] & ~3))
		while ((at >= 64 && left--)); do
			live_capability "$at"
			at=$((bytes[at + 1] & ~3))
		done
	fi
	at=256 left=480
	while ((at >= 256 && at + 8 <= ${#bytes[@]} && left-- && (bytes[at] | bytes[at + 1]))); do
		live_extended "$at"
		at=$(((bytes[at + 3] << 4 | bytes[at + 2] >> 4) & ~3))
	done
}

# space_difference A B: sets difference to the bytes that are not the same, but for what
# is alive.
space_difference() {
	local -n a=$1 b=$2
	local at ignored=()
	difference=''
	[[ ${a[*]} != "${b[*]}" ]] || return 0
	((${#a[@]} == ${#b[@]})) || difference="${#b[@]} bytes instead of ${#a[@]}; "
	space_live "$1"
	for ((at = 0; at < ${#a[@]} && at < ${#b[@]}; at++)); do
		((!((a[at] ^ b[at]) & ~${ignored[at]:-0}))) ||
			printf -v difference '%s%03x: %02x, was %02x; ' "$difference" "$at" "${b[at]}" "${a[at]}"
	done
	difference=${difference%; }
	difference=${difference:0:300}
}
