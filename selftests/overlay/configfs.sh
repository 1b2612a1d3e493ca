# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The directories of overlays in configfs: how an overlay comes and goes, who may,
# and that what is refused, and whatever refuses it, leaves the tree as it was.
#
# arch: arm64
# kernel: 7.2
# lab: --xen 4.20

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/overlays.sh
source /lab/lib/overlays.sh

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

# write_at_once FILE ATTRIBUTE: in one write(2), which has to take all of it. dd would
# write what is left over in another, and waits here to be looked at.
write_at_once() {
	local bytes pid feed
	bytes=$(stat -c %s "$1")
	mkfifo "$TEST_DIR/feed"
	dd if="$TEST_DIR/feed" of="$2" bs="$bytes" iflag=fullblock 2>/dev/null &
	pid=$!
	exec {feed}>"$TEST_DIR/feed"
	cat "$1" >&"$feed"
	lab-wait 20 grep -qx "wchar: $bytes" "/proc/$pid/io" || fail "not all is written: $(</proc/$pid/io)"
	expect_eq "writes" 1 "$(sed -n 's/^syscw: //p' "/proc/$pid/io")"
	exec {feed}>&-
	wait "$pid"
}

# As tools write it that have a vendor's kernel in mind: all at once, without looking
# whether all was taken.
test_all_in_one_write() {
	overlays_load
	overlay_nodes whole "whole { compatible = \"test,whole\"; filler = [$(head -c 10000 /dev/zero | od -An -v -tx1 | tr -d '\n')]; };"
	mkdir $OVERLAYS/whole
	defer overlay_remove whole
	write_at_once "$TEST_DIR/whole.dtbo" $OVERLAYS/whole/dtbo
	expect_eq "status ($(<$OVERLAYS/whole/error))" applied "$(<$OVERLAYS/whole/status)"
	expect_eq "its node" test,whole "$(tr -d '\0' <$LIVE/whole/compatible)"
}

# The Raspberry Pi's dtoverlay keeps its parameters there.
test_what_stands_behind_an_overlay_is_left_out() {
	local mark bytes
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	bytes=$(stat -c %s "$TEST_DIR/good.dtbo")
	mkdir $OVERLAYS/good
	defer overlay_remove good
	mark=$(dmesg_mark)
	{ cat "$TEST_DIR/good.dtbo" && printf ' gpiopin=18\0'; } >"$TEST_DIR/behind"
	cat "$TEST_DIR/behind" >$OVERLAYS/good/dtbo
	expect_eq "status ($(<$OVERLAYS/good/error))" applied "$(<$OVERLAYS/good/status)"
	dmesg_since "$mark" | expect_line "dt-overlay: good: 12 bytes behind the overlay are left out" "kernel log"
	rmdir $OVERLAYS/good
	mkdir $OVERLAYS/good
	dd if="$TEST_DIR/behind" of=$OVERLAYS/good/dtbo bs="$bytes" 2>/dev/null
	expect_eq "status, in a write of its own" applied "$(<$OVERLAYS/good/status)"
	rmdir $OVERLAYS/good
	mkdir $OVERLAYS/good /lib/firmware -p
	cp "$TEST_DIR/behind" /lib/firmware/behind.dtbo
	echo behind.dtbo >$OVERLAYS/good/path
	expect_eq "status, by path" applied "$(<$OVERLAYS/good/status)"
}

