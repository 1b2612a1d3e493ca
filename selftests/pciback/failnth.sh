# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Every allocation on the way of loading, seizing, connecting, hotplug, interrupts,
# release and unloading fails once: it works all the same or says why not, loses
# nothing, and works the next time.
#
# kernel: debug
# lab: --net n0
# lab: --net n1
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci e1000e,addr=0x6,netdev=n1
# lab: --timeout 7200

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/failslab.sh
source /lab/lib/failslab.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh

nic=0000:00:05.0 nic2=0000:00:06.0

# sweep PREPARE ACT [AIM]: PREPARE makes the start again from whatever ACT left. ACT
# sets outcome to `works`, or to what was reported, or to `silent ...`. AIM says
# below which code allocations fail; default: all functions of the module.
sweep() {
	local n works=0 reported=0 mark aim=${3:-fault_below_module xen_pciback}
	for ((n = 1; ; n++)); do
		"$1"
		$aim
		mark=$(dmesg_mark)
		fault_arm "$n"
		"$2"
		if ! fault_disarm; then
			[[ $outcome == works ]] || fail "without a failure: $outcome"
			break
		fi
		case $outcome in
		works)
			works=$((works + 1))
			continue
			;;
		silent*) fail "failure $n: $outcome; $(sweep_where "$mark")" ;;
		esac
		reported=$((reported + 1))
		note "failure $n: $outcome; $(sweep_where "$mark")"
		"$1"
		"$2"
		[[ $outcome == works ]] || fail "after failure $n: $outcome; $(sweep_where "$mark")"
	done
	note "${FUNCNAME[1]#test_} ${FAULT##*/}: $((n - 1)) allocations failed: $works times it worked all the same, $reported times it said why not"
	((n > 1)) || fail "no allocation failed"
}

sweep_where() {
	dmesg_since "$1" | awk '/^FAULT_INJECTION: in / && !n++ { gsub(/\[[a-z_0-9]*\]/, ""); NF = 16; $1 = $2 = ""; print }'
}

is_idle() {
	[[ $(cat "$PCI/$1/pciback/state" 2>/dev/null) == idle ]]
}

ensure_unloaded() {
	[[ ! -e /sys/module/xen_pciback ]] || pciback_unload
	expect_driver "$nic" none
}

act_load() {
	local said
	if ! said=$(modprobe xen-pciback "hide=($nic)" 2>&1); then
		outcome="modprobe: ${said##*: }"
		[[ ! -e /sys/module/xen_pciback ]] || outcome="silent: half of the module stays"
	elif [[ $(driver_of "$nic") == pciback ]]; then
		outcome=works
	else
		outcome="hide_status: $(<"$PCIBACK/hide_status")"
		[[ $outcome == *error* ]] || outcome="silent: $outcome"
	fi
}

test_load() {
	defer ensure_unloaded
	fault_kind failslab
	sweep ensure_unloaded act_load 'fault_below_function do_init_module'
}

test_load_without_pages() {
	defer ensure_unloaded
	fault_kind fail_page_alloc
	sweep ensure_unloaded act_load 'fault_below_function do_init_module'
}

ensure_loaded() {
	[[ -e /sys/module/xen_pciback ]] || modprobe xen-pciback
}

ensure_not_seized() {
	ensure_loaded
	[[ $(driver_of "$nic") != pciback ]] || write_attr "$PCIBACK/unbind" "$nic"
	[[ -z $(slots) ]] || write_attr "$PCIBACK/remove_slot" "$nic"
}

