#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# kcsan.sh TREE WORK: which of KCSAN's reports count. Prints what is wrong.

set -uo pipefail

# shellcheck source=../common/splat.sh
source "$1/scripts/lab/common/splat.sh"
bad=0

# report HEADLINE FRAME...: as the kernel writes it.
report() {
	local line='=================================================================='
	printf '[    7.0] %s\n' "$line" "BUG: KCSAN: data-race in $1" '' 'write to 0xffff888003a1c0d8 of 4 bytes by task 9 on cpu 1:'
	printf '[    7.0]  %s\n' "${@:2}"
	[[ -n ${cut_short:-} ]] || printf '[    7.0] %s\n' '' 'Reported by Kernel Concurrency Sanitizer on:' "$line"
}

# expect WHAT MODULES WANTED <LOG: the first splat in it.
expect() {
	local got
	got=$(kcsan_sift counted "$2" | grep -m 1 -E "$SPLAT_LINUX" | sed 's/^\[[^]]*\] //')
	[[ $got == "$3" ]] || { echo "$1: wanted '$3', got '$got'" && bad=1; }
}

modules='rawfront xen_pciback'
others=$(report 'one / two' 'one+0x1/0x20' 'xen_pciback_like+0x4/0x40' 'three+0x1/0x2 [e1000e]')
ours=$(report 'list_add / serve [xen_pciback]' 'list_add+0x1/0x20' 'serve+0x4/0x40 [xen_pciback]')
below=$(report 'pci_a / pci_b' 'pci_a+0x1/0x20' 'work+0x4/0x40 [xen_pciback]' 'process_one_work+0x1/0x2')
interrupted=$(report 'event+0x7a/0xf0' 'event+0x7a/0xf0' 'exc_xen_hypervisor_callback+0x8/0x10' 'serve+0x4/0x40 [xen_pciback]')
handler=$(report 'event+0x7a/0xf0' 'event+0x7a/0xf0' 'serve+0x4/0x40 [xen_pciback]' 'exc_xen_hypervisor_callback+0x8/0x10')
known=$(report 'xenbus_thread / xs_talkv' 'xs_talkv+0x1/0x20' 'xenbus_read+0x4/0x40' 'serve+0x4/0x40 [xen_pciback]')
queued=$(report 'process_one_work / queue_work_on' 'queue_work_on+0x1/0x20' 'serve+0x4/0x40 [xen_pciback]')
cut=$(cut_short=1 report 'one / two' 'one+0x1/0x20')

expect "the kernel's own" "$modules" '' <<<"$others"
expect "ours" "$modules" 'BUG: KCSAN: data-race in list_add / serve [xen_pciback]' <<<"$ours"
expect "on behalf of ours" "$modules" 'BUG: KCSAN: data-race in pci_a / pci_b' <<<"$below"
expect "ours after another" "$modules" 'BUG: KCSAN: data-race in list_add / serve [xen_pciback]' <<<"$others"$'\n'"$ours"
expect "while ours was interrupted" "$modules" '' <<<"$interrupted"
expect "in our handler" "$modules" 'BUG: KCSAN: data-race in event+0x7a/0xf0' <<<"$handler"
expect "ours after an interrupt" "$modules" 'BUG: KCSAN: data-race in list_add / serve [xen_pciback]' <<<"$interrupted"$'\n'"$ours"
expect "known" "$modules" '' <<<"$known"
expect "known of works" "$modules" '' <<<"$queued"
expect "ours after a known one" "$modules" 'BUG: KCSAN: data-race in list_add / serve [xen_pciback]' <<<"$known"$'\n'"$ours"
expect "cut short" "$modules" 'BUG: KCSAN: data-race in one / two' <<<"$cut"
expect "cut short by another" "$modules" 'BUG: KCSAN: data-race in one / two' <<<"$cut"$'\n'"$others"
expect "without modules" '' 'BUG: KCSAN: data-race in one / two' <<<"$others"
expect "a warning within" "$modules" ' WARNING: CPU: 0 PID: 1 at x.c:1' <<<"$(report 'one / two' 'one+0x1/0x20' 'WARNING: CPU: 0 PID: 1 at x.c:1')"
expect "KASAN's" "$modules" 'BUG: KASAN: slab-use-after-free in one' <<<'[    7.0] BUG: KASAN: slab-use-after-free in one'

named=$(kcsan_sift others "$modules" <<<"$others"$'\n'"$ours"$'\n'"$others" | sed 's/.*BUG: //' | paste -s -d';')
[[ $named == 'KCSAN: data-race in one / two;KCSAN: data-race in one / two' ]] || { echo "named: '$named'" && bad=1; }
exit "$bad"
