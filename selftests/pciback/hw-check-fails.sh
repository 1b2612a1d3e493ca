# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The program that owners of cards run, where a step fails, each once, or somebody has
# enough of it: it says so, and everything is as before.
#
# only by name: what fails is waited for
#
# lab: --file scripts/xen-pciback-hw-check:/usr/sbin/xen-pciback-hw-check
# lab: --file scripts/hw-check.d:/usr/lib/xen-pciback/hw-check
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci igb,addr=0x6
# lab: --pci pcie-root-port,id=rp,addr=0x7,chassis=1
# lab: --pci igb,bus=rp
# lab: --may-fault 0000:00:05.0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/cfgfault.sh
source /lab/lib/cfgfault.sh
# shellcheck source=../lib/hw-check.sh
source /lab/lib/hw-check.sh

nic=0000:00:05.0 igb=0000:00:06.0 behind=0000:01:00.0

# instead PROGRAM TEXT: that is what is found by its name, until the test ends.
instead() {
	mkdir -p "$TEST_DIR/bin"
	printf '#!/bin/bash\nPATH=%s\n%s\n' "$PATH" "$2" >"$TEST_DIR/bin/$1"
	chmod +x "$TEST_DIR/bin/$1"
	HW_CHECK=(within 1000 env "PATH=$TEST_DIR/bin:$PATH")
	defer rm "$TEST_DIR/bin/$1"
}

# meanwhile COMMAND...: as soon as pciback has the card.
meanwhile() {
	(lab-wait 60 test -e "$PCI/$nic/pciback" && "$@") &
}

test_wrong_usage() {
	local words
	for words in '' nonsense 00:05 0000:00:05.8 "--resets" "--resets 0 $nic" "--resets many $nic" "--what $nic" "$nic $igb" "--guest /nowhere $nic"; do
		# shellcheck disable=SC2086 # words
		expect_eq "the status of '$words'" 2 "$(xen-pciback-hw-check $words >/dev/null 2>&1 && echo 0 || echo $?)"
	done
	xen-pciback-hw-check --help | expect_line '  xen-pciback-hw-check .*' --help
}

test_what_cannot_be_tried() {
	instead modprobe 'echo no module >&2; exit 1'
	hw_check 4 "$nic"
	expect_line '.*xen-pciback cannot be loaded' "what it said" <"$SAID"
}

test_nothing_there() {
	expect_eq "the status" 4 "$(xen-pciback-hw-check 0000:00:11.0 >/dev/null 2>&1 && echo 0 || echo $?)"
}

test_what_dom0_lives_on_is_refused() {
	local interface
	driver_load e1000e
	interface=$(interface_of "$nic")
	ip link set "$interface" up
	hw_check 3 "$nic"
	expect_line ".*$nic is refused: dom0 lives on it: network $interface" "what it said" <"$SAID"
	ip link show "$interface" | expect_line '.*[<,]UP[,>].*' "the interface"
	ip link set "$interface" down
	hw_check 3 0000:00:07.0
	expect_line '.*is refused: it is a bridge' "what it said" <"$SAID"
}

test_what_others_want_is_refused() {
	driver_load e1000e
	pciback_load "hide=($nic)($igb)"
	expect_eq "its status" 3 "$(xen-pciback-hw-check "$igb" >"$SAID" 2>&1 && echo 0 || echo $?)"
	expect_line ".*pciback has it already: .*" "what it said" <"$SAID"
	hw_check_busy
	expect_eq seized "$igb" "$(seized)"
	expect_driver "$nic" e1000e
}

# A card whose driver was asked for it in vain stays with it.
hw_check_busy() {
	driver_load igb
	expect_driver "$behind" igb
	expect_eq "its status" 3 "$(xen-pciback-hw-check "$behind" >"$SAID" 2>&1 && echo 0 || echo $?)"
	expect_line '.*hide_status says that they are busy' "what it said" <"$SAID"
}

test_it_cannot_be_taken() {
	driver_load e1000e
	pciback_load
	chmod_away "$PCIBACK/new_slot"
	hw_check 1 "$nic"
	expect_row take 'FAILED: it is not taken: .*'
	expect_row verdict 'failed: take'
}

# chmod_away FILE: nothing that is written there comes through, until the test ends.
chmod_away() {
	mount --bind /dev/null "$1"
	defer umount "$1"
}

test_it_cannot_be_reset() {
	driver_load e1000e
	write_attr "$PCI/$nic/reset_method" '\n'
	defer write_attr "$PCI/$nic/reset_method" default
	hw_check 1 "$nic"
	expect_row reset 'FAILED: reset 1: .*: reset_result -[0-9]+ .*'
	expect_row guest '-: none was named'
	expect_row return 'ok: to e1000e'
	expect_row verdict 'failed: reset'
}