# As dtbocfg has it, and many scripts for boards with an FPGA.
test_status_switches_it() {
	local before
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	overlay_nodes other 'other { compatible = "test,other"; };'
	before=$(live_tree)
	mkdir $OVERLAYS/good
	defer overlay_remove good
	[[ $({ echo 1 >$OVERLAYS/good/status; } 2>&1) == *"No data available" ]] || fail "nothing can be applied"
	[[ $({ echo maybe >$OVERLAYS/good/status; } 2>&1) == *"Invalid argument" ]] || fail "maybe is taken"
	cp "$TEST_DIR/good.dtbo" $OVERLAYS/good/dtbo
	echo 1 >$OVERLAYS/good/status
	expect_eq status applied "$(<$OVERLAYS/good/status)"
	echo 0 >$OVERLAYS/good/status
	expect_eq status unapplied "$(<$OVERLAYS/good/status)"
	expect_eq error none "$(<$OVERLAYS/good/error)"
	expect_eq "the tree" "$before" "$(live_tree)"
	echo 0 >$OVERLAYS/good/status
	echo 1 >$OVERLAYS/good/status
	expect_eq "its node" test,good "$(tr -d '\0' <$LIVE/good/compatible)"
	overlay_apply good again
	[[ $({ echo 0 >$OVERLAYS/good/status; } 2>&1) == *"busy" ]] || fail "the one below goes first"
	now overlay_remove again
	echo 0 >$OVERLAYS/good/status
	cat "$TEST_DIR/other.dtbo" >$OVERLAYS/good/dtbo
	expect_eq "its node" test,other "$(tr -d '\0' <$LIVE/other/compatible)"
	[[ ! -e $LIVE/good ]] || fail "both are there"
	rmdir $OVERLAYS/good
	expect_eq "the tree" "$before" "$(live_tree)"
}

test_a_kernel_with_an_interface_of_its_own_keeps_it() {
	local mark
	driver_load vendordt
	mark=$(dmesg_mark)
	! modprobe dt-overlay-configfs 2>/dev/null || fail "the module loads beside it"
	dmesg_since "$mark" | expect_line "dt-overlay: this kernel has an interface of its own for overlays: use that" "kernel log"
	now modprobe -r vendordt
	overlays_load
	[[ -d $OVERLAYS ]] || fail "the module does not work afterwards"
}

test_the_largest_is_one_mib() {
	local limit=$((1024 * 1024))
	overlays_load
	head -c 1000000 /dev/urandom >"$TEST_DIR/filler"
	overlay_nodes big "big { filler = /incbin/(\"$TEST_DIR/filler\"); };"
	overlay_pad big $limit
	overlay_apply big
	cmp "$TEST_DIR/filler" $LIVE/big/filler
	now overlay_remove big
	overlay_pad big $((limit + 4))
	overlay_refused EFBIG "it is larger than 1 MiB, says its header" "$TEST_DIR/big.dtbo"
}

test_what_is_cut_short_is_not_applied() {
	local before size
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	before=$(live_tree)
	size=$(stat -c %s "$TEST_DIR/good.dtbo")
	head -c -1 "$TEST_DIR/good.dtbo" >"$TEST_DIR/short"
	mkdir $OVERLAYS/short
	defer overlay_remove short
	cat "$TEST_DIR/short" >$OVERLAYS/short/dtbo
	expect_eq status unapplied "$(<$OVERLAYS/short/status)"
	expect_eq error "incomplete: $((size - 1)) of $size bytes" "$(<$OVERLAYS/short/error)"
	rmdir $OVERLAYS/short
	mkdir $OVERLAYS/short
	head -c 7 "$TEST_DIR/short" >$OVERLAYS/short/dtbo
	expect_eq error "incomplete: 7 bytes" "$(<$OVERLAYS/short/error)"
	now overlay_remove short
	expect_eq "the tree" "$before" "$(live_tree)"
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
	head -c -1 "$TEST_DIR/firm.dtbo" >/lib/firmware/short.dtbo
	expect_errno EINVAL $OVERLAYS/firm/path short.dtbo
	expect_line "it is no flattened device tree, or shorter than its header says" error <$OVERLAYS/firm/error
	expect_eq path "" "$(<$OVERLAYS/firm/path)"
	echo firm.dtbo >$OVERLAYS/firm/path
	expect_eq path firm.dtbo "$(<$OVERLAYS/firm/path)"
	expect_eq status applied "$(<$OVERLAYS/firm/status)"
	expect_eq "its node" test,firm "$(tr -d '\0' <$LIVE/firm/compatible)"
	expect_errno EPERM $OVERLAYS/firm/path firm.dtbo
	cat "$TEST_DIR/firm.dtbo" >$OVERLAYS/firm/dtbo
	expect_line "one is applied by way of this directory" error <$OVERLAYS/firm/error
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
	overlay_refused EINVAL "it is no flattened device tree" "$TEST_DIR/bad"
	{ printf '\320\r\376\355\0\020\0\0' && head -c 1048568 /dev/urandom; } >"$TEST_DIR/bad"
	overlay_refused EINVAL "its .*" "$TEST_DIR/bad"
	lie 4 '\00\0020\00\01'
	overlay_refused EFBIG "it is larger than 1 MiB, says its header" "$TEST_DIR/bad"
	lie 4 '\00\00\00\0100'
	overlay_refused EINVAL "its structure is not within it .*" "$TEST_DIR/bad"
	lie 36 '\00\00\0377\0374'
	overlay_refused EINVAL "its structure is not within it .*" "$TEST_DIR/bad"
	lie 12 '\00\00\00\070'
	overlay_refused EINVAL "its structure and its strings overlap .*" "$TEST_DIR/bad"
	lie 32 '\00\00\00\01'
	overlay_refused EINVAL "the name of a property is not among the strings .*" "$TEST_DIR/bad"
	echo '/dts-v1/; / { good { }; };' | overlay_compile tree
	overlay_refused EINVAL "it is not an overlay: it has no fragment .*" "$TEST_DIR/tree.dtbo"
}

