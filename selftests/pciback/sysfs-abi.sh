# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What Documentation/ABI/testing says: each example is run, events and keys come as
# described, and no input whatever does harm.
#
# only by name: writers and readers race for minutes
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5.0x0,multifunction=on,netdev=n0
# lab: --pci rtl8139,addr=0x5.0x1
# lab: --file Documentation/ABI/testing:/lab/abi

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 rtl=0000:00:05.1
tracing=/sys/kernel/tracing config=/sys/kernel/debug/xen-pciback

# abi PATTERN: "WHAT<tab>EXAMPLE" of the entries whose What begins so.
abi() {
	cat /lab/abi/*-pciback | awk -v pattern="$1" '
		sub(/^What:\t+/, "") { what = $0 }
		sub(/^Example:\t+/, "") && index(what, pattern) == 1 { print what "\t" $0 }'
}

# run_examples PATTERN: of all such entries.
run_examples() {
	local what example
	while IFS=$'\t' read -r what example; do
		bash -c "$example" >"$TEST_DIR/said" 2>&1 </dev/null || fail "the example of $what: $example: $(<"$TEST_DIR/said")"
		echo "$what" >>"$TEST_DIR/shown"
	done < <(abi "$1")
}

# The driver's attributes that take one address.
takers=(remove_slot permissive allow_interrupt_control irq_handler_state do_flr return qubes_exp_pm_suspend qubes_exp_pm_suspend_force)

# snapshot: all there is to read.
snapshot() {
	grep -H -r . "$PCIBACK"/{slots,hide_status,permissive,allow_interrupt_control,quirks,irq_handlers,qubes_exp_pm_suspend{,_force}} \
		/sys/module/xen_pciback/parameters "$PCI/$nic/pciback" || :
	seized
}

traced() {
	grep -q ": $1: .*$2" $tracing/trace || fail "no tracepoint $1 with '$2': $(grep -c . $tracing/trace) lines"
}

tracing_off() {
	[[ ! -e $tracing/events/xen_pciback ]] || echo 0 >$tracing/events/xen_pciback/enable
	echo >$tracing/trace
}

# The first guest of this boot has the number that the examples use.
test_a_guest_and_all_that_is_told_of_it() {
	local backend=/local/domain/0/backend/pci/1/0
	monitor_start
	pciback_load "hide=($nic)($rtl)"
	uevent seized "$nic"
	defer tracing_off
	run_examples $tracing/events/
	write_attr "$PCIBACK/unbind" "$rtl"
	write_attr "$PCIBACK/bind" "$rtl"
	traced seize "$rtl 0"
	expect_eq "state, owner, guest_bdf" "idle  " "$(cd "$PCI/$nic/pciback" && echo "$(<state) $(<owner) $(<guest_bdf)")"

	guest_start told idle.sh "pci=[\"$nic\"]"
	guest_reaches told ready
	expect_eq "the guest's number" 1 "$(xl domid told)"
	expect_eq "state, owner, guest_bdf" "assigned 1 0000:00:00.0" "$(cd "$PCI/$nic/pciback" && echo "$(<state) $(<owner) $(<guest_bdf)")"
	# It has looked at the function: that takes some reads.
	expect_ge "ops" 20 "$(<"$PCI/$nic/pciback/ops")"
	uevent assigned "$nic" 1
	traced op "dom1 0000:00:00.0 cmd=0 0x0:4"
	traced decision "$nic read 0x0:4"
	traced handshake dom1

	run_examples "$config/<domid>/"
	expect_eq "the function as the guest sees it" "0000:00:00.0 0200: 8086:10d3" \
		"$(lspci -Dn -F "$config/1/0000:00:00.0/config" | grep -o '^.*8086:10d3')"
	run_examples "xenstore "
	expect_eq "dev-0, vdev-0, state-0" "$nic 0000:00:00.00 3" \
		"$(for key in dev vdev state; do xenstore-read $backend/$key-0; done | paste -s -d' ')"
	expect_eq "root_num, root-0" "1 0000:00" "$(xenstore-read $backend/root_num) $(xenstore-read $backend/root-0)"
	# As a toolstack adds a function, but one that nobody has seized.
	xenstore-write $backend/dev-1 0000:00:1f.0 $backend/state-1 1 $backend/num_devs 2 $backend/state 7
	lab-wait 20 xenstore-exists $backend/error-1 || fail "no error-1"
	expect_eq "error-1" "not seized by pciback" "$(xenstore-read $backend/error-1)"
	expect_eq "state-1" 6 "$(xenstore-read $backend/state-1)"
	lab-wait 20 sh -c "[ \$(xenstore-read $backend/state) = 4 ]" || fail "the connection is $(xenstore-read $backend/state), not connected"
	expect_eq "owner beside the error" 1 "$(<"$PCI/$nic/pciback/owner")"

	guest_tell told shutdown
	guest_ends told 0
	uevent released "$nic" 1
	[[ ! -e $config/1 ]] || fail "something is left of the guest: $(find $config/1)"
	traced release "$nic 1"
	lab-wait 20 grep -q -x idle "$PCI/$nic/pciback/state"
	traced reset "$nic 0"
	expect_eq "owner, guest_bdf" " " "$(cd "$PCI/$nic/pciback" && echo "$(<owner) $(<guest_bdf)")"
}

test_a_failed_reset_is_told() {
	local slot=$PCI/$rtl/pciback
	monitor_start
	pciback_load "hide=($nic)($rtl)"
	expect_errno ENOTTY "$PCIBACK/do_flr" "$rtl"
	uevent reset-failed "$rtl"
	expect_eq "reset_result" "-25 no method fits" "$(<"$slot/reset_result")"
	expect_eq "reset_method" none "$(<"$slot/reset_method")"
	write_attr "$PCIBACK/do_flr" "$nic"
	expect_eq "reset_result of the other" 0 "$(<"$PCI/$nic/pciback/reset_result")"
	# The monitor is the example of all uevents.
	abi 'uevent ' | cut -f1 >>"$TEST_DIR/shown"
	expect_eq "examples of uevents" 'udevadm monitor --kernel --property --subsystem-match=pci' "$(abi 'uevent ' | cut -f2 | sort -u)"
}

test_every_other_example_works() {
	local what example
	while IFS=$'\t' read -r what example; do
		[[ $what != "$tracing"/* && $what != "$config/<domid>/"* ]] || continue
		if [[ $example != modprobe* ]]; then
			modprobe xen-pciback "hide=($nic)"
		fi
		bash -c "$example" >"$TEST_DIR/said" 2>&1 </dev/null || fail "the example of $what: $example: $(<"$TEST_DIR/said")"
		[[ -e /sys/module/xen_pciback ]] || fail "the example of $what has not loaded the module: $example"
		pciback_unload
		echo "$what" >>"$TEST_DIR/shown"
	done < <(abi /)
	abi '' | cut -f1 | sort >"$TEST_DIR/all"
	sort -u "$TEST_DIR/shown" | diff "$TEST_DIR/all" - >&2 || fail "not every example was run"
}

test_readers_of_any_size_get_the_same() {
	local file
	pciback_load "hide=($nic)($rtl)(01:*.*)(02:*.*)"
	for file in "$PCIBACK"/{slots,hide_status,permissive,allow_interrupt_control,quirks,irq_handlers} "$PCI/$nic"/pciback/*; do
		expect_eq "${file##*/} in bits" "$(<"$file")" "$(dd if="$file" bs=333 status=none)"
	done
	expect_eq "lines of slots" 514 "$(wc -l <"$PCIBACK/slots")"
	expect_eq "a byte of slots beyond the first page" "$(head -c 5001 "$PCIBACK/slots" | tail -c 1)" \
		"$(dd if="$PCIBACK/slots" bs=1 skip=5000 count=1 status=none)"
	expect_eq "slots beyond its end" "" "$(dd if="$PCIBACK/slots" bs=1M skip=1 count=1 status=none 2>/dev/null)"
}

