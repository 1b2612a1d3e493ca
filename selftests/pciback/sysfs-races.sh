# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Writers and readers of all attributes at once, while functions come and go: every
# answer is one that the ABI names, and nothing is worse for it.
#
# only by name: writers and readers race for minutes
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5.0x0,multifunction=on,netdev=n0
# lab: --pci rtl8139,addr=0x5.0x1

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0

# hammer FILE VALUE...: in the background, until calm.
hammer() {
	while [[ -e $TEST_DIR/hammering ]]; do
		for value in "${@:2}"; do
			printf '%s' "$value" >"$1" || :
		done
	done 2>>"$TEST_DIR/refused" &
	hammers+=("$!")
}

# gaze FILE...: reads them likewise; each line that was ever there is kept, once.
gaze() {
	while [[ -e $TEST_DIR/hammering ]]; do
		cat "$@" || :
	done 2>>"$TEST_DIR/unreadable" | sort -u >"$TEST_DIR/read-${#hammers[@]}" &
	hammers+=("$!")
	gazes=$((gazes + 1))
}

begin_hammering() {
	hammers=() gazes=0
	rm -f "$TEST_DIR/refused" "$TEST_DIR/unreadable" "$TEST_DIR"/read-*
	touch "$TEST_DIR/hammering"
	defer rm -f "$TEST_DIR/hammering"
}

# calm ERRNO-WORDS: nothing else may have been the answer.
calm() {
	rm -f "$TEST_DIR/hammering"
	wait "${hammers[@]}" || :
	note "refused: $(sed 's/.*: //' "$TEST_DIR/refused" | sort | uniq -c | paste -s -d';')"
	sed 's/.*: //' "$TEST_DIR/refused" | sort -u >"$TEST_DIR/words"
	! grep -v -x -E "$1" "$TEST_DIR/words" || fail "racing writes were answered with words other than $1"
	((gazes == 0)) || readers_saw_sense
}

# readers_saw_sense: text in whole words, from the driver always, and from a function that
# goes either that or that it is gone.
readers_saw_sense() {
	local file
	for file in "$TEST_DIR"/read-*; do
		[[ -s $file ]] || fail "a reader read nothing"
		! LC_ALL=C grep -v -x -E $'[[:print:]\t]*' "$file" || fail "readers got what is no text"
	done
	# Where the module has gone, so have they.
	[[ ! -e $PCIBACK ]] || ! grep -F "$PCIBACK/" "$TEST_DIR/unreadable" || fail "an attribute of the driver could not be read"
	! grep -v -E ': (No such file or directory|No such device)$' "$TEST_DIR/unreadable" || fail "readers were refused in other words"
}

# all_is_well: one function can still be taken, told of, and given back.
all_is_well() {
	write_attr "$PCIBACK/remove_slot" "$nic" 2>/dev/null || :
	write_attr "$PCIBACK/unbind" "$nic" 2>/dev/null || :
	expect_driver "$nic" none
	write_attr "$PCIBACK/new_slot" "$nic"
	expect_eq "slots" 1 "$(grep -c -x "$nic" "$PCIBACK/slots")"
	write_attr "$PCIBACK/bind" "$nic"
	expect_driver "$nic" pciback
	lab-wait 10 grep -q -x idle "$PCI/$nic/pciback/state" || fail "its state is $(<"$PCI/$nic/pciback/state")"
	expect_eq "irq_handlers" 1 "$(grep -c "^$nic:off:" "$PCIBACK/irq_handlers")"
	expect_empty permissive "$PCIBACK/permissive"
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_eq reset_result 0 "$(<"$PCI/$nic/pciback/reset_result")"
}

rounds() {
	local n
	for ((n = 0; n < $1; n++)); do
		"${@:2}"
	done
}