test_references_that_lead_nowhere_change_nothing() {
	overlays_load
	overlay_nodes circle 'a: a { interrupt-parent = <&b>; interrupts = <1>; }; b: b { interrupt-parent = <&a>; };'
	overlay_refused EINVAL "interrupt parents lead in a circle .*" "$TEST_DIR/circle.dtbo"
	overlay_nodes label 'a { clocks = <&no_such_label>; };'
	overlay_refused ENOENT "it refers to labels, and the tree has none .*|the tree has no label no_such_label" "$TEST_DIR/label.dtbo"
	echo '/dts-v1/; /plugin/; / { fragment@7 { target-path = "/nowhere"; __overlay__ { }; }; };' | overlay_compile target
	overlay_refused ENOENT "/fragment@7: its target is not in the tree: /nowhere" "$TEST_DIR/target.dtbo"
	echo '/dts-v1/; /plugin/; / { fragment@7 { target = <0xabcde>; __overlay__ { }; }; };' | overlay_compile target
	overlay_refused ENOENT "/fragment@7: its target is not in the tree: no phandle 0xabcde" "$TEST_DIR/target.dtbo"
}

test_what_is_there_already_stays() {
	overlays_load
	overlay_nodes exists 'apb-pclk { phandle = <1>; };'
	overlay_refused EEXIST ".*/__overlay__/apb-pclk: the tree has /apb-pclk already, with a phandle of its own" "$TEST_DIR/exists.dtbo"
	echo '/dts-v1/; /plugin/; / { fragment@0 { target-path = "/"; __overlay__ { #size-cells = <1>; }; }; };' | overlay_compile cells
	overlay_refused EINVAL ".*/__overlay__: the tree has another #size-cells there" "$TEST_DIR/cells.dtbo"
	echo '/dts-v1/; /plugin/; / { a { target-path = "/"; __overlay__ { twice { }; }; }; b { target-path = "/"; __overlay__ { twice { }; }; }; };' | overlay_compile twice
	overlay_refused EINVAL ".*/__overlay__/twice: it is in another fragment, too" "$TEST_DIR/twice.dtbo"
}