test_what_is_read_only_or_write_only() {
	local attribute
	pciback_load "hide=($nic)"
	for attribute in "$PCIBACK"/{slots,hide_status,irq_handlers} "$PCI/$nic"/pciback/*; do
		! (echo "$nic" >"$attribute") 2>/dev/null || fail "$attribute can be written"
	done
	for attribute in new_slot new_id remove_slot irq_handler_state do_flr return; do
		! cat "$PCIBACK/$attribute" >/dev/null 2>&1 || fail "$attribute can be read"
	done
}

# printf(1)'s escapes.
malformed=('\n' ' ' '\t\n' nonsense '(' ')' '()' -- -0 00:05.8 00:20.0 100:05.0 10000:00:05.0 '00:05.0 00:05.1' '00:05.0\n00:05.1'
	'0000:00:05.0\0000' '\0000\0001\0377\0376' '%s%s%n' '../../../etc/passwd' '00:05.-1' 0x:00:05.0)

# halves TEXT: what a writer may send that was cut off.
halves() {
	local n
	for ((n = 1; n < ${#1}; n++)); do
		echo "${1:0:n}"
	done
}

test_malformed_input_changes_nothing() {
	local before attribute value long
	pciback_load "hide=($nic)"
	write_attr "$PCIBACK/quirks" "$nic-4c:4:0"
	before=$(snapshot)
	long=$(printf '1%.0s' {1..5000})
	mapfile -t half < <(halves "$nic")
	for attribute in "${takers[@]}" quirks new_id; do
		for value in "${malformed[@]}" "${half[@]}" "$long" "$nic$long"; do
			expect_errno EINVAL "$PCIBACK/$attribute" "$value"
		done
	done
	for value in "${malformed[@]}" "${half[@]}"; do
		[[ $value != '00:05.0\n00:05.1' && $value != '00:05.0 00:05.1' ]] || continue
		expect_errno EINVAL "$PCIBACK/new_slot" "$value"
	done
	while read -r value; do
		expect_errno EINVAL "$PCIBACK/quirks" "$value"
	done < <(halves "$nic-4c:4:0")
	for value in "$nic-4c:3:0" "$nic-4c:8:0" "$nic-4d:2:100000" "$nic-1000:1:0" "$nic-fff:2:0" "$nic-4c:4:0:0" "$nic-4c:4:100000000" "-$nic" "$nic"; do
		expect_errno EINVAL "$PCIBACK/quirks" "$value"
	done
	for value in '\n' never 'auto,warn' "$long"; do
		expect_errno EINVAL /sys/module/xen_pciback/parameters/reset_policy "$value"
	done
	for attribute in permissive takeover; do
		expect_errno EINVAL "/sys/module/xen_pciback/parameters/$attribute" maybe
	done
	expect_eq "all that can be read" "$before" "$(snapshot)"
}

test_a_write_that_may_be_cut_is_refused() {
	local list='' token n
	pciback_load
	for ((n = 0; n < 300; n++)); do
		printf -v token '(0000:7f:%02x.%x)' $((n % 32)) $((n / 32 % 8))
		list+=$token
	done
	expect_ge "length" 4097 "${#list}"
	printf %s "$list" >"$TEST_DIR/list"
	! dd if="$TEST_DIR/list" of="$PCIBACK/new_slot" bs=8192 2>"$TEST_DIR/said" || fail "new_slot took a list that was cut"
	expect_line '.*: Argument list too long' "dd" <"$TEST_DIR/said"
	expect_eq slots "" "$(slots)"
	# 14 characters each.
	dd if="$TEST_DIR/list" of="$PCIBACK/new_slot" bs=$((292 * 14)) count=1 status=none
	expect_eq "slots of as much as fits" 256 "$(wc -l <"$PCIBACK/slots")"
}

test_absent_and_foreign_functions() {
	local attribute bdf before
	pciback_load "hide=($nic)"
	before=$(snapshot)
	for bdf in 0000:00:11.0 ffff:ff:1f.7 "$rtl"; do
		for attribute in permissive allow_interrupt_control do_flr return; do
			expect_errno ENODEV "$PCIBACK/$attribute" "$bdf"
		done
		expect_errno ENODEV "$PCIBACK/permissive" "-$bdf"
		expect_errno ENODEV "$PCIBACK/quirks" "$bdf-4c:4:0"
		expect_errno ENODEV "$PCIBACK/quirks" "-$bdf-4c:4:0"
		expect_errno ENOENT "$PCIBACK/irq_handler_state" "$bdf"
		expect_errno ENOENT "$PCIBACK/remove_slot" "$bdf"
	done
	expect_errno ENOENT "$PCIBACK/quirks" "-$nic-4c:4:0"
	expect_errno EPERM "$PCIBACK/quirks" "$nic-4:2:0"
	expect_eq "all that can be read" "$before" "$(snapshot)"
}

test_the_same_twice() {
	pciback_load
	write_attr "$PCIBACK/new_slot" "$nic"
	write_attr "$PCIBACK/new_slot" "$nic"
	expect_eq slots "$nic" "$(slots)"
	write_attr "$PCIBACK/bind" "$nic"
	expect_errno EBUSY "$PCIBACK/bind" "$nic"
	write_attr "$PCIBACK/permissive" "$nic"
	write_attr "$PCIBACK/permissive" "$nic"
	expect_eq permissive "$nic" "$(<"$PCIBACK/permissive")"
	write_attr "$PCIBACK/permissive" "-$nic"
	write_attr "$PCIBACK/permissive" "-$nic"
	expect_empty permissive "$PCIBACK/permissive"
	write_attr "$PCIBACK/quirks" "$nic-4c:4:1"
	write_attr "$PCIBACK/quirks" "$nic-4c:4:2"
	expect_eq quirks $'\t\t0000004c:4:00000002' "$(grep 4c:4 "$PCIBACK/quirks")"
	write_attr "$PCIBACK/quirks" "-$nic-4c:4:0"
	expect_errno ENOENT "$PCIBACK/quirks" "-$nic-4c:4:0"
	write_attr "$PCIBACK/do_flr" "$nic"
	write_attr "$PCIBACK/do_flr" "$nic"
	write_attr "$PCIBACK/return" "$nic"
	expect_errno ENODEV "$PCIBACK/return" "$nic"
	write_attr "$PCIBACK/remove_slot" "$nic"
	expect_errno ENOENT "$PCIBACK/remove_slot" "$nic"
	expect_eq slots "" "$(slots)"
}
run_tests
