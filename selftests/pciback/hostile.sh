# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A hostile guest beside a good one, for a moment; hostile-long goes on for longer.
#
# seed: what the guest sends
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --pci edu,addr=0x6

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/hostile.sh
source /lab/lib/hostile.sh

test_a_storm_and_a_walk() {
	hostile_round 20000 100
}

run_tests
