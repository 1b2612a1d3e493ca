# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A connection, its end and its sudden end, each allocation on the way failing once.
# (No pages, as in failnth-load: a connection takes none but those of slab caches, and
# whether a cache is out of them is chance.)
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

test_connect() {
	connection_begins failslab
	sweep ensure_not_connected act_connect
}

# As xl does when a guest is shut down.
act_close() {
	loop_keys write $LOOP_BACK/online 0 $LOOP_BACK/state 5
	outcome=works
	if ! await 15 loop_state_is 6; then
		outcome="silent: state $(loop_state)"
	elif ! await 20 is_idle "$nic"; then
		outcome="silent: $(<"$PCI/$nic/pciback/state")"
	fi
}

test_release() {
	connection_begins failslab
	sweep ensure_msi act_close
}

# As when a guest is killed.
act_destroy() {
	loop_destroy
	outcome=works
	await 20 is_idle "$nic" || outcome="silent: $(<"$PCI/$nic/pciback/state")"
}

test_destroy() {
	connection_begins failslab
	sweep ensure_msi act_destroy
}

run_tests
