# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Xen's document on overlays, dom0's part: a clock that the machine has, but not
# its tree, comes, works, goes, and comes again; and what is refused, by whom.
#
# arch: arm64
# kernel: 7.2
# lab: --xen overlay
# lab: --xen-args conring_size=1m
# lab: --dtb-edit fdtput -r $DTB /pl031@9010000

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/overlays.sh
source /lab/lib/overlays.sh

device=/sys/bus/amba/devices/9010000.pl031

test_the_documented_commands_twice() {
	local i
	[[ ! -e $LIVE/pl031@9010000 ]] || fail "the tree has a clock to begin with"
	overlays_load
	overlay_rtc overlay
	for i in 1 2; do
		note "time $i"
		xen_add overlay
		xen_attach overlay 0
		mkdir -p $OVERLAYS/new_overlay
		cat "$TEST_DIR/overlay.dtbo" >$OVERLAYS/new_overlay/dtbo
		expect_eq status applied "$(<$OVERLAYS/new_overlay/status)"
		expect_eq error none "$(<$OVERLAYS/new_overlay/error)"
		expect_eq driver rtc-pl031 "$(dt_driver amba/9010000.pl031)"
		rtc_works
		rmdir $OVERLAYS/new_overlay
		[[ ! -e $device && ! -e $LIVE/pl031@9010000 ]] || fail "it is still there"
		now xen_remove overlay
	done
}

test_an_overlay_can_come_in_pieces() {
	local size i
	overlays_load
	overlay_nodes pieces "pieces { compatible = \"test,pieces\"; filler = [$(head -c 10000 /dev/zero | od -An -v -tx1 | tr -d '\n')]; };"
	size=$(stat -c %s "$TEST_DIR/pieces.dtbo")
	mkdir $OVERLAYS/pieces
	defer overlay_remove pieces
	for ((i = 0; i < size; i += 1000)); do
		expect_eq status unapplied "$(<$OVERLAYS/pieces/status)"
		((i < 1000)) || expect_eq error "incomplete: $i of $size bytes" "$(<$OVERLAYS/pieces/error)"
		dd if="$TEST_DIR/pieces.dtbo" of=$OVERLAYS/pieces/dtbo bs=1000 skip=$((i / 1000)) count=1 2>/dev/null
	done
	expect_eq status applied "$(<$OVERLAYS/pieces/status)"
	expect_eq "its node" test,pieces "$(tr -d '\0' <$LIVE/pieces/compatible)"
	rmdir $OVERLAYS/pieces
	mkdir $OVERLAYS/pieces
	dd if="$TEST_DIR/pieces.dtbo" of=$OVERLAYS/pieces/dtbo bs=3 2>/dev/null
	expect_eq "status, three bytes at a time" applied "$(<$OVERLAYS/pieces/status)"
}

test_an_overlay_can_be_a_firmware_file() {
	overlays_load
	overlay_nodes firm 'firm { compatible = "test,firm"; };'
	mkdir -p /lib/firmware
	cp "$TEST_DIR/firm.dtbo" /lib/firmware/
	mkdir $OVERLAYS/firm
	defer overlay_remove firm
	expect_errno ENOENT $OVERLAYS/firm/path nothing.dtbo
	expect_line "there is no firmware file nothing.dtbo" error <$OVERLAYS/firm/error
	echo firm.dtbo >$OVERLAYS/firm/path
	expect_eq path firm.dtbo "$(<$OVERLAYS/firm/path)"
	expect_eq status applied "$(<$OVERLAYS/firm/status)"
	expect_eq "its node" test,firm "$(tr -d '\0' <$LIVE/firm/compatible)"
	expect_errno EPERM $OVERLAYS/firm/path firm.dtbo
	expect_errno EPERM $OVERLAYS/firm/dtbo again
}

# lie OFFSET BYTES: in a copy of an overlay that is good; escapes as for printf's %b.
lie() {
	cp "$TEST_DIR/good.dtbo" "$TEST_DIR/bad"
	printf '%b' "$2" | dd of="$TEST_DIR/bad" bs=1 seek="$1" conv=notrunc 2>/dev/null
}

