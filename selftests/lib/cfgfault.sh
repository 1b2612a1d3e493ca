# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Functions that do not answer as they should, by the module of that name.

CFGFAULT=/sys/module/cfgfault/parameters

# cfgfault_load BDF PARAMETER...: between the kernel and that function, which is found
# anew, until the test ends. Before anybody drives it.
cfgfault_load() {
	modprobe cfgfault "device=$1" "${@:2}"
	defer cfgfault_unload "$1"
	found_anew "$1"
}

cfgfault_unload() {
	modprobe -r cfgfault
	found_anew "$1"
}

found_anew() {
	write_attr "$PCI/$1/remove" 1
	write_attr /sys/bus/pci/rescan 1
	[[ -e $PCI/$1 ]] || fail "$1 is not found again"
}

# fault PARAMETER VALUE
fault() {
	write_attr "$CFGFAULT/$1" "$2"
}

# is_at FUNCTION: somebody in the kernel, waiting for it perhaps.
is_at() {
	grep -q "$1" /proc/[0-9]*/stack 2>/dev/null
}

# seen WHAT: of the accesses since `fault seen 0`.
seen() {
	awk -v what="$1" '{ for (i = 1; i < NF; i += 2) if ($i == what) print $(i + 1) }' "$CFGFAULT/seen"
}
