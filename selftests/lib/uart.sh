# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The second UART of a machine with --uart test, and the other end of its line, which dom0
# has: source /lab/lib/uart.sh after dt.sh.

# shellcheck disable=SC2034 # used by tests
uart=/pl011@9040000 line_end=/dev/vport0p3

# hear: the next line from the UART; file 5 is the other end.
hear() {
	local line
	IFS= read -r -t 120 -u 5 line || fail "nothing comes from the UART"
	echo "${line%$'\r'}"
}

# converse WHO: one in a guest speaks, and repeats what it hears.
converse() {
	expect_eq "what $1 prints" "$1 speaks" "$(hear)"
	echo "dom0 answers $1" >&5
	expect_eq "what $1 prints then" "$1 heard: dom0 answers $1" "$(hear)"
}