test_bad_blobs_change_nothing() {
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	head -c 1048576 /dev/urandom >"$TEST_DIR/bad"
	printf 'X' | dd of="$TEST_DIR/bad" bs=1 conv=notrunc 2>/dev/null
	overlay_refused "Invalid argument" "it is no flattened device tree" "$TEST_DIR/bad"
	{ printf '\320\r\376\355\0\020\0\0' && head -c 1048568 /dev/urandom; } >"$TEST_DIR/bad"
	overlay_refused "Invalid argument" "its .*" "$TEST_DIR/bad"
	lie 4 '\00\0020\00\01'
	overlay_refused "File too large" "it is larger than 1 MiB, says its header" "$TEST_DIR/bad"
	lie 4 '\00\00\00\0100'
	overlay_refused "Invalid argument" "it is longer than its header says" "$TEST_DIR/bad"
	lie 36 '\00\00\0377\0374'
	overlay_refused "Invalid argument" "its structure is not within it .*" "$TEST_DIR/bad"
	lie 12 '\00\00\00\070'
	overlay_refused "Invalid argument" "its structure and its strings overlap .*" "$TEST_DIR/bad"
	lie 32 '\00\00\00\01'
	overlay_refused "Invalid argument" "the name of a property is not among the strings .*" "$TEST_DIR/bad"
	echo '/dts-v1/; / { good { }; };' | overlay_compile tree
	overlay_refused "Invalid argument" "it is not an overlay: it has no fragment .*" "$TEST_DIR/tree.dtbo"
}

test_references_that_lead_nowhere_change_nothing() {
	overlays_load
	overlay_nodes circle 'a: a { interrupt-parent = <&b>; interrupts = <1>; }; b: b { interrupt-parent = <&a>; };'
	overlay_refused "Invalid argument" "interrupt parents lead in a circle .*" "$TEST_DIR/circle.dtbo"
	overlay_nodes label 'a { clocks = <&no_such_label>; };'
	overlay_refused "No such file or directory" "it refers to labels, and the tree has none .*|the tree has no label no_such_label" "$TEST_DIR/label.dtbo"
	echo '/dts-v1/; /plugin/; / { fragment@7 { target-path = "/nowhere"; __overlay__ { }; }; };' | overlay_compile target
	overlay_refused "No such file or directory" "/fragment@7: its target is not in the tree: /nowhere" "$TEST_DIR/target.dtbo"
	echo '/dts-v1/; /plugin/; / { fragment@7 { target = <0xabcde>; __overlay__ { }; }; };' | overlay_compile target
	overlay_refused "No such file or directory" "/fragment@7: its target is not in the tree: no phandle 0xabcde" "$TEST_DIR/target.dtbo"
}

test_what_is_there_already_stays() {
	overlays_load
	overlay_nodes exists 'apb-pclk { phandle = <1>; };'
	overlay_refused "File exists" ".*/__overlay__/apb-pclk: the tree has /apb-pclk already, with a phandle of its own" "$TEST_DIR/exists.dtbo"
	echo '/dts-v1/; /plugin/; / { fragment@0 { target-path = "/"; __overlay__ { #size-cells = <1>; }; }; };' | overlay_compile cells
	overlay_refused "Invalid argument" ".*/__overlay__: the tree has another #size-cells there" "$TEST_DIR/cells.dtbo"
	echo '/dts-v1/; /plugin/; / { a { target-path = "/"; __overlay__ { twice { }; }; }; b { target-path = "/"; __overlay__ { twice { }; }; }; };' | overlay_compile twice
	overlay_refused "Invalid argument" ".*/__overlay__/twice: it is in another fragment, too" "$TEST_DIR/twice.dtbo"
}

