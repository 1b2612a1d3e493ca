#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# hw-check.sh TREE WORK: xen-pciback-hw-check, over a function and a driver that are only
# played, with each step failing once. Prints what it does wrong.
#
# The function is a directory of files; what the driver does with them when something is
# written to it, put does here.

# shellcheck disable=SC2317,SC2034 # called, and read, by the program
set -uo pipefail

tree=$1 work=$2/hw-check bad=0
bdf=0000:05:00.0 mac=52:54:00:12:34:56
mkdir -p "$work"
sed -e '/^main "\$@"$/d' -e "s,^here=.*,here=$tree/scripts," "$tree/scripts/xen-pciback-hw-check" >"$work/program"

# bytes OFFSET BYTE...: of the configuration space.
bytes() {
	local byte
	for byte in "${@:2}"; do
		# shellcheck disable=SC2059 # the byte is the format
		printf "\\x$byte"
	done | dd of="$dev/config" bs=1 seek="$1" conv=notrunc status=none
}

# function_made: e1000e's, with power management, MSI, PCI Express, AER and a serial number.
function_made() {
	mkdir -p "$dev/power" "$PCIBACK" "$DRIVERS/e1000e" "$PARAMETERS"
	head -c 4096 /dev/zero >"$dev/config"
	bytes 0 86 80 d3 10
	bytes 6 10
	bytes 52 40
	bytes 61 1
	bytes 64 01 50
	bytes 80 05 60 80
	bytes 96 10 00 02
	bytes 256 01 00 01 14
	bytes 320 03 00 01 00 56 34 12 00
	echo 0x020000 >"$dev/class"
	echo '(null)' >"$dev/driver_override"
	echo auto >"$dev/power/control"
	echo active >"$dev/power/runtime_status"
	echo D0 >"$dev/power_state"
	echo 11 >"$dev/irq"
	echo 0x8086 | tee "$dev/subsystem_vendor" >"$dev/subsystem_device"
	echo flr >"$dev/reset_method"
	echo '2.5 GT/s PCIe' | tee "$dev/current_link_speed" >"$dev/max_link_speed"
	echo 1 | tee "$dev/current_link_width" >"$dev/max_link_width"
	[[ $had == none ]] || driven
	echo N >"$PARAMETERS/takeover"
	echo Y >"$PARAMETERS/idle_d3"
	: | tee "$PCIBACK/slots" "$PCIBACK/hide_status" "$PCIBACK/return" >"$root/log"
}

driven() {
	ln -s "$DRIVERS/e1000e" "$dev/driver"
	mkdir "$dev/net"
}

says() {
	echo "$2" >"$dev/pciback/$1"
}

seized() {
	[[ $fault != take ]] || return 0
	rm -rf "$dev/net" "$dev/driver"
	ln -s "$PCIBACK" "$dev/driver"
	mkdir "$dev/pciback"
	says state idle
	says reset_result 0
	says reset_method flr
	says isolation quarantined
	says ops 0
	says errors 'fatal 0'
	[[ $(<"$PARAMETERS/idle_d3") == N ]] || echo D3hot >"$dev/power_state"
	echo "[ 1.0] pciback $bdf: seizing device" >>"$root/log"
}

let_go() {
	rm -r "$dev/pciback" "$dev/driver"
	echo D0 >"$dev/power_state"
}

# Awake, unless that is what fails; message addresses are the driver's own affair.
reset_now() {
	[[ $fault != wake || $(<"$dev/power_state") != D3hot ]] || return 0
	echo D0 >"$dev/power_state"
	[[ $fault != another ]] || bytes 12 22
	# Not INT: who is in the background of a script may have been started deaf to that.
	[[ $fault != interrupt ]] || kill -TERM "$BASHPID"
	[[ $fault == reset ]] || return 0
	says reset_result '-25 no method fits'
	said='Inappropriate ioctl for device'
	return 1
}

returned() {
	said='Device or resource busy'
	[[ $(<"$dev/pciback/state") == idle && $fault != return ]] || return 1
	let_go
	: >"$PCIBACK/slots"
	[[ $fault == gone || ($had == none && $fault != greedy) ]] || driven
	[[ $fault != verify ]] || bytes 60 a5
	bytes 84 12
	echo "[ 2.0] pciback $bdf: released, $mac" >>"$root/log"
}

