# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What dom0 and Xen have in use, to be counted before and after.

# stock_take FILE: "KIND COUNT" a line, sorted. Caches that can shrink are shrunk.
stock_take() {
	stock_of_xen e >"$TEST_DIR/stock-e"
	stock_of_xen g >"$TEST_DIR/stock-g"
	echo 2 >/proc/sys/vm/drop_caches
	{
		echo "interrupts $(find /sys/kernel/irq -mindepth 1 -maxdepth 1 | wc -l)"
		# Stacks of threads are no mappings: pools have more workers now, fewer then.
		echo "mappings $(grep -v -c -E 'unpurged|kernel_clone' /proc/vmallocinfo)"
		echo "xenstore $(xenstore-ls -f | wc -l)"
		echo "backends $(find /sys/bus/xen-backend/devices -mindepth 1 | wc -l)"
		echo "threads $(stock_threads)"
		echo "domains $(xl list | wc -l)"
		echo "events $(awk '/^Event channel information for domain/ { dom0 = /domain 0:/ } dom0 && /\[/ { n++ } END { print n + 0 }' "$TEST_DIR/stock-e")"
		echo "grants $(awk '/active entry|^ *\[0x/ { n++ } END { print n + 0 }' "$TEST_DIR/stock-g")"
		awk '/^(kmalloc|kernfs_node|radix_tree_node)/ { print "slab:" $1, $2 }' /proc/slabinfo
	} | sort >"$1"
	# dom0 without any of these would be none, nor does Xen keep an answer to itself.
	! grep -E '^(interrupts|mappings|xenstore|threads|domains|events) 0$' "$1" || fail "what is in use is not counted"
}

# stock_threads: of the kernel, without the pools' workers.
stock_threads() {
	awk '/^Name:/ { name = $2 } /^PPid:/ && $2 == 2 && name !~ /^kworker/ { n++ } END { print n + 0 }' /proc/[0-9]*/status
}

# stock_of_xen KEY: what Xen says to a debug key, without its name and the time: a grant's
# number stands in brackets, too.
stock_of_xen() {
	xl debug-keys "$1"
	xl dmesg >"$TEST_DIR/xen.log"
	grep -q "'$1' pressed" "$TEST_DIR/xen.log" || fail "Xen does not answer to its debug key $1"
	awk -v key="'$1' pressed" 'index($0, key) { text = ""; on = 1; next } on { text = text $0 "\n" } END { printf "%s", text }' "$TEST_DIR/xen.log" | sed 's/^(XEN) *\(\[[0-9 .:-]*\] \)\?//'
}

# stock_grown BEFORE AFTER CYCLES: what a cycle may have left behind: anything at all,
# but of objects in caches, which the whole system uses, most of one a cycle.
stock_grown() {
	join "$1" "$2" | awk -v cycles="$3" '
		{ grown = $3 - $2; may = $1 ~ /^slab:/ ? cycles * 3 / 4 : 0 }
		grown > may { print $1 " " $2 " -> " $3 }'
}

# soak CYCLES FUNCTION: the first tenth fills what is kept for later use.
soak() {
	local cycles=$1 warm=$(($1 / 10)) grown
	"$2" "$warm"
	stock_take "$TEST_DIR/before"
	"$2" "$((cycles - warm))"
	stock_take "$TEST_DIR/after"
	note "$cycles cycles; $(grep -v slab: "$TEST_DIR/after" | paste -s -d' ')"
	grown=$(stock_grown "$TEST_DIR/before" "$TEST_DIR/after" "$((cycles - warm))" | paste -s -d';')
	[[ -z $grown ]] || fail "left behind by $((cycles - warm)) cycles: $grown"
}