test_a_refused_overlay_does_not_spoil_the_next() {
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	overlay_nodes bad 'apb-pclk { phandle = <1>; };'
	mkdir $OVERLAYS/one
	defer overlay_remove one
	! cat "$TEST_DIR/bad.dtbo" >$OVERLAYS/one/dtbo || fail "the bad one is taken"
	cat "$TEST_DIR/good.dtbo" >$OVERLAYS/one/dtbo
	expect_eq status applied "$(<$OVERLAYS/one/status)"
	expect_eq error none "$(<$OVERLAYS/one/error)"
}

test_the_one_on_top_goes_first() {
	overlays_load
	overlay_nodes below 'below { compatible = "test,below"; };'
	echo '/dts-v1/; /plugin/; / { fragment@0 { target-path = "/below"; __overlay__ { top { compatible = "test,top"; }; }; }; };' | overlay_compile top
	overlay_nodes beside 'beside { compatible = "test,beside"; };'
	overlay_apply below
	overlay_apply beside
	overlay_apply top
	expect_eq "on top of below" top "$(<$OVERLAYS/below/on_top)"
	expect_eq "on top of beside" "" "$(<$OVERLAYS/beside/on_top)"
	[[ $(rmdir $OVERLAYS/below 2>&1) == *"resource busy"* ]] || fail "the one below goes first"
	[[ -e $LIVE/below/top ]] || fail "the nodes are gone"
	rmdir $OVERLAYS/beside
	rmdir $OVERLAYS/top
	expect_eq "on top of below" "" "$(<$OVERLAYS/below/on_top)"
	rmdir $OVERLAYS/below
	[[ ! -e $LIVE/below ]] || fail "the node is still there"
}

test_the_module_stays_as_long_as_it_is_needed() {
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	overlay_apply good
	! modprobe -r dt-overlay-configfs 2>/dev/null || fail "the module goes away with an overlay"
	[[ -e $LIVE/good ]] || fail "the node is gone"
}

test_only_administrators_may() {
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	! setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin mkdir $OVERLAYS/mine 2>/dev/null || fail "anybody can make a directory"
	mkdir $OVERLAYS/good
	defer overlay_remove good
	# shellcheck disable=SC2016 # expanded by the inner shell
	! setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin sh -c 'cat "$1" >"$2"' sh "$TEST_DIR/good.dtbo" $OVERLAYS/good/dtbo 2>/dev/null || fail "anybody can apply one"
	expect_eq status unapplied "$(<$OVERLAYS/good/status)"
	cat "$TEST_DIR/good.dtbo" >$OVERLAYS/good/dtbo
}

test_twenty_times_over() {
	local i before
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; below { a = <1>; }; };'
	before=$(live_tree)
	for i in {1..20}; do
		mkdir $OVERLAYS/good
		cat "$TEST_DIR/good.dtbo" >$OVERLAYS/good/dtbo
		rmdir $OVERLAYS/good
	done
	expect_eq "the tree" "$before" "$(live_tree)"
}

test_xen_refuses_what_it_cannot_do() {
	overlays_load
	overlay_rtc overlay
	overlay_rtc other 'status = "okay";'
	overlay_nodes exists 'apb-pclk { };'
	head -c 100 /dev/urandom >"$TEST_DIR/noise.dtbo"
	xen_refuses "Cannot find any matching tracker" attach "$TEST_DIR/overlay.dtbo" 0
	xen_refuses "Cannot find any matching tracker" remove "$TEST_DIR/overlay.dtbo"
	xen_refuses "node /apb-pclk exists in device tree" add "$TEST_DIR/exists.dtbo"
	! xl dt-overlay add "$TEST_DIR/noise.dtbo" 2>"$TEST_DIR/xl" || fail "xl adds noise"
	grep -q 'Overlay DTB check failed' "$TEST_DIR/xl" || fail "xl says: $(<"$TEST_DIR/xl")"
	xen_add overlay
	xen_refuses "node /pl031@9010000 exists in device tree" add "$TEST_DIR/overlay.dtbo"
	xen_refuses "Cannot find any matching tracker" attach "$TEST_DIR/other.dtbo" 0
	xen_attach overlay 0
	xen_attach overlay 0
}

run_tests
