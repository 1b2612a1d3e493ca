# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Guests are made and destroyed, at any moment of their lives, again and again: nothing
# of them is left.
#
# only by name: three quarters of an hour
# lab: --net n0
# lab: --net n1
# lab: --net n2
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci e1000e,addr=0x6,netdev=n1
# lab: --pci e1000e,addr=0x7,netdev=n2
# lab: --timeout 7000

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=../lib/stock.sh
source /lab/lib/stock.sh
# shellcheck source=../../scripts/lab/common/splat.sh
source /lab/splat.sh

nics=(0000:00:05.0 0000:00:06.0 0000:00:07.0)

# destroy NAME BDF: and what libxl leaves in xenstore of a guest that never was connected.
destroy() {
	local back
	back=/local/domain/0/backend/pci/$(xl domid "$1")
	xl destroy "$1" 2>"$TEST_DIR/$1.destroyed" || fail "$1 could not be destroyed: $(<"$TEST_DIR/$1.destroyed")"
	await_state "$2" idle
	if grep -q "Backend $back/0 not ready" "$TEST_DIR/$1.destroyed"; then
		echo "$back" >>"$TEST_DIR/left"
		xenstore-rm "$back"
	fi
}

# lives COUNT BDF: of a guest that has this function, one after the other.
lives() {
	local n name=guest-${2:8:2}
	sed "s/NAME/$name/; s/BDF/$2/" "$TEST_DIR/guest.cfg" >"$TEST_DIR/$name.cfg"
	for ((n = 0; n < $1; n++)); do
		xl create -q -p "$TEST_DIR/$name.cfg" || fail "$name could not be made"
		xl unpause "$name"
		a_moment 12000
		destroy "$name" "$2"
	done
}

# guests COUNT: three at a time, since xl waits ten seconds for some that it destroys.
guests() {
	local bdf pid pids=() status=0
	for bdf in "${nics[@]}"; do
		lives "$(($1 / 3))" "$bdf" &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || status=$?
	done
	((status == 0)) || exit "$status"
}

test_guests_leave_nothing() {
	local early
	pciback_load "hide=$(printf '(%s)' "${nics[@]}")"
	# What the lab makes for one guest serves all.
	guest_start first idle.sh "pci=[\"${nics[0]}\"]"
	guest_reaches first ready
	guest_tell first shutdown
	guest_ends first 0
	printf '%s\n' "name='NAME'" "type='pv'" "kernel='/lab/guest/vmlinuz'" "ramdisk='/run/lab/guests/first/initrd'" \
		'memory=384' "pci=['BDF']" "on_poweroff='destroy'" "on_crash='destroy'" >"$TEST_DIR/guest.cfg"
	: >"$TEST_DIR/left"
	soak 300 guests
	early=$(wc -l <"$TEST_DIR/left")
	# None of their kernels, which are nobody's to look at else, had anything to say.
	cat /var/log/xen/console/guest-guest-*.log >"$TEST_DIR/kernels"
	expect_line '.*Linux version.*' "the guests' kernel logs" <"$TEST_DIR/kernels"
	expect_no "$SPLAT_LINUX" "the guests' kernel logs" <"$TEST_DIR/kernels"
	note "destroyed before they were connected: $early"
	expect_ge "guests destroyed before they were connected" 1 "$early"
}

run_tests
