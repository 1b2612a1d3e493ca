# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A guest with more MSI-X vectors than Xen's usual 32, by the options that give it 128,
# has 64 for each of two functions; a third function gets none until there are some again.
#
# only by name: Xen with other options
# lab: --xen-args extra_guest_irqs=128 nr_irqs=1024
# lab: --pci nvme,addr=0x5,serial=a,max_ioqpairs=64,msix_qsize=65
# lab: --pci nvme,addr=0x6,serial=b,max_ioqpairs=64,msix_qsize=65
# lab: --pci nvme,addr=0x7,serial=c,max_ioqpairs=64,msix_qsize=65

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

last=0000:00:07.0

test_128_vectors_and_no_more() {
	local mark
	pciback_load "hide=(0000:00:05.0)(0000:00:06.0)($last)"
	raw_guest many vectors.sh "0000:00:05.0,0000:00:06.0,$last"
	expect_answer "vectors of the first" 64 many 'on 0 64'
	expect_answer "vectors of the second" 64 many 'on 8 64'
	mark=$(dmesg_mark)
	expect_answer "one vector of the third" refused many 'on 16 1'
	dmesg_since "$mark" | expect_line "pciback $last: enabling MSI-X for a guest: -28" "dom0's log"
	expect_answer "the first is switched off" 0 many 'off 0'
	expect_answer "vectors of the third" 64 many 'on 16 64'
	guest_tell many shutdown
	guest_ends many 0
}

run_tests