act_seize() {
	local said
	if ! said=$(write_attr "$PCIBACK/new_slot" "$nic" 2>&1) || ! said=$(write_attr "$PCIBACK/bind" "$nic" 2>&1); then
		outcome=${said##*: }
	elif [[ $(driver_of "$nic") == pciback ]]; then
		outcome=works
	else
		outcome="silent: not seized"
	fi
}

test_seize() {
	defer ensure_unloaded
	fault_kind failslab
	sweep ensure_not_seized act_seize
}

test_bind() {
	defer ensure_unloaded
	fault_kind failslab
	sweep ensure_not_seized act_seize 'fault_below_function device_driver_attach'
}

ensure_seized() {
	[[ -e /sys/module/xen_pciback ]] || modprobe xen-pciback "hide=($nic)($nic2)"
	expect_eq seized "$nic $nic2" "$(seized)"
}

act_unload() {
	local said
	if said=$(modprobe -r xen-pciback 2>&1); then
		outcome=works
	else
		outcome="silent: $said"
	fi
}

test_unload() {
	defer ensure_unloaded
	fault_kind failslab
	sweep ensure_seized act_unload
}

ensure_not_connected() {
	ensure_seized
	loop_destroy
	await 20 is_idle "$nic" || fail "$nic is $(<"$PCI/$nic/pciback/state")"
}

# What a toolstack would see: the function, or a reason.
loop_has_settled() {
	{ loop_state_is 4 && loop_sees 0; } || [[ -n $(loop_complaint) ]]
}

act_connect() {
	loop_create "$nic"
	await 15 loop_has_settled || {
		outcome="silent: state $(loop_state)"
		return
	}
	outcome=$(loop_complaint | paste -s -d' ')
	outcome=${outcome:-works}
}

connection_begins() {
	defer ensure_unloaded
	ensure_seized
	loop_load
	defer loop_destroy
	fault_kind "$1"
}

test_connect() {
	connection_begins failslab
	sweep ensure_not_connected act_connect
}

test_connect_without_pages() {
	connection_begins fail_page_alloc
	sweep ensure_not_connected act_connect
}

ensure_connected() {
	if ! loop_state_is 4 || ! loop_sees 0 || [[ -n $(loop_complaint) ]]; then
		ensure_not_connected
		act_connect
		[[ $outcome == works ]] || fail "no connection: $outcome"
	fi
}

# As libxl goes about it; rawfront does what pcifront would do.
reconfigure() {
	xenstore-write "$LOOP_BACK/state-1" "$1" "$LOOP_BACK/state" 7
	await 15 loop_state_is 4
}

ensure_one() {
	ensure_connected
	if [[ -n $(loop_read dev-1) ]]; then
		reconfigure 5 || fail "$nic2 cannot be taken back"
		await 20 is_idle "$nic2" || fail "$nic2 is $(<"$PCI/$nic2/pciback/state")"
		xenstore-rm $LOOP_BACK/{dev-1,vdev-1,state-1}
	fi
	xenstore-rm $LOOP_BACK/error-1 2>/dev/null || :
}

act_add() {
	xenstore-write $LOOP_BACK/dev-1 "$nic2" $LOOP_BACK/num_devs 2
	outcome=works
	if ! reconfigure 1; then
		outcome="silent: state $(loop_state)"
	elif ! loop_sees 0; then
		outcome="silent: the other function is lost"
	elif ! loop_sees 8; then
		outcome=$(loop_read error-1)
		outcome=${outcome:-silent: not added}
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

# A new guest each time: how much one can have logged is limited.
ensure_no_msi() {
	ensure_not_connected
	ensure_connected
}

# act_op CMD FIELD...
act_op() {
	local mark answer
	mark=$(dmesg_mark)
	answer=$(loop_op "$@")
	outcome=works
	[[ $answer != '0 '* ]] || return 0
	outcome="silent: answer '$answer'"
	! dmesg_since "$mark" | grep -q "pciback $nic: enabling MSI.* for a guest: -12" || outcome="answer '$answer' and a line in the log"
}

act_msi() {
	act_op 2 0 0 0 0 0 0
}

act_msix() {
	act_op 4 0 0 0 0 0 3 0 1 2
}

test_msi() {
	connection_begins failslab
	sweep ensure_no_msi act_msi
}

test_msix() {
	connection_begins failslab
	sweep ensure_no_msi act_msix
}

ensure_msi() {
	ensure_connected
	[[ -d $PCI/$nic/msi_irqs ]] || act_msix
}

act_msi_off() {
	act_op 5 0 0 0 0 0 0
}

test_disabling_msix() {
	connection_begins failslab
	sweep ensure_msi act_msi_off
}

# As xl does when a guest is shut down.
act_close() {
	xenstore-write $LOOP_BACK/online 0 $LOOP_BACK/state 5
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