played() {
	put() {
		said=''
		case $1 in
		*/new_slot)
			echo "$bdf" >"$PCIBACK/slots"
			if [[ $fault == kept ]]; then
				echo "[ 1.0] pciback: new_slot $bdf: kept: network eth0" >>"$root/log"
			elif [[ -e $dev/driver && $(<"$PARAMETERS/takeover") == Y ]]; then
				seized
			fi
			;;
		*/pciback/bind) seized ;;
		*/pciback/unbind) let_go ;;
		*/do_flr) reset_now ;;
		*/return) returned ;;
		*/remove_slot) : >"$PCIBACK/slots" ;;
		*/e1000e/bind) [[ $fault != gone ]] && driven ;;
		*/driver/unbind) rm -r "$dev/driver" "$dev/net" ;;
		*) echo "$2" >"$1" ;;
		esac
	}
	prepare_host() { :; }
	prepare_module() { [[ $fault != module ]] || leave 4 'xen-pciback cannot be loaded'; }
	lspci() { echo "$bdf Ethernet controller [0200]"; }
	dmesg() { cat "$root/log"; }
	log_mark() {
		mark="mark"
		echo "[ 0.5] $mark" >>"$root/log"
	}
	timeout() { "${@:2}"; }
	xenstore-read() { return 1; }
	xl() {
		case $1 in
		domid) [[ -e $root/guest ]] && echo 3 ;;
		create)
			[[ $fault != guest ]] || return 1
			: >"$root/guest"
			says state assigned
			[[ $fault == mute ]] || says ops 7
			;;
		list) echo '  "type": "pv",' ;;
		*)
			rm -f "$root/guest"
			says state idle
			;;
		esac
	}
}

# program HAD FAULT ARG...: one life of it, with a function that had that driver.
program() (
	had=$1 fault=$2 root=$work/$2-$1
	rm -rf "$root"
	# shellcheck source=/dev/null
	source "$work/program"
	set +e
	PCI=$root/devices DRIVERS=$root/drivers PCIBACK=$root/drivers/pciback PARAMETERS=$root/parameters
	PATIENCE=1 GUEST_COMES=1 GUEST_RUNS=1 dev=$PCI/$bdf TMPDIR=$work
	function_made
	played
	main --guest "$work/program" --resets 2 "${@:3}" "$bdf"
)

# expect HAD FAULT STATUS LINE...: it ends so, says all of these, each a pattern, and but
# for status 5 everything is as before.
expect() {
	local status=0 said line root=$work/$2-$1
	said=$(program "$1" "$2" 2>&1) || status=$?
	[[ $status == "$3" ]] || wrong "$2" "status $status, wanted $3: $said"
	for line in "${@:4}"; do
		grep -q -x -E -e "$line" <<<"$said" || wrong "$2" "no line '$line' in: $said"
	done
	! grep -q -E "$mac|unbound|line [0-9]+:" <<<"$said" || wrong "$2" "$said"
	[[ $3 == 5 ]] || [[ $(as_left) == "$1 auto N Y none" ]] || wrong "$2" "left: $(as_left); it said: $said"
}

as_left() {
	local driver
	driver=$(readlink "$root/devices/$bdf/driver") || driver=none
	echo "${driver##*/}" "$(<"$root/devices/$bdf/power/control")" "$(<"$root/parameters/takeover")" \
		"$(<"$root/parameters/idle_d3")" "$(grep . "$root/drivers/pciback/slots" || echo none)"
}

wrong() {
	echo "$1: ${*:2}"
	bad=1
}

expect e1000e '' 0 'take +ok: from e1000e; its DMA: quarantined' 'reset +ok: 2 times by flr, .*' 'sleep +ok: D3hot and back' \
	'guest +ok: pv, 7 requests; reset afterwards: 0' 'verify +ok: driver, link and 4096 bytes .*' 'verdict +all is well' \
	'link +2\.5 GT/s PCIe x1 of .*' 'log +pciback .* released, \(left out\)'
expect none '' 0 'return +ok: to none' 'verdict +all is well'
expect none greedy 0 'return +ok: to e1000e, and taken from that'
expect e1000e module 4 '.*: xen-pciback cannot be loaded'
expect e1000e kept 3 ".*: $bdf is refused: dom0 lives on it: network eth0"
expect e1000e take 1 'take +FAILED: it is not taken: .*' 'verdict +failed: take'
expect e1000e reset 1 'reset +FAILED: reset 1: Inappropriate ioctl for device: reset_result -25 no method fits' 'guest +-: not after what failed'
expect e1000e wake 1 'sleep +FAILED: it does not wake as it was: it stays in D3hot' 'verdict +failed: sleep'
expect e1000e another 5 'reset +FAILED: reset 1: .* 00c: 22, was 00' '.*the machine is not as before: .* 00c: 22, was 00'
expect e1000e guest 1 'guest +FAILED: xl: .*' 'verdict +failed: guest'
expect e1000e mute 1 'guest +FAILED: it has it, and never asks for it: state assigned, 0 requests; reset afterwards: 0'
expect e1000e return 5 'return +FAILED: Device or resource busy: .*' ".*the machine is not as before: pciback keeps $bdf .*"
expect e1000e gone 5 'return +FAILED: to none, not to e1000e' ".*not as before: the driver of $bdf is none, and was e1000e"
expect e1000e verify 5 'verify +FAILED: 03c: a5, was 00' '.*not as before: .* 03c: a5, was 00'
expect e1000e interrupt 143 '.*: interrupted'
exit "$bad"
