# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A connection that dom0 has with itself: the test is the toolstack, and rawfront,
# loaded here, the frontend. No guest has to boot, so one is made in no time.
#
# Sweeps come here some thousand times, and beside the debug kernel a process is what takes
# longest: so there is none here.

LOOP_BACK=/local/domain/0/backend/pci/0/0
LOOP_FRONT=/local/domain/0/device/pci/0
LOOP_DRIVER=/sys/bus/xen/drivers/rawfront
LOOP_OP=/sys/kernel/debug/rawfront/op
LOOP_KEYS=/sys/kernel/debug/rawfront/keys

# Nothing ever comes here: reading from it is a pause that takes no process.
exec {loop_quiet}<> <(:)

# await SECONDS FUNCTION...: as lab-wait, for functions of this shell.
await() {
	local now deadline seconds=$(($1 * LAB_PATIENCE))
	read -r now _ </proc/uptime
	deadline=$((${now%.*} + seconds))
	until "${@:2}"; do
		read -r now _ </proc/uptime
		((${now%.*} < deadline)) || return 1
		read -r -t 0.05 -u "$loop_quiet" || :
	done
}

# a_moment MILLISECONDS: at most.
a_moment() {
	local ms=$((RANDOM % $1))
	read -r -t "$((ms / 1000)).$(printf %03d $((ms % 1000)))" -u "$loop_quiet" || :
}

# loop_load [PARAMETER...]: rawfront's.
loop_load() {
	modprobe rawfront dom0=1 "$@"
	defer rmmod rawfront
}

# loop_keys COMMAND PATH...: in xenstore; the commands are raw_keys'.
loop_keys() {
	echo "$*" >$LOOP_KEYS
} 2>/dev/null

# loop_create BDF: as libxl asks for it, all at once.
loop_create() {
	loop_keys write "$LOOP_BACK/frontend" $LOOP_FRONT "$LOOP_BACK/frontend-id" 0 "$LOOP_BACK/online" 1 \
		"$LOOP_BACK/domain" loop "$LOOP_BACK/num_devs" 1 "$LOOP_BACK/key-0" "$1" "$LOOP_BACK/dev-0" "$1" \
		"$LOOP_BACK/state-0" 1 "$LOOP_BACK/state" 1 \
		"$LOOP_FRONT/backend" $LOOP_BACK "$LOOP_FRONT/backend-id" 0 "$LOOP_FRONT/state" 1
}

loop_connected() {
	loop_state_is 4 && loop_sees 0
}

# loop_connect BDF [PARAMETER...]: until the test ends.
loop_connect() {
	loop_load "${@:2}"
	defer loop_destroy
	loop_create "$1"
	await 20 loop_connected || fail "no connection: state $(loop_state)"
}

# loop_front STATE: the frontend's.
loop_front() {
	loop_keys write $LOOP_FRONT/state "$1"
}

# loop_over: the frontend starts over without a word.
loop_over() {
	echo pci-0 >$LOOP_DRIVER/unbind
	loop_front 1
	echo pci-0 >$LOOP_DRIVER/bind
	await 20 loop_connected || fail "no connection again: state $(loop_state)"
}

# loop_get REGISTER SIZE, loop_put REGISTER SIZE VALUE: as the guest, of its first
# function; reading prints the value, writing has to work.
loop_get() {
	loop_ask 0 0 0 0 "$1" "$2" 0
	[[ $answer == '0 '* ]] || fail "reading $1: '$answer'"
	echo "${answer#0 }"
}

loop_put() {
	loop_ask 1 0 0 0 "$1" "$2" "$3"
	[[ $answer == '0 '* ]] || fail "writing $3 at $1: '$answer'"
}

# loop_value PATH: $value, empty if there is no such key.
loop_value() {
	value=
	! loop_keys ls "$1" || read -r _ value <$LOOP_KEYS || :
}

# loop_read KEY: the backend's, in the same way.
loop_read() {
	loop_value "$LOOP_BACK/$1"
}

# loop_state: the backend's.
loop_state() {
	local value
	loop_read state
	echo "${value:-none}"
}

# loop_value_is PATH VALUE
loop_value_is() {
	local value
	loop_value "$1"
	[[ $value == "$2" ]]
}

loop_state_is() {
	loop_value_is $LOOP_BACK/state "$1"
}

# loop_ask CMD DOMAIN BUS DEVFN OFFSET SIZE VALUE [ENTRY...]: $answer is "ERR VALUE ..."
loop_ask() {
	answer=
	echo "$*" >$LOOP_OP && read -r answer <$LOOP_OP
} 2>/dev/null

# loop_op FIELD...: prints the answer.
loop_op() {
	! loop_ask "$@" || echo "$answer"
}

# loop_sees DEVFN: the guest, if it were one, has a function there.
loop_sees() {
	loop_ask 0 0 0 "$1" 0 2 0 && [[ $answer == '0 0x'@(8086|1234|1b36) ]]
}

# loop_complains: the backend does, in xenstore: $complaint.
loop_complains() {
	local key value
	complaint=
	if loop_keys ls $LOOP_BACK; then
		while read -r key value; do
			[[ $key != $LOOP_BACK/error* ]] || complaint+="${complaint:+ }${key##*/}: $value"
		done <$LOOP_KEYS
	fi
	loop_value /local/domain/0/error/backend/pci/0/0/error
	complaint+="${complaint:+${value:+ }}$value"
	[[ -n $complaint ]]
}

loop_is_gone() {
	[[ ! -e /sys/bus/xen-backend/devices/pci-0-0 && ! -e /sys/bus/xen/devices/pci-0 ]]
}

# loop_destroy: as when a domain is gone.
loop_destroy() {
	loop_keys rm $LOOP_BACK $LOOP_FRONT /local/domain/0/error
	await 20 loop_is_gone || fail "the connection is not gone: $(echo /sys/bus/xen*/devices/*)"
}
