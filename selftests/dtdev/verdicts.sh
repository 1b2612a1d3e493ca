# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# xl-dtdev by a tree alone and xen-dtdev in the kernel that runs with it come to the same
# verdict for each node; and looking costs no line in the kernel's log.
#
# The machine: tree/holds.sh describes it.
#
# arch: arm64
# only by name: it looks at each node of the tree several times
# lab: --dtb-edit selftests/dtdev/tree/holds.sh

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh

report=/sys/kernel/debug/xen-dtdev/report

# What only one of them can know. By a kernel: what runs, and which devices there are. By a
# tree: where messages should go, and what could be below a node.
NATURE='console|network|root-storage|watchdog|consumers|children|no-unbind'
# What xl-dtdev adds to the module's words, before any reason.
UNFIT='pci-host|iommu|no-registers|in-memory'

# verdicts: of the module's lines without the driver, or of plan's: a line "PATH ok", or
# "PATH REASON NAME" for each name, without what is in NATURE. Of the machine's own interrupt
# controller, whose users fill a line, and are cut off there, the reasons alone.
verdicts() {
	awk -v nature="^($NATURE)\$" '
		/^#/ { next }
		{ path = $1; sub(/^[^ ]+ [^ ]+ /, ""); said = 0 }
		!/^no: / || /^no: dom0 has no device of it$/ { print path, "ok"; next }
		{
			main = /^no: interrupt-controller/
			count = split(substr($0, 5), reasons, "; ")
			for (i = 1; i <= count; i++) {
				reason = names = reasons[i]
				sub(/ .*/, "", reason)
				if (reason ~ nature)
					continue
				if (!sub(/^[^ ]+ /, "", names) || main)
					names = "-"
				many = split(names, name, ", ")
				for (j = 1; j <= many; j++)
					print path, reason, name[j]
				said = 1
			}
			if (!said)
				print path, "ok"
		}' | LC_ALL=C sort
}

# enabled PATH: no status on the way to it says otherwise.
enabled() {
	local at=$1 status
	while [[ -n $at ]]; do
		status=/proc/device-tree$at/status
		[[ ! -e $status ]] || [[ $(tr -d '\0' <"$status") =~ ^ok(ay)?$ ]] || return 1
		at=${at%/*}
	done
}

# only_enabled: those of the module's lines that plan has, too.
only_enabled() {
	local path rest
	while read -r path rest; do
		! enabled "$path" || echo "$path $rest"
	done
}

# plan_here: what a tree alone says of the one that runs, into $TEST_DIR/plan; and into unfit
# the nodes of which xl-dtdev does not ask the module.
plan_here() {
	xl-dtdev plan /sys/firmware/fdt >"$TEST_DIR/plan"
	sed -nE "s/^([^ ]+) - no: ($UNFIT): .*/\1/p" "$TEST_DIR/plan" >"$TEST_DIR/unfit"
	[[ -s $TEST_DIR/unfit ]] || fail "no node is unfit for guests, not even the PCI host"
}

# without_unfit: of lines that begin with a path.
without_unfit() {
	awk -v unfit="$TEST_DIR/unfit" 'BEGIN { while ((getline path < unfit) > 0) left[path] } !($1 in left)'
}

test_tool_and_module_come_to_the_same_verdicts() {
	dt_load
	plan_here
	cat "$TEST_DIR/plan" $report
	without_unfit <"$TEST_DIR/plan" | verdicts >"$TEST_DIR/tool"
	only_enabled <$report | without_unfit | verdicts >"$TEST_DIR/module"
	# Neither may have been silent.
	expect_ge "nodes with a verdict" 30 "$(cut -d' ' -f1 "$TEST_DIR/tool" | sort -u | wc -l)"
	expect_ge "reasons" 15 "$(grep -c -v ' ok$' "$TEST_DIR/tool")"
	expect_same "what the module says (got), and the tool (wanted)" "$TEST_DIR/tool" "$TEST_DIR/module"
}

# The words, too: both by way of xl-dtdev.
test_what_passes_is_said_in_the_same_words() {
	local path said passed=0
	dt_load
	plan_here
	while read -r path; do
		# What a kernel alone knows to be against it is the other test's.
		said=$(xl-dtdev check "$path" </dev/null) || continue
		grep -q -x -F -e "$path - ${said#"$path" * }" "$TEST_DIR/plan" ||
			fail "check: '$said', and plan: '$(grep -F -e "$path - " "$TEST_DIR/plan")'"
		passed=$((passed + 1))
	done < <(sed -n 's/ - ok.*//p' "$TEST_DIR/plan")
	expect_ge "devices that pass" 10 $passed
}

# What is unfit does not pass in dom0 either, whatever the module has against it.
test_what_is_unfit_is_refused() {
	local path asked=0
	dt_load
	plan_here
	while read -r path; do
		! xl-dtdev check "$path" </dev/null || fail "$path passes"
		asked=$((asked + 1))
	done <"$TEST_DIR/unfit"
	expect_ge "devices that are unfit" 1 $asked
}

# expect_provider PATH USER...: these and no others need it.
expect_provider() {
	local users
	users=$(printf ', %s' "${@:2}")
	! xl-dtdev check "$1" >"$TEST_DIR/out" || fail "$1 passes, though others need it"
	expect_line "$1 - no: provider ${users#, }" "check" <"$TEST_DIR/out"
}

test_who_needs_a_node_is_named() {
	dt_load
	expect_provider /sensor@905e000 /thermal-zones/zone
	expect_provider /messages@905f000 /sender@9060000
	expect_provider /port@9061000 /plug@9062000
	expect_provider /i2c@9066000 /reader@9067000
	expect_provider /mac@9068000 /mac@9069000
}

# fdtput puts a new node before those that are there.
test_numbers_that_look_like_handles_are_nobodys() {
	dt_load
	expect_provider /lines@9063000 /tied@906d000 /tied@906c000 /relays@906b000 /late /lamp@9065000
	xl-dtdev check /bank@9064000 | expect_line "/bank@9064000 - ok.*" "check"
	xl-dtdev check /quiet@906a000 | expect_line "/quiet@906a000 - ok.*" "check"
}

test_a_line_of_another_controller_is_shared_too() {
	dt_load
	! xl-dtdev check /tied@906c000 >"$TEST_DIR/out" || fail "it passes"
	expect_line "/tied@906c000 - no: shared-interrupt /tied@906d000" "check" <"$TEST_DIR/out"
}

test_an_interrupt_that_is_not_the_first_can_be_given() {
	dt_load
	xl-dtdev check /late | expect_line "/late - ok.*" "check"
}

test_looking_says_nothing_in_the_log() {
	local mark path
	dt_load
	mark=$(dmesg_mark)
	cat $report >"$TEST_DIR/report"
	for path in /sensor@905e000 /messages@905f000 /port@9061000 /lines@9063000 /i2c@9066000 /mac@9068000 /bank@9064000 /reader@9067000 /late; do
		grep -q -F -e "$path " "$TEST_DIR/report" || fail "$path is not in the report"
		xl-dtdev check "$path" >/dev/null || :
	done
	dmesg_since "$mark" >"$TEST_DIR/log"
	expect_empty "the kernel's log of it" "$TEST_DIR/log"
}

run_tests
