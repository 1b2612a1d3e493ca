# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# xl's less common ways to a function: seize=1, names, permissive=1, a guest that restarts
# while the domain it was is dying still, and one that is saved.
#
# only by name: guests that boot, and boot again, make it long
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --may-fault 0000:00:05.0
#
# A guest that is destroyed leaves its DMA on until it is reset: that may fault.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0

expect_permissive() {
	expect_eq "permissive" "$1" "$(<"$PCIBACK/permissive")"
}

# dom0_works: with the card, by its own driver.
dom0_works() {
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
}

test_seize_1_takes_it_from_dom0s_driver_and_remove_r_gives_it_back() {
	driver_load e1000e
	pciback_load
	guest_paused user "$nic,seize=1"
	await_state "$nic" assigned
	expect_eq "isolation" guest "$(of "$nic" isolation)"
	now guest_paused_end user
	await_state "$nic" idle
	expect_eq "isolation" quarantined "$(of "$nic" isolation)"
	xl pci-assignable-remove -r "$nic"
	dom0_works
}

test_seize_1_and_return() {
	driver_load e1000e
	pciback_load
	guest_paused user "$nic,seize=1"
	await_state "$nic" assigned
	now guest_paused_end user
	await_state "$nic" idle
	write_attr "$PCIBACK/return" "$nic"
	dom0_works
}

test_by_name_and_permissive_for_as_long_as_attached() {
	pciback_load
	xl pci-assignable-add -n card "$nic"
	defer xl pci-assignable-remove "$nic"
	xl pci-assignable-list -n | expect_line '.*card.*' "pci-assignable-list"
	guest_start plug hotplug.sh 'passthrough="enabled"' e820_host=1
	guest_reaches plug ready
	xl pci-attach plug name=card,permissive=1
	expect_seen plug "0000:00:00.0=8086:10d3"
	expect_permissive "$nic"
	xl pci-detach plug name=card
	expect_seen plug ''
	await_state "$nic" idle
	expect_permissive ''
	xl pci-attach plug name=card
	expect_seen plug "0000:00:00.0=8086:10d3"
	expect_permissive ''
	guest_tell plug shutdown
	guest_ends plug 0
}

# domain_flags DOMID: as xl list has them, of a dying one, too.
domain_flags() {
	xl list | awk -v id="$1" '$2 == id { print $5 }'
}

# held_dying: whoever does not let go of its memory keeps a domain from vanishing: here
# the one that reads consoles.
held_dying() {
	kill -STOP "$(</run/xen/xenconsoled.pid)"
}

let_die() {
	kill -CONT "$(</run/xen/xenconsoled.pid)"
}

test_a_guest_restarts_while_its_old_domain_is_dying() {
	local old new
	pciback_load "hide=($nic)"
	guest_start again e1000e.sh "pci=[\"$nic,permissive=1\"]" 'on_reboot="restart"'
	guest_reaches again ready
	old=$(xl domid again)
	held_dying
	defer let_die
	guest_tell again reboot
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 60 sh -c 'new=$(xl domid again 2>/dev/null) && [ "$new" != "$1" ]' sh "$old" || fail "it does not restart: $(xl list)"
	new=$(xl domid again)
	await_state "$nic" assigned
	expect_eq "owner" "$new" "$(of "$nic" owner)"
	[[ $(domain_flags "$old") == *d* ]] || fail "domain $old is not dying: $(xl list)"
	now let_die
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 180 sh -c '[ "$(grep -c "^again: told ready" "$1")" = 2 ]' sh "$TEST_DIR/again.log" || fail "it does not work again: $(guest_last again)"
	expect_permissive "$nic"
	guest_tell again shutdown
	guest_ends again 0
	await_state "$nic" idle
	expect_permissive ''
	expect_eq "isolation" quarantined "$(of "$nic" isolation)"
}

test_saved_and_running_on() {
	pciback_load "hide=($nic)"
	guest_start kept e1000e.sh "pci=[\"$nic\"]"
	guest_reaches kept ready
	xl save -c kept /dev/null
	expect_eq "owner" "$(xl domid kept)" "$(of "$nic" owner)"
	guest_tell kept ping-after
	guest_reaches kept pinged-after
	guest_tell kept shutdown
	guest_ends kept 0
}

run_tests
