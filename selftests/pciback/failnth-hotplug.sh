# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A second function is given to a guest and taken back, each allocation on the way failing once.
#
# kernel: debug
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci e1000e,addr=0x6,netdev=n1
# lab: --timeout 7200

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/sweep.sh
source /lab/lib/sweep.sh

# As libxl goes about it; rawfront does what pcifront would do.
reconfigure() {
	loop_keys write "$LOOP_BACK/state-1" "$1" "$LOOP_BACK/state" 7
	await 15 loop_state_is 4
}

ensure_one() {
	local value
	ensure_connected
	loop_read dev-1
	if [[ -n $value ]]; then
		reconfigure 5 || fail "$nic2 cannot be taken back"
		await 20 is_idle "$nic2" || fail "$nic2 is $(<"$PCI/$nic2/pciback/state")"
		loop_keys rm $LOOP_BACK/{dev-1,vdev-1,state-1}
	fi
	loop_keys rm $LOOP_BACK/error-1
}

act_add() {
	local value
	loop_keys write $LOOP_BACK/dev-1 "$nic2" $LOOP_BACK/num_devs 2
	outcome=works
	if ! reconfigure 1; then
		outcome="silent: state $(loop_state)"
	elif ! loop_sees 0; then
		outcome="silent: the other function is lost"
	elif ! loop_sees 8; then
		loop_read error-1
		outcome=${value:-silent: not added}
	fi
}

test_hotplug() {
	connection_begins failslab
	sweep ensure_one act_add
}

ensure_two() {
	ensure_connected
	loop_sees 8 || {
		act_add
		[[ $outcome == works ]] || fail "no second function: $outcome"
	}
}

act_remove() {
	outcome=works
	if ! reconfigure 5; then
		outcome="silent: state $(loop_state)"
	elif loop_sees 8; then
		outcome="silent: still there"
	elif ! await 20 is_idle "$nic2"; then
		outcome="silent: $(<"$PCI/$nic2/pciback/state")"
	fi
}

test_hot_remove() {
	connection_begins failslab
	sweep ensure_two act_remove
}

run_tests
