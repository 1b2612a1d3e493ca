# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The program that owners of cards run, as they run it: what it says, and that the
# function is as it was.

# hw_check STATUS BDF OPTION...: its status is that one, and driver and configuration
# space are as before, whatever it is. What it said is in $SAID.
SAID=$TEST_DIR/hw-check
hw_check() {
	local status=0 driver
	driver=$(driver_of "$2")
	wishes >"$TEST_DIR/wishes-before"
	space "$2" >"$TEST_DIR/space-before"
	"${HW_CHECK[@]}" xen-pciback-hw-check "${@:3}" "$2" >"$SAID" 2>&1 || status=$?
	cat "$SAID"
	expect_eq "its status" "$1" "$status"
	[[ $1 == 5 ]] || hw_as_before "$2" "$driver"
}
# What stands before the program's name.
HW_CHECK=(within 1000 env)

# hw_as_before BDF DRIVER: compared with space-before, but for addresses of messages, and
# with wishes-before.
hw_as_before() {
	expect_driver "$1" "$2"
	space "$1" >"$TEST_DIR/space-after"
	expect_same "the space of $1" "$TEST_DIR/space-before" "$TEST_DIR/space-after"
	wishes >"$TEST_DIR/wishes-after"
	expect_same "what is wished for" "$TEST_DIR/wishes-before" "$TEST_DIR/wishes-after"
}

# wishes: where nobody has the driver, there are none.
wishes() {
	[[ ! -e $PCIBACK/slots ]] || slots
}

# space BDF: all of it, without what is alive: bus mastering, status, and where a driver
# has its messages go.
space() {
	local msi=0
	[[ $(driver_of "$1") == none ]] || msi=$(capability_of "$1" MSI: 2>/dev/null) || msi=0
	od -A d -v -t x1 -w1 "$PCI/$1/config" | awk -v msi="$msi" '
		NF < 2 || $1 == 6 || $1 == 7 || msi && $1 >= msi + 2 && $1 < msi + 24 { next }
		$1 == 4 { $2 = and(strtonum("0x" $2), 0xfb) }
		{ print }'
}

# expect_row NAME REGEX: of the page.
expect_row() {
	expect_line "$1 +$2" "the page" <"$SAID"
}
