# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Guests, as tests in dom0 use them. Their scripts are in /lab/guests, or for more
# than one directory's tests in /lab/lib/guest, and source /lab/in-guest.sh.
#
# What a guest says goes to a file, which is shown when it has ended: so no test
# has to wait for a guest it left running.

# guest_start NAME SCRIPT LAB-GUEST-ARGUMENT...: comes back when SCRIPT has begun.
# Destroyed when the test ends, unless it has ended by then.
guest_start() {
	local name=$1
	defer guest_destroy "$name"
	guest_call "$@" --detach || fail "guest $name did not start (status $?): $(guest_last "$name")"
}

# raw_guest NAME SCRIPT BDF[,BDF...] LAB-GUEST-ARGUMENT...: one whose frontend for these
# functions does what SCRIPT tells it. Comes back when SCRIPT is ready.
raw_guest() {
	guest_start "$1" "$2" "pci=[\"${3//,/\",\"}\"]" --modules '' \
		--file /lab/guest/updates/rawfront.ko "${@:4}"
	guest_reaches "$1" ready
}

# guest_run NAME SCRIPT LAB-GUEST-ARGUMENT...: until it has ended, with status 0.
guest_run() {
	local name=$1 status=0
	guest_call "$@" || status=$?
	cat "$TEST_DIR/$name.log"
	((status == 0)) || fail "guest $name ended with status $status: $(guest_last "$name")"
}

# guest_refused REGEX XL-LINE...: xl starts no guest with these, and says so in a line.
guest_refused() {
	! guest_call refused wait.sh "${@:2}" || fail "a guest gets it: ${*:2}"
	expect_line "$1" "xl create" <"$TEST_DIR/refused.log"
}

# guest_ends NAME [STATUS]
guest_ends() {
	local status=0
	lab-guest --wait "$1" || status=$?
	cat "$TEST_DIR/$1.log"
	((status == ${2:-0})) || fail "guest $1 ended with status $status: $(guest_last "$1")"
}

guest_destroy() {
	if xl domid "$1" >/dev/null 2>&1; then
		xl destroy "$1"
	fi
	# That one crashed is the lab's to say, unless it may.
	lab-guest --wait "$1" || [[ $? == 12[24] ]]
}

# guest_said NAME: its own lines only.
guest_said() {
	sed -n "s/^$1: //p" "$TEST_DIR/$1.log"
}

# guest_tell NAME WORD: what next_step in the guest waits for.
guest_tell() {
	xenstore-write "/local/domain/$(xl domid "$1")/data/step" "$2"
}

# guest_reaches NAME KEY [SECONDS]: until it has said `tell KEY`; all it printed before
# is then there for guest_said. The deadline is for a machine that is busy otherwise.
guest_reaches() {
	local said="^$1: told $2\b"
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait "${3:-180}" sh -c 'grep -q "$1" "$2" || test -e "$3"' \
		sh "$said" "$TEST_DIR/$1.log" "/run/lab/guests/$1/status" || :
	grep -q "$said" "$TEST_DIR/$1.log" || {
		cat "$TEST_DIR/$1.log"
		fail "guest $1 did not come to '$2': $(guest_last "$1")"
	}
}

# guest_told NAME KEY: the last value.
guest_told() {
	guest_said "$1" | sed -n "s/^told $2 //p" | tail -n 1
}

# expect_answer WHAT WANTED NAME WORD: told this word, the guest tells of it what is wanted.
expect_answer() {
	guest_tell "$3" "$4"
	guest_reaches "$3" "$4"
	expect_eq "$1" "$2" "$(guest_told "$3" "$4")"
}

# expect_seen NAME WORDS: what hotplug.sh in the guest sees, ADDRESS=VENDOR:DEVICE each.
expect_seen() {
	# It has to have said so: to see none is something else than not to have looked.
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 90 sh -c '[ "$(sed -n "s/^$1: told functions */sees /p" "$2" | tail -n 1)" = "sees $3" ]' \
		sh "$1" "$TEST_DIR/$1.log" "${*:2}" ||
		fail "guest $1 sees '$(guest_told "$1" functions)', wanted '${*:2}'"
}

# guest_paused NAME BDF...: a domain that has these functions and never runs.
guest_paused() {
	local name=$1
	printf '%s\n' "name='$name'" "type='pv'" "kernel='/lab/guest/vmlinuz'" 'memory=96' \
		"pci=[$(printf "'%s'," "${@:2}")]" >"$TEST_DIR/$name.cfg"
	defer guest_paused_end "$name"
	xl create -q -p "$TEST_DIR/$name.cfg" || fail "guest $name could not be made"
}

# guest_vacant NAME: a domain that has none, but may be given some, and never runs.
guest_vacant() {
	printf '%s\n' "name='$1'" "type='pv'" "kernel='/lab/guest/vmlinuz'" 'memory=96' \
		'passthrough="enabled"' >"$TEST_DIR/$1.cfg"
	defer guest_paused_end "$1"
	xl create -q -p "$TEST_DIR/$1.cfg" || fail "guest $1 could not be made"
}

guest_paused_end() {
	if xl domid "$1" >/dev/null 2>&1; then
		xl destroy "$1"
	fi
}

# backend_key NAME KEY: of the guest's PCI connection.
backend_key() {
	xenstore-read "/local/domain/0/backend/pci/$(xl domid "$1")/0/$2" 2>/dev/null
}

# await_backend NAME KEY VALUE: until that key of the guest's PCI connection has it.
await_backend() {
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 20 sh -c '[ "$(xenstore-read "$1" 2>/dev/null)" = "$2" ]' \
		sh "/local/domain/0/backend/pci/$(xl domid "$1")/0/$2" "$3" ||
		fail "$2 of the connection is '$(backend_key "$1" "$2")', wanted '$3'"
}

guest_call() {
	local name=$1 script=/lab/guests/$2
	[[ -e $script ]] || script=/lab/lib/guest/$2
	lab-guest "$name" --script "$script" --file /lab/lib/in-guest.sh --timeout 400 "${@:3}" \
		>"$TEST_DIR/$name.log" 2>&1 </dev/null
}

guest_last() {
	tail -n 3 "$TEST_DIR/$1.log" | paste -s -d'|'
}
