# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What dom0 and Xen have in use, to be counted before and after.

# stock_take FILE: "KIND COUNT" a line, sorted. Caches that can shrink are shrunk.
stock_take() {
	echo 2 >/proc/sys/vm/drop_caches
	{
		echo "interrupts $(find /sys/kernel/irq -mindepth 1 -maxdepth 1 | wc -l)"
		# Stacks of threads are no mappings: pools have more workers now, fewer then.
		echo "mappings $(grep -v -c -E 'unpurged|kernel_clone' /proc/vmallocinfo)"
		echo "xenstore $(xenstore-ls -f | wc -l)"
		echo "backends $(find /sys/bus/xen-backend/devices -mindepth 1 | wc -l)"
		echo "threads $(stock_threads)"
		echo "domains $(xl list | wc -l)"
		echo "events $(stock_of_xen e | awk '/^Event channel information for domain/ { dom0 = /domain 0:/ } dom0 && /\[/ { n++ } END { print n + 0 }')"
		echo "grants $(stock_of_xen g | awk '/active entry|^ *\[0x/ { n++ } END { print n + 0 }')"
		awk '/^(kmalloc|kernfs_node|radix_tree_node)/ { print "slab:" $1, $2 }' /proc/slabinfo
	} | sort >"$1"
}

# stock_threads: of the kernel, without the pools' workers.
stock_threads() {
	awk '/^Name:/ { name = $2 } /^PPid:/ && $2 == 2 && name !~ /^kworker/ { n++ } END { print n + 0 }' /proc/[0-9]*/status
}

# stock_of_xen KEY: what Xen says to a debug key.
stock_of_xen() {
	xl debug-keys "$1"
	xl dmesg >"$TEST_DIR/xen.log"
	awk -v key="'$1' pressed" 'index($0, key) { text = ""; on = 1; next } on { text = text $0 "\n" } END { printf "%s", text }' "$TEST_DIR/xen.log" | sed 's/^(XEN) *\(\[[^]]*\] \)\?//'
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
