# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What the driver of the kernel tree offers to toolstacks and scripts, aspect by
# aspect: run with DRIVER=ours and DRIVER=in-tree it holds both to the same, but
# for the differences it names. Ends with a table.
#
# only by name: minutes, and what it looks at seldom changes
# lab: --net n0
# lab: --pci e1000e,addr=0x5.0x0,multifunction=on,netdev=n0
# lab: --pci rtl8139,addr=0x5.0x1
# lab: --pci e1000,addr=0x5.0x2

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 rtl=0000:00:05.1 old=0000:00:05.2

# same ASPECT WANTED GOT: both drivers do the same.
same() {
	row "$1" "$3" same
	expect_eq "$1" "$2" "$3"
}

# better ASPECT IN-TREE OURS GOT: both do as is known of them.
better() {
	local wanted=$3
	[[ $LAB_DRIVER == ours ]] || wanted=$2
	row "$1" "$4" "in-tree: $2; ours: $3"
	expect_eq "$1" "$wanted" "$4"
}

row() {
	local value=${2//$'\n'/ }
	printf '# | %-52s | %-34s | %s\n' "$1" "${value:0:34}" "$3" >>"$TEST_DIR/table"
}

# try FILE VALUE: "ok", or the errno's words.
try() {
	local said
	if said=$(write_attr "$1" "$2" 2>&1); then
		echo ok
	else
		echo "${said##*error: }"
	fi
}

# In-tree has no order.
sorted() {
	local lines
	mapfile -t lines < <(sort "$PCIBACK/$1")
	echo "${lines[*]}"
}

modes_of() {
	stat -c '%n:%a' "$@" | sed 's,.*/,,' | paste -s -d' '
}

test_parameters() {
	pciback_load "hide=($nic)"
	local parameters=/sys/module/xen_pciback/parameters
	same "parameters: modes" "hide:444 permissive:644 passthrough:444" "$(modes_of "$parameters"/{hide,permissive,passthrough})"
	same "parameter hide: reads as given" "($nic)" "$(<"$parameters/hide")"
	same "parameter permissive: default" N "$(<"$parameters/permissive")"
	same "parameter permissive: takes 1" ok "$(try "$parameters/permissive" 1)"
	same "parameter permissive: reads as a bool" Y "$(<"$parameters/permissive")"
	same "parameter permissive: takes no rubbish" 'Invalid argument' "$(try "$parameters/permissive" maybe)"
	same "parameter passthrough: default" N "$(<"$parameters/passthrough")"
	now pciback_unload
	pciback_load passthrough=1
	same "parameter passthrough: takes 1" Y "$(<"$parameters/passthrough")"
}

test_modes() {
	pciback_load
	same "slots: modes" "new_slot:200 remove_slot:200 slots:444" "$(modes_of "$PCIBACK"/{new_slot,remove_slot,slots})"
	same "permissive, quirks: modes" "permissive:644 quirks:644" "$(modes_of "$PCIBACK"/{permissive,quirks})"
	same "allow_interrupt_control: mode" allow_interrupt_control:644 "$(modes_of "$PCIBACK/allow_interrupt_control")"
	same "irq_handlers, irq_handler_state: modes" "irq_handlers:444 irq_handler_state:200" "$(modes_of "$PCIBACK"/irq_handler{s,_state})"
	same "driver directory: bind, unbind, new_id" "bind:200 new_id:200 unbind:200" "$(modes_of "$PCIBACK"/{bind,new_id,unbind})"
}

# hidden LIST: what hide=LIST seizes, or that it does not load.
hidden() {
	if modprobe xen-pciback "hide=$1" 2>/dev/null; then
		seized
		pciback_unload
	else
		echo "does not load"
	fi
}

test_hide() {
	same "hide: one address" "$nic" "$(hidden "($nic)")"
	same "hide: without domain" "$nic" "$(hidden "(00:05.0)")"
	same "hide: several, spaces between" "$nic $old" "$(hidden " ($nic) (00:05.2)")"
	same "hide: any function" "$nic $rtl $old" "$(hidden "(00:05.*)")"
	same "hide: any slot of a bus without functions" "" "$(hidden "(7f:*.*)")"
	same "hide: prefixes" "$nic" "$(hidden "(0x0000:0x00:0x05.0x0)")"
	same "hide: blanks inside" "$nic" "$(hidden "(00: 05.0)")"
	same "hide: absent function" "$nic" "$(hidden "(0000:00:11.0)($nic)")"
	better "hide: a malformed token" "does not load" "$nic" "$(hidden "($nic)(0000:00:0g.0)")"
	better "hide: by id" "does not load" "$rtl" "$(hidden "(id=10ec:8139)")"
}

test_slots() {
	pciback_load
	same "slots: empty" "" "$(sorted slots)"
	same "new_slot: an address" ok "$(try "$PCIBACK/new_slot" "$nic")"
	same "new_slot: twice" ok "$(try "$PCIBACK/new_slot" "$nic")"
	same "new_slot: without domain, newline" ok "$(try "$PCIBACK/new_slot" '00:05.1\n')"
	same "slots: format" "$nic $rtl" "$(sorted slots)"
	same "new_slot: absent function" ok "$(try "$PCIBACK/new_slot" 0000:00:11.0)"
	same "slots: absent function is listed" "$nic $rtl 0000:00:11.0" "$(sorted slots)"
	same "new_slot: seizes nothing by itself" "" "$(seized)"
	same "new_slot: malformed" 'Invalid argument' "$(try "$PCIBACK/new_slot" 00:05)"
	same "new_slot: function out of range" 'Invalid argument' "$(try "$PCIBACK/new_slot" 00:05.8)"
	same "bind: what was asked for" ok "$(try "$PCIBACK/bind" "$nic")"
	same "bind: what was not" 'No such device' "$(try "$PCIBACK/bind" "$old")"
	same "driver directory lists what is seized" "$nic" "$(seized)"
	same "unbind" ok "$(try "$PCIBACK/unbind" "$nic")"
	same "slots: unbound stays asked for" "$nic $rtl 0000:00:11.0" "$(sorted slots)"
	same "remove_slot: an address" ok "$(try "$PCIBACK/remove_slot" "$nic")"
	same "remove_slot: twice" 'No such file or directory' "$(try "$PCIBACK/remove_slot" "$nic")"
	same "remove_slot: malformed" 'Invalid argument' "$(try "$PCIBACK/remove_slot" nonsense)"
	same "bind: after remove_slot" 'No such device' "$(try "$PCIBACK/bind" "$nic")"
	same "slots: what is left" "$rtl 0000:00:11.0" "$(sorted slots)"
	same "new_slot: any function" ok "$(try "$PCIBACK/new_slot" '00:1e.*')"
	same "slots: any function is eight lines" 10 "$(sort "$PCIBACK/slots" | wc -l)"
	same "remove_slot: any function" ok "$(try "$PCIBACK/remove_slot" '00:1e.*')"
	same "slots: eight lines fewer" "$rtl 0000:00:11.0" "$(sorted slots)"
}

# A line of 13 bytes each: 512 of them are more than a page holds.
test_slots_beyond_a_page() {
	pciback_load
	same "new_slot: a whole bus" ok "$(try "$PCIBACK/new_slot" '7e:*.*')"
	same "new_slot: another one" ok "$(try "$PCIBACK/new_slot" '7f:*.*')"
	better "slots: 512 addresses, complete lines read" 315 512 "$(grep -c -x '0000:7[ef]:[01][0-9a-f]\.[0-7]' "$PCIBACK/slots")"
	same "remove_slot: a whole bus" ok "$(try "$PCIBACK/remove_slot" '7e:*.*')"
	same "slots: the other one is left" 256 "$(grep -c -x '0000:7f:[01][0-9a-f]\.[0-7]' "$PCIBACK/slots")"
	same "slots: and nothing else" 256 "$(wc -l <"$PCIBACK/slots")"
}

test_driver_override() {
	pciback_load
	write_attr "$PCI/$rtl/driver_override" pciback
	defer write_attr "$PCI/$rtl/driver_override" '\n'
	same "driver_override: drivers_probe" ok "$(try /sys/bus/pci/drivers_probe "$rtl")"
	same "driver_override: seizes" pciback "$(driver_of "$rtl")"
	same "driver_override: is asked for, too" "$rtl" "$(sorted slots)"
}

# quirk_lines BDF: those of one function, without the address.
quirk_lines() {
	awk -v bdf="${1#*:}" '/^[0-9a-f]/ { on = $0 == bdf; next } on' "$PCIBACK/quirks"
}

test_quirks() {
	pciback_load "hide=($nic)($rtl)"
	same "quirks: format" "" "$(grep -v -x -E $'[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]|\t[0-9a-f]{4}(:[0-9a-f]{4}){3}|\t\t[0-9a-f]{8}:[124]:[0-9a-f]{8}' "$PCIBACK/quirks" || :)"
	same "quirks: the functions" "00:05.0 00:05.1" "$(grep '^[0-9a-f]' "$PCIBACK/quirks" | sort | paste -s -d' ')"
	same "quirks: ids under each" "8086:10d3:8086:0000" "$(quirk_lines "$nic" | sed -n '1s/\t//p')"
	same "quirks: adds" ok "$(try "$PCIBACK/quirks" "$nic-4c:4:ff00")"
	same "quirks: lists it" $'\t\t0000004c:4:0000ff00' "$(quirk_lines "$nic" | grep 4c:4)"
	same "quirks: without domain" ok "$(try "$PCIBACK/quirks" '00:05.1-50:2:f\n')"
	same "quirks: lists that, too" $'\t\t00000050:2:0000000f' "$(quirk_lines "$rtl" | grep 50:2)"
	same "quirks: the same again" ok "$(try "$PCIBACK/quirks" "$nic-4c:4:ff00")"
	same "quirks: listed once" 1 "$(quirk_lines "$nic" | grep -c 4c:4)"
	same "quirks: prefixes" ok "$(try "$PCIBACK/quirks" "$nic-0x54:4:0xff")"
	same "quirks: lists what had them" $'\t\t00000054:4:000000ff' "$(quirk_lines "$nic" | grep 54:4)"
	same "quirks: not aligned" ok "$(try "$PCIBACK/quirks" "$rtl-f5:2:ffff")"
	same "quirks: mask wider than the field" 'Invalid argument' "$(try "$PCIBACK/quirks" "$nic-4c:1:100")"
	same "quirks: no such size" 'Invalid argument' "$(try "$PCIBACK/quirks" "$nic-4c:3:0")"
	same "quirks: beyond the space" 'Invalid argument' "$(try "$PCIBACK/quirks" "$nic-1000:1:0")"
	same "quirks: malformed" 'Invalid argument' "$(try "$PCIBACK/quirks" "$nic-4c:4")"
	same "quirks: not seized" 'No such device' "$(try "$PCIBACK/quirks" "$old-4c:4:0")"
}

test_permissive() {
	pciback_load "hide=($nic)($rtl)"
	same "permissive: empty" "" "$(sorted permissive)"
	same "permissive: turns on" ok "$(try "$PCIBACK/permissive" "$nic")"
	same "permissive: twice" ok "$(try "$PCIBACK/permissive" "$nic")"
	same "permissive: without domain, newline" ok "$(try "$PCIBACK/permissive" '00:05.1\n')"
	same "permissive: lists" "$nic $rtl" "$(sorted permissive)"
	same "permissive: prefixes" ok "$(try "$PCIBACK/permissive" '0x0:0x5.0')"
	same "permissive: not seized" 'No such device' "$(try "$PCIBACK/permissive" "$old")"
	same "permissive: malformed" 'Invalid argument' "$(try "$PCIBACK/permissive" nonsense)"
	better "permissive: - turns off" 'Invalid argument' ok "$(try "$PCIBACK/permissive" "-$nic")"
	same "unbind" ok "$(try "$PCIBACK/unbind" "$rtl")"
	same "bind" ok "$(try "$PCIBACK/bind" "$rtl")"
	same "permissive: over when it was unbound" 0 "$(grep -c "$rtl" "$PCIBACK/permissive" || :)"
}

test_allow_interrupt_control() {
	pciback_load "hide=($nic)($rtl)"
	same "allow_interrupt_control: empty" "" "$(sorted allow_interrupt_control)"
	same "allow_interrupt_control: turns on" ok "$(try "$PCIBACK/allow_interrupt_control" "$nic")"
	same "allow_interrupt_control: lists" "$nic" "$(sorted allow_interrupt_control)"
	same "allow_interrupt_control: not seized" 'No such device' "$(try "$PCIBACK/allow_interrupt_control" "$old")"
	same "allow_interrupt_control: malformed" 'Invalid argument' "$(try "$PCIBACK/allow_interrupt_control" nonsense)"
}

test_irq_handlers() {
	pciback_load "hide=($nic)($rtl)"
	same "irq_handlers: format" "$nic:off:not acking:0 $rtl:off:not acking:0" "$(sorted irq_handlers)"
	same "irq_handler_state: switches" ok "$(try "$PCIBACK/irq_handler_state" "$nic")"
	same "irq_handlers: on, acking" "$nic:on:acking:0 $rtl:off:not acking:0" "$(sorted irq_handlers)"
	same "irq_handler_state: switches back" ok "$(try "$PCIBACK/irq_handler_state" "$nic")"
	same "irq_handlers: off" "$nic:off:acking:0 $rtl:off:not acking:0" "$(sorted irq_handlers)"
	same "irq_handler_state: not seized" 'No such file or directory' "$(try "$PCIBACK/irq_handler_state" "$old")"
	same "irq_handler_state: malformed" 'Invalid argument' "$(try "$PCIBACK/irq_handler_state" nonsense)"
}

test_what_libxl_asks_for() {
	pciback_load "hide=($nic)"
	better "do_flr" absent present "$([[ -e $PCIBACK/do_flr ]] && echo present || echo absent)"
	same "seized function: its driver" pciback "$(driver_of "$nic")"
	same "slots: as libxl's scanf takes it" "0 0 5 0" \
		"$(sed -E 's/^([0-9a-f]+):([0-9a-f]+):([0-9a-f]+)\.([0-9]+)$/0x\1 0x\2 0x\3 \4/' "$PCIBACK/slots" | xargs printf '%d %d %d %d\n')"
}

epilogue() {
	echo "# xen-pciback $LAB_DRIVER, Linux $(uname -r)"
	printf '# | %-52s | %-34s | %s\n' aspect "this driver" "in-tree and ours"
	cat "$TEST_DIR/table"
	echo "# $(grep -c 'same$' "$TEST_DIR/table") the same, $(grep -c 'ours: ' "$TEST_DIR/table") differ"
}

run_tests
