# SPDX-License-Identifier: GPL-2.0
# What counts as a splat, in one place for the host, dom0 and guests.
# Plain sh: guests have busybox only.
# shellcheck shell=sh

# Linux: BUG/WARNING/oops headers, the debug facilities' reports, stalls and hangs. But not "OF:
# overlay: WARNING: memory leak will occur if overlay removed", which each overlay gets that
# changes a property.
SPLAT_LINUX='BUG: |kernel BUG at|WARNING: ([^m]|m[^e])|Oops|Call Trace:|Kernel panic|Internal error:'
SPLAT_LINUX="$SPLAT_LINUX|general protection fault|Unable to handle kernel|unhandled page fault"
SPLAT_LINUX="$SPLAT_LINUX|possible circular locking|possible recursive locking|inconsistent lock state"
SPLAT_LINUX="$SPLAT_LINUX|suspicious RCU usage|invalid wait context|sleeping function called"
SPLAT_LINUX="$SPLAT_LINUX|UBSAN:|KASAN:|KFENCE:|ODEBUG:|kmemleak: [0-9]+ new suspected|unreferenced object"
SPLAT_LINUX="$SPLAT_LINUX|blocked for more than [0-9]+ seconds|detected stall|self-detected stall|soft lockup"
SPLAT_LINUX="$SPLAT_LINUX|nobody cared|refcount_t: "

SPLAT_XEN='Xen BUG at|Xen WARN at|Assertion .* failed|Panic on CPU|FATAL (TRAP|PAGE FAULT)|Xen call trace'

# DMA, or an interrupt, that an IOMMU did not let through: as Xen tells of it for Intel's
# and AMD's, for the SMMU before version 3, for version 3 and for Renesas'.
SPLAT_IOMMU='\[VT-D\].*Request device .* fault '
SPLAT_IOMMU="$SPLAT_IOMMU|(IO_PAGE_FAULT|ILLEGAL_DEV_TABLE_ENTRY|INVALID_DEV_REQUEST|IOTLB_INV_TIMEOUT|_TABLE_HW_ERROR|COMMAND_(HW_)?ERROR)[: ]"
SPLAT_IOMMU="$SPLAT_IOMMU|Unhandled context fault: |Unhandled fault: status|Unexpected global fault|event 0x[0-9a-f]+ received"
SPLAT_IOMMU="[(]XEN[)].*($SPLAT_IOMMU)"

# What ends a kernel, as against what it survives.
SPLAT_FATAL='Kernel panic|Panic on CPU|Xen BUG at|FATAL (TRAP|PAGE FAULT)'

# Taint bits that a warning (W), an oops (D) or a soft lockup (L) leave behind.
SPLAT_TAINT=$((512 | 128 | 16384))

# Races that the kernel has whoever asks it: how far a request to xenstore is (req->state),
# between the thread that has the answer and who waits for that; a work's own word, between
# who queues it and who runs it.
KCSAN_KNOWN='in (xenbus_thread / xs_talkv|process_one_work / (queue|queue_delayed|mod_delayed)_work_on)$'

# kcsan_sift counted|others MODULES: a kernel's log comes in. Under KCSAN the kernel's own code
# races, too, and that is not what a run is to find: a report counts if a module of MODULES,
# named as the kernel spells it, is in the stack of one of its accesses, above the entry of an
# interrupt, for what was interrupted has done nothing, and KCSAN_KNOWN has not its
# headline. `counted` prints the log without the headlines of reports that do not count,
# `others` those headlines alone. What cannot be told counts: a report that is cut short, and
# each where MODULES is empty.
kcsan_sift() {
	awk -v which="$1" -v modules="$2" -v known="$KCSAN_KNOWN" '
		function end() {
			if (held != "" && mine == (which == "counted")) print held
			held = ""
		}
		BEGIN {
			gsub(/ +/, "|", modules)
			ours = modules == "" ? "." : "\\[(" modules ")[] ]"
		}
		/BUG: KCSAN: / { mine = 1; end(); held = $0; mine = 0; passed = $0 ~ known }
		/ by (task [0-9]+|interrupt) on cpu / { below = 0 }
		/ (asm|exc|sysvec)_[a-z0-9_]+\+0x/ { below = 1 }
		held != "" && !passed && !below && $0 ~ ours { mine = 1 }
		/Reported by Kernel Concurrency Sanitizer/ { end() }
		which == "counted" && !/BUG: KCSAN: / { print }
		END { mine = 1; end() }'
}

read_taint() {
	cat /proc/sys/kernel/tainted
}

# splat_in FILE: the first splat in a kernel log that was kept.
splat_in() {
	grep -m 1 -E "$SPLAT_LINUX" "$1"
}

# find_splat MARK [TAINT]: the first splat in the kernel log after the line with MARK, or
# in all of it if that is empty; TAINT is what the kernel had by then.
# A warning that printed nothing we know still shows in the taint.
find_splat() {
	splat_line=$(dmesg | awk -v mark="$1" 'BEGIN { on = mark == "" } !on && index($0, mark) { on = 1; next } on' |
		kcsan_sift counted "${LAB_MODULES:-}" | grep -m 1 -E "$SPLAT_LINUX")
	splat_taint=$(($(read_taint) & ~${2:-0} & SPLAT_TAINT))
	if [ -n "$splat_line" ]; then
		printf '%s\n' "$splat_line"
	elif [ "$splat_taint" -ne 0 ]; then
		printf 'the kernel became tainted (%d) without a known message\n' "$splat_taint"
	fi
}