test_two_writers() {
	pciback_load "hide=($nic)"
	begin_hammering
	hammer "$PCIBACK/new_slot" "$nic" '(00:1e.*)(id=1234:5678)'
	hammer "$PCIBACK/new_slot" "$nic" 00:1e.3
	hammer "$PCIBACK/remove_slot" "$nic" '00:1e.*' 00:1e.3
	gaze "$PCIBACK"/{slots,hide_status}
	rounds 100 write_attr "$PCIBACK/quirks" "$nic-4c:4:1"
	calm 'No such file or directory'
	expect_eq "double lines in slots" "" "$(sort "$PCIBACK/slots" | uniq -d)"
	all_is_well
}

rebind() {
	printf %s "$nic" >"$PCIBACK/unbind"
	[[ ! -e $PCI/$nic/pciback ]]
	printf %s "$nic" >"$PCIBACK/bind"
	[[ -e $PCI/$nic/pciback ]]
}

test_unbind_under_writers_and_readers() {
	pciback_load "hide=($nic)"
	begin_hammering
	hammer "$PCIBACK/permissive" "$nic" "-$nic"
	hammer "$PCIBACK/quirks" "$nic-4c:4:1" "-$nic-4c:4:1" "$nic-50:2:0"
	hammer "$PCIBACK/irq_handler_state" "$nic"
	hammer "$PCIBACK/do_flr" "$nic"
	gaze "$PCI/$nic"/pciback/{state,owner,isolation,together,guest_bdf,reset_method,reset_result,ops,refused_writes,quirks_suggested}
	gaze "$PCIBACK"/{slots,quirks,permissive,irq_handlers,hide_status,qubes_exp_pm_suspend,qubes_exp_pm_suspend_force}
	rounds 10 rebind
	# ENODEV, or for quirks that went with the function, ENOENT.
	calm 'No such device|No such file or directory'
	all_is_well
}

test_return_and_bind_race() {
	pciback_load "hide=($nic)"
	begin_hammering
	hammer "$PCIBACK/return" "$nic"
	hammer "$PCIBACK/return" "$nic"
	hammer "$PCIBACK/new_slot" "$nic"
	hammer "$PCIBACK/bind" "$nic"
	hammer "$PCIBACK/unbind" "$nic"
	rounds 100 write_attr "$PCIBACK/new_slot" "$nic"
	calm 'No such device|Device or resource busy'
	all_is_well
}

test_the_function_vanishes_under_writers() {
	pciback_load "hide=($nic)"
	defer write_attr /sys/bus/pci/rescan 1
	begin_hammering
	hammer "$PCIBACK/do_flr" "$nic"
	hammer "$PCIBACK/quirks" "$nic-4c:4:1"
	hammer "$PCIBACK/permissive" "$nic"
	gaze "$PCI/$nic"/pciback/{state,reset_result}
	write_attr "$PCI/$nic/remove" 1
	write_attr /sys/bus/pci/rescan 1
	expect_driver "$nic" pciback
	write_attr "$PCI/$nic/remove" 1
	write_attr /sys/bus/pci/rescan 1
	calm 'No such device'
	all_is_well
}

load_and_unload() {
	modprobe xen-pciback "hide=($nic)"
	expect_driver "$nic" pciback
	modprobe -r xen-pciback
	[[ ! -e $PCIBACK ]]
}

test_the_module_goes_under_writers_and_readers() {
	begin_hammering
	hammer "$PCIBACK/new_slot" "$nic" "(id=1234:5678)"
	hammer "$PCIBACK/quirks" "$nic-4c:4:1"
	hammer "$PCIBACK/do_flr" "$nic"
	hammer "$PCIBACK/permissive" "$nic"
	gaze "$PCIBACK"/{slots,quirks,hide_status} "$PCI/$nic"/pciback/state
	rounds 5 load_and_unload
	# What is not there cannot be opened, nor made.
	calm 'No such device|No such file or directory|Permission denied'
	pciback_load
	all_is_well
}

run_tests
