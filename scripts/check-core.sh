#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-core.sh: the rules of the rooms that a compiler does not check.
#
#   - core/ is pure: it includes a few plain headers and its own, nothing else
#   - dependencies point one way: guest/ to host/ to core/
#   - no conditional compilation in .c files (include/compat is for that)

set -euo pipefail
cd "$(dirname "$0")/.."

pure='linux/(kernel|types|errno|string|pci_regs)\.h|xen/(interface/io/(pciif|xenbus)|xpt_text)\.h'
failed=0

# complain WHAT MATCHES
complain() {
	[[ -n $2 ]] || return 0
	printf '%s:\n%s\n' "$1" "$2"
	failed=1
}

for core in drivers/*/*/core; do
	[[ -d $core ]] || continue
	complain 'core/ includes what is not pure' \
		"$(grep -nE '^[[:space:]]*#[[:space:]]*include' "$core"/*.[ch] |
			grep -vE "include <($pure)>|include \"[a-z_]+\.h\"" || :)"
done
complain 'host/ knows guest/' \
	"$(grep -nE 'include "(\.\./)?guest/' drivers/*/*/host/*.[ch] || :)"
complain 'conditional compilation in a .c file' \
	"$(grep -rnE '^[[:space:]]*#[[:space:]]*(if|ifdef|ifndef|elif)\b' --include='*.c' --exclude='*.mod.c' drivers || :)"
exit "$failed"
