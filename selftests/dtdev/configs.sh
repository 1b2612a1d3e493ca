# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What xl-dtdev writes for guests of real boards, read by the real xl: it understands each
# line as it was meant.
#
# arch: arm64
# only by name: it needs the trees of boards, and programs to build xl-dtdev here
# before: selftests/boards/configs
# lab: --file build/boards/configs:/lab/configs

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

# understood: of what xl prints, in the words of NAME.meant.
understood() {
	awk '{ gsub(/[",\\\\]/, "") }
		$1 == "irqs:" || $1 == "iomem:" || $1 == "dtdevs:" { within = $1; next }
		$1 == "]" { within = "" }
		within == "irqs:" { print "irq " $1 }
		within == "iomem:" && $1 == "start:" { start = $2 }
		within == "iomem:" && $1 == "number:" { number = $2 }
		within == "iomem:" && $1 == "gfn:" { print "iomem " start " " number " " $2 }
		within == "dtdevs:" && $1 == "path:" { print "dtdev " $2 }'
}

# guest_file NAME: a whole configuration.
guest_file() {
	printf 'name = "%s"\nkernel = "/lab/guest/vmlinuz"\nmemory = 64\n' "$1"
	cat "/lab/configs/$1.cfg"
}

test_xl_takes_each_as_it_was_meant() {
	local meant name count=0
	for meant in /lab/configs/*.meant; do
		name=$(basename "$meant" .meant)
		guest_file "$name" >"$TEST_DIR/$name.cfg"
		xl create -n "$TEST_DIR/$name.cfg" >"$TEST_DIR/said" 2>"$TEST_DIR/err" ||
			fail "$name: $(<"$TEST_DIR/err")"
		# xl prints what it knows in an order of its own.
		understood <"$TEST_DIR/said" | LC_ALL=C sort >"$TEST_DIR/understood"
		LC_ALL=C sort "$meant" | diff - "$TEST_DIR/understood" >"$TEST_DIR/diff" ||
			fail "$name: meant (<), understood (>): $(<"$TEST_DIR/diff")"
		count=$((count + 1))
	done
	note "$count guests"
	expect_ge "guests" 25 "$count"
}

# It would have been seen: a number of pages that xl reads as another.
test_what_xl_reads_otherwise() {
	cat >"$TEST_DIR/odd.cfg" <<-END
		name = "odd"
		kernel = "/lab/guest/vmlinuz"
		memory = 64
		iomem = [ "0xfe300,16@0x10000" ]
		dtdev = [ "/soc/ethernet@fe300000" ]
	END
	xl create -n "$TEST_DIR/odd.cfg" | understood >"$TEST_DIR/understood"
	expect_line "iomem $((0xfe300)) 22 65536" "what xl makes of 16 pages" <"$TEST_DIR/understood"
	expect_line "dtdev /soc/ethernet@fe300000" "what xl makes of a path" <"$TEST_DIR/understood"
}

run_tests