# It is gone from when it falls asleep until somebody notices.
test_it_does_not_wake() {
	cfgfault_load "$igb"
	fault pm_away_ms 600000
	instead tee "text=\$(cat); [[ \$text != sleep*FAILED* ]] || echo 0 >$CFGFAULT/away; echo \"\$text\" | tee \"\$@\""
	hw_check 1 "$igb" --resets 1
	expect_row sleep 'FAILED: it does not wake as it was: .*'
	expect_row verdict 'failed: sleep'
}

test_its_guest_is_none() {
	driver_load e1000e
	printf 'type="pv"\nkernel="/nowhere"\nmemory=96\n' >"$TEST_DIR/cfg"
	hw_check 1 "$nic" --resets 1 --guest "$TEST_DIR/cfg"
	expect_row guest 'FAILED: xl: .*'
	expect_row verdict 'failed: guest'
}

# One that never asks for it.
test_its_guest_sleeps() {
	driver_load e1000e
	printf 'type="pv"\nkernel="/lab/guest/vmlinuz"\nmemory=96\n' >"$TEST_DIR/cfg"
	instead xl "[[ \$1 != create ]] || set -- create -p \"\${@:2}\"; exec xl \"\$@\""
	hw_check 1 "$nic" --resets 1 --guest "$TEST_DIR/cfg"
	expect_row guest 'FAILED: it has it, and never asks for it: state assigned, 0 requests; reset afterwards: 0'
	expect_row verdict 'failed: guest'
}

test_its_driver_is_gone_meanwhile() {
	modprobe e1000e
	defer modprobe -r e1000e
	defer modprobe e1000e
	meanwhile modprobe -r e1000e
	hw_check 5 "$nic"
	expect_row return 'FAILED: to none, not to e1000e'
	expect_line ".*the machine is not as before: the driver of $nic is none, and was e1000e" "what it said" <"$SAID"
}

# Since pciback had it.
test_its_configuration_is_another() {
	driver_load e1000e
	instead od "[[ ! -e $PCI/$nic/pciback ]] || touch $TEST_DIR/had
		od \"\$@\" | awk -v had=\"\$(ls $TEST_DIR/had 2>/dev/null)\" -v has=\"\$(ls -d $PCI/$nic/pciback 2>/dev/null)\" '{ if (had != \"\" && has == \"\") \$61 = 165; print }'"
	hw_check 5 "$nic" --resets 1
	expect_row verify 'FAILED: 03c: a5, was [0-9a-f]{2}'
	expect_row verdict 'failed: verify; the machine is not as before'
	expect_driver "$nic" e1000e
	rm "$TEST_DIR/had"
}

# interrupted SIGNAL STATUS WHEN ARGUMENT...: when WHEN is so.
interrupted() {
	local pid status=0 driver
	driver=$(driver_of "$nic")
	wishes >"$TEST_DIR/wishes-before"
	space "$nic" >"$TEST_DIR/space-before"
	env --default-signal=INT xen-pciback-hw-check --resets 999 "${@:4}" "$nic" >"$SAID" 2>&1 &
	pid=$!
	lab-wait 100 sh -c "$3" || fail "not so far: $3; $(tail -n 1 "$SAID")"
	kill "-$1" "$pid"
	wait "$pid" || status=$?
	cat "$SAID"
	expect_eq "its status" "$2" "$status"
	hw_as_before "$nic" "$driver"
	expect_line 'xen-pciback-hw-check: interrupted' "what it said" <"$SAID"
}

test_somebody_has_enough_of_it() {
	driver_load e1000e
	interrupted INT 130 "test \"\$(cat $PCI/$nic/pciback/reset_result)\" = 0"
	interrupted TERM 143 "test -e $PCI/$nic/pciback"
	dom0_gets_lease "$nic"
}

test_somebody_has_enough_of_it_while_a_guest_has_it() {
	driver_load e1000e
	printf 'type="pv"\nkernel="/lab/guest/vmlinuz"\nmemory=96\n' >"$TEST_DIR/cfg"
	instead xl "[[ \$1 != create ]] || set -- create -p \"\${@:2}\"; exec xl \"\$@\""
	export PATH="$TEST_DIR/bin:$PATH"
	interrupted INT 130 "test \"\$(cat $PCI/$nic/pciback/state)\" = assigned" --resets 1 --guest "$TEST_DIR/cfg"
	xl list | expect_no pciback-hw-check "xl list"
}

run_tests
