# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Every allocation on some way fails once: it works all the same or says why not, loses
# nothing, and works the next time. The connection is one of dom0 with itself.

# shellcheck source=failslab.sh
source /lab/lib/failslab.sh
# shellcheck source=loop.sh
source /lab/lib/loop.sh

nic=0000:00:05.0 nic2=0000:00:06.0

# sweep PREPARE ACT [AIM]: PREPARE makes the start again from whatever ACT left. ACT
# sets outcome to `works`, or to what was reported, or to `silent ...`. AIM says
# below which code allocations fail; default: all functions of the module.
sweep() {
	local n works=0 reported=0 mark where aim=${3:-fault_below_module xen_pciback}
	sweep_follow
	for ((n = 1; ; n++)); do
		"$1"
		$aim
		mark="sweep ${FUNCNAME[1]} $n"
		echo "$mark" >/dev/kmsg
		fault_arm "$n"
		"$2"
		if ! fault_disarm; then
			[[ $outcome == works ]] || fail "without a failure: $outcome"
			break
		fi
		if [[ $outcome == works ]]; then
			works=$((works + 1))
			continue
		fi
		sweep_find "$mark"
		[[ $outcome != silent* ]] || fail "failure $n: $outcome; $where"
		reported=$((reported + 1))
		note "failure $n: $outcome; $where"
		"$1"
		"$2"
		[[ $outcome == works ]] || fail "after failure $n: $outcome; $where"
	done
	note "${FUNCNAME[1]#test_} ${FAULT##*/}: $((n - 1)) allocations failed: $works times it worked all the same, $reported times it said why not"
	((n > 1)) || fail "no allocation failed"
}

# sweep_follow: dom0's log goes to a file, to be read on from where it was left: looking
# through all of it takes longer and longer.
sweep_follow() {
	: >"$TEST_DIR/kmsg"
	exec {sweep_log}<"$TEST_DIR/kmsg"
	cat /dev/kmsg >>"$TEST_DIR/kmsg" &
	defer kill $!
}

# sweep_find MARK: $where is what called for the memory, in the failure after that line.
sweep_find() {
	echo "$1: looked for" >/dev/kmsg
	where=
	await 20 sweep_found "$1" || fail "no '$1' in dom0's log"
}

sweep_found() {
	local line callers
	while IFS= read -r -u "$sweep_log" line; do
		case $line in
		*";$1: looked for") return 0 ;;
		*";$1") where= ;;
		*';FAULT_INJECTION: in '*)
			[[ -z $where ]] || continue
			read -r -a callers <<<"${line#*: in }"
			where=${callers[*]:0:14}
			;;
		esac
	done
	return 1
}

is_idle() {
	local state=
	{ read -r state <"$PCI/$1/pciback/state"; } 2>/dev/null
	[[ $state == idle ]]
}

ensure_unloaded() {
	[[ ! -e /sys/module/xen_pciback ]] || pciback_unload
	expect_driver "$nic" none
}

ensure_seized() {
	local links
	[[ -e /sys/module/xen_pciback ]] || modprobe xen-pciback "hide=($nic)($nic2)"
	links=("$PCIBACK"/????:??:??.?)
	expect_eq seized "$nic $nic2" "${links[*]##*/}"
}

ensure_not_connected() {
	ensure_seized
	loop_destroy
	await 20 is_idle "$nic" || fail "$nic is $(<"$PCI/$nic/pciback/state")"
}

# What a toolstack would see: the function, or a reason.
loop_has_settled() {
	{ loop_state_is 4 && loop_sees 0; } || loop_complains
}

act_connect() {
	loop_create "$nic"
	await 15 loop_has_settled || {
		outcome="silent: state $(loop_state)"
		return
	}
	outcome=works
	! loop_complains || outcome=$complaint
}

connection_begins() {
	defer ensure_unloaded
	ensure_seized
	loop_load
	defer loop_destroy
	fault_kind "$1"
}

ensure_connected() {
	if ! loop_state_is 4 || ! loop_sees 0 || loop_complains; then
		ensure_not_connected
		act_connect
		[[ $outcome == works ]] || fail "no connection: $outcome"
	fi
}

# act_op CMD FIELD...
act_op() {
	local mark
	mark=$(dmesg_mark)
	loop_ask "$@" || :
	outcome=works
	[[ $answer != '0 '* ]] || return 0
	outcome="silent: answer '$answer'"
	! dmesg_since "$mark" | grep -q "pciback $nic: enabling MSI.* for a guest: -12" || outcome="answer '$answer' and a line in the log"
}

act_msix() {
	act_op 4 0 0 0 0 0 3 0 1 2
}

ensure_msi() {
	ensure_connected
	[[ -d $PCI/$nic/msi_irqs ]] || act_msix
}
