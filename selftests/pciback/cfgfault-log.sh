# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A guest that asks again and again for more vectors than Xen has: the kernel's own lines
# about that are a part of what a guest may have written, twenty a minute.
#
# only by name: minutes, and what it looks at takes its time
# lab: --pci nvme,addr=0x5,serial=a,max_ioqpairs=64,msix_qsize=65
# lab: --pci nvme,addr=0x6,serial=b,max_ioqpairs=64,msix_qsize=65

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

test_vectors_that_there_are_not() {
	local mark lines began
	pciback_load "hide=(0000:00:05.0)(0000:00:06.0)"
	raw_guest many vectors.sh "0000:00:05.0,0000:00:06.0"
	mark=$(dmesg_mark)
	began=$SECONDS
	expect_answer "64 vectors, 100 times" refused many 'again 100 0 64'
	lines=$(dmesg_since "$mark" | grep -c -v 'selftest mark')
	note "$lines lines in $((SECONDS - began)) s: $(dmesg_since "$mark" | sed 's/[0-9]\+/N/g' | sort | uniq -c | sort -n | tail -n 3 | paste -s -d';')"
	# What can be had still can.
	expect_answer "one vector of the other" 1 many 'on 8 1'
	guest_tell many shutdown
	guest_ends many 0
	((lines <= 20 * ((SECONDS - began) / 60 + 1))) || fail "$lines lines in dom0's log in $((SECONDS - began)) s"
}

run_tests
