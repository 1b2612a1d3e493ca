# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Device tree overlays in dom0: source /lab/lib/overlays.sh after dt.sh.

OVERLAYS=/sys/kernel/config/device-tree/overlays
LIVE=/sys/firmware/devicetree/base

# overlays_load: until the test ends.
overlays_load() {
	modprobe dt-overlay-configfs
	mountpoint -q /sys/kernel/config || mount -t configfs configfs /sys/kernel/config
	defer overlays_unload
}

overlays_unload() {
	modprobe -r dt-overlay-configfs
	[[ ! -e /sys/kernel/config/device-tree ]] || fail "its directories are still there"
}

# live_phandle NODE: as a number.
live_phandle() {
	printf '0x%s' "$(od -An -tx1 "$LIVE/$1/phandle" | tr -d ' \n')"
}

# overlay_compile NAME: the overlay on stdin, to $TEST_DIR/NAME.dtbo.
overlay_compile() {
	dtc -q -I dts -O dtb -o "$TEST_DIR/$1.dtbo" - || fail "dtc refuses $1"
}

# overlay_pad NAME BYTES: to that size, said by the header, too.
overlay_pad() {
	dtc -q -I dtb -O dtb -S "$2" -o "$TEST_DIR/padded" "$TEST_DIR/$1.dtbo" || fail "dtc does not pad $1"
	mv "$TEST_DIR/padded" "$TEST_DIR/$1.dtbo"
	expect_eq "bytes of $1" "$2" "$(stat -c %s "$TEST_DIR/$1.dtbo")"
}

# overlay_nodes NAME TEXT...: an overlay that adds to the root.
overlay_nodes() {
	overlay_compile "$1" <<-END
		/dts-v1/;
		/plugin/;
		/ {
			fragment@0 {
				target-path = "/";
				__overlay__ {
					#address-cells = <2>;
					#size-cells = <2>;
					${*:2}
				};
			};
		};
	END
}

# overlay_rtc NAME [MORE-PROPERTIES]: the machine's real-time clock.
overlay_rtc() {
	overlay_nodes "$1" "pl031@9010000 {
		compatible = \"arm,pl031\", \"arm,primecell\";
		reg = <0 0x9010000 0 0x1000>;
		interrupts = <0 2 4>;
		clocks = <$(live_phandle apb-pclk)>;
		clock-names = \"apb_pclk\";
		${*:2}
	};"
}

# overlay_apply NAME [DIRECTORY]: until the test ends.
overlay_apply() {
	mkdir "$OVERLAYS/${2:-$1}" || fail "no directory ${2:-$1}"
	defer overlay_remove "${2:-$1}"
	cat "$TEST_DIR/$1.dtbo" >"$OVERLAYS/${2:-$1}/dtbo"
	expect_eq "status of $1 ($(<"$OVERLAYS/${2:-$1}/error"))" applied "$(<"$OVERLAYS/${2:-$1}/status")"
}

overlay_remove() {
	[[ ! -d $OVERLAYS/$1 ]] || rmdir "$OVERLAYS/$1"
}

# As the kernel's log has them.
declare -A ERRNO=([ENOENT]=2 [EEXIST]=17 [EINVAL]=22 [EFBIG]=27 [EDOM]=33)

# overlay_refused ERRNO REASON FILE: what is in it is not applied, the tree is as it
# was when the test first came here, and the reason is in error and, with the number, in
# one line of the log.
tree_before=
overlay_refused() {
	local dir=$OVERLAYS/bad mark
	tree_before=${tree_before:-$(live_tree)}
	mark=$(dmesg_mark)
	mkdir "$dir"
	defer overlay_remove bad
	cat "$3" >"$dir/dtbo"
	expect_eq status unapplied "$(<"$dir/status")"
	expect_line "$2" "error" <"$dir/error"
	expect_eq "lines in the log" 1 "$(dmesg_since "$mark" | grep -c "^dt-overlay: bad: error -${ERRNO[$1]}: ")"
	now overlay_remove bad
	expect_eq "the tree after: $2" "$tree_before" "$(live_tree)"
}

# live_tree: all of it, as a sum.
live_tree() {
	(cd "$LIVE" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
}

# xen_add NAME, xen_attach NAME DOMAIN: by way of xl, what it says being shown.
xen_add() {
	xl dt-overlay add "$TEST_DIR/$1.dtbo" || fail "xl does not add $1"
	defer xen_remove "$1"
}

xen_attach() {
	xl dt-overlay attach "$TEST_DIR/$1.dtbo" "$2" || fail "xl does not attach $1 to $2"
}

xen_remove() {
	xl dt-overlay remove "$TEST_DIR/$1.dtbo" || fail "xl does not remove $1"
}

# xen_refuses REASON COMMAND...: xl fails, and a new line on Xen's console says why.
xen_refuses() {
	local reason=$1 before
	before=$(xl dmesg | grep -c -E "$reason" || :)
	xl_refuses '(Adding/Removing|Attaching/Detaching) overlay dtb failed' "${@:2}"
	expect_ge "lines '$reason' on Xen's console" $((before + 1)) "$(xl dmesg | grep -c -E "$reason" || :)"
}

# xl_refuses REASON COMMAND...: xl fails, and says why.
xl_refuses() {
	! xl dt-overlay "${@:2}" 2>"$TEST_DIR/xl" || fail "xl dt-overlay ${*:2}: no error"
	cat "$TEST_DIR/xl"
	expect_line ".*$1.*" "xl dt-overlay ${*:2}" <"$TEST_DIR/xl"
}

# domu_said: what the domain beside dom0 printed, by way of Xen's console.
domu_said() {
	xl dmesg | sed -n 's/.*@domu[os]://p'
}

# domu_signal N: attaches the Nth page of the flash, which the domain waits for.
domu_signal() {
	overlay_nodes "signal$1" "signal@400${1}000 { reg = <0 0x400${1}000 0 0x1000>; };"
	xl dt-overlay add "$TEST_DIR/signal$1.dtbo" || fail "xl does not add signal $1"
	xen_attach "signal$1" 1
}

# domu_ends: with status 0, and no splat of its kernel.
domu_ends() {
	lab-wait 60 sh -c "xl dmesg | grep -q '@domus:'" || fail "the domain does not end"
	expect_line '.*@domus:0' "the domain" < <(xl dmesg)
	expect_no '@domuw:' "the domain's kernel" < <(xl dmesg)
}

# domu_reaches KEY: until it has said `tell KEY`.
domu_reaches() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 240 bash -c 'source /lab/lib/overlays.sh; domu_said | grep -q "^told $1\b"' bash "$1" ||
		fail "the domain did not come to '$1': $(domu_said | tail -n 4 | paste -s -d'|')"
}

# domu_told KEY: the last value.
domu_told() {
	domu_said | sed -n "s/^told $1 //p" | tail -n 1
}