test_a_refused_overlay_does_not_spoil_the_next() {
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	overlay_nodes bad 'apb-pclk { phandle = <1>; };'
	mkdir $OVERLAYS/one
	defer overlay_remove one
	cat "$TEST_DIR/bad.dtbo" >$OVERLAYS/one/dtbo
	expect_eq status unapplied "$(<$OVERLAYS/one/status)"
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

test_the_same_once_more_lies_on_top() {
	local before
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	before=$(live_tree)
	overlay_apply good
	[[ $(mkdir $OVERLAYS/good 2>&1) == *"File exists" ]] || fail "there are two of one name"
	cat "$TEST_DIR/good.dtbo" >$OVERLAYS/good/dtbo
	expect_line "one is applied by way of this directory" error <$OVERLAYS/good/error
	overlay_apply good again
	expect_eq "on top" again "$(<$OVERLAYS/good/on_top)"
	[[ $(rmdir $OVERLAYS/good 2>&1) == *"resource busy"* ]] || fail "the one below goes first"
	now overlay_remove again
	expect_eq "its node" test,good "$(tr -d '\0' <$LIVE/good/compatible)"
	now overlay_remove good
	expect_eq "the tree" "$before" "$(live_tree)"
}

test_the_module_stays_as_long_as_it_is_needed() {
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	overlay_apply good
	! modprobe -r dt-overlay-configfs 2>/dev/null || fail "the module goes away with an overlay"
	[[ -e $LIVE/good ]] || fail "the node is gone"
}

# unprivileged COMMAND...: as root, but for CAP_SYS_ADMIN.
unprivileged() {
	setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin "$@"
}

test_only_administrators_may() {
	local dir=$OVERLAYS/good
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	mkdir -p /lib/firmware
	cp "$TEST_DIR/good.dtbo" /lib/firmware/
	! unprivileged mkdir $OVERLAYS/mine 2>/dev/null || fail "anybody can make a directory"
	mkdir $dir
	defer overlay_remove good
	# shellcheck disable=SC2016 # expanded by the inner shell
	unprivileged sh -c 'cat "$1" >"$2"' sh "$TEST_DIR/good.dtbo" $dir/dtbo || :
	! unprivileged sh -c "echo good.dtbo >$dir/path" 2>/dev/null || fail "anybody can apply a firmware file"
	! unprivileged sh -c "echo 1 >$dir/status" 2>/dev/null || fail "anybody can switch one"
	expect_eq status unapplied "$(<$dir/status)"
	cat "$TEST_DIR/good.dtbo" >$dir/dtbo
	unprivileged rmdir $dir
	[[ -e $LIVE/good ]] || fail "anybody can remove one from the tree"
	! modprobe -r dt-overlay-configfs 2>/dev/null || fail "the module goes away with an overlay"
	mkdir $dir
	expect_eq "status of what stayed" applied "$(<$dir/status)"
	rmdir $dir
	[[ ! -e $LIVE/good ]] || fail "the node is still there"
}

# denied AT REASON: by another part of the kernel; afterwards all is as before.
denied() {
	modprobe overlaydeny at="$1" fragment=fragment@1
	defer modprobe -r overlaydeny
	overlay_refused EDOM "$2" "$TEST_DIR/two.dtbo"
	now modprobe -r overlaydeny
	overlay_apply two
	[[ -e $LIVE/one && -e $LIVE/apb-pclk/other ]] || fail "after a refusal ($1) not all of it is applied"
	now overlay_remove two
	expect_eq "the tree after its removal" "$tree_before" "$(live_tree)"
}

test_what_the_kernel_refuses_is_undone() {
	overlays_load
	overlay_compile two <<-END
		/dts-v1/;
		/plugin/;
		/ {
			fragment@0 { target-path = "/"; __overlay__ { one { }; }; };
			fragment@1 { target-path = "/apb-pclk"; __overlay__ { other { }; }; };
		};
	END
	denied before "/fragment@1/__overlay__: a part of the kernel does not want it in its target /apb-pclk; .*"
	denied device "its device could not be made: /one; .*"
	denied after "/fragment@1/__overlay__: a part of the kernel does not want it in its target /apb-pclk; .*"
}

test_what_the_kernel_does_not_let_go_stays() {
	local mark
	overlays_load
	overlay_nodes good 'good { compatible = "test,good"; };'
	overlay_apply good
	modprobe overlaydeny at=removal
	defer modprobe -r overlaydeny
	mark=$(dmesg_mark)
	rmdir $OVERLAYS/good
	dmesg_since "$mark" | expect_line "dt-overlay: good: error -33: it stays applied; .*" "kernel log"
	[[ -e $LIVE/good ]] || fail "the node is gone"
	now modprobe -r overlaydeny
	mkdir $OVERLAYS/good
	expect_eq status applied "$(<$OVERLAYS/good/status)"
	rmdir $OVERLAYS/good
	[[ ! -e $LIVE/good ]] || fail "the node is still there"
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

run_tests
