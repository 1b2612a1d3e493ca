#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-style.sh: what the kernel's own checkers say of the tree, and the
# rules of the house. Each check is a line; the last one counts.
#
# Needs checkpatch.pl from a kernel source (CHECKPATCH=, found by the lab
# otherwise) and shellcheck; the modules are built with W=1 and sparse if KDIR is
# given.

set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=scripts/report.sh
source scripts/report.sh

# Names of xenbus states and of libFuzzer are not to the kernel's taste, nor is
# how it writes tracepoints itself; and it does not know that hypercalls that are
# not there answer as system calls do.
check_patch() {
	local checkpatch=${CHECKPATCH:-}
	[[ -n $checkpatch ]] || checkpatch=$(scripts/lab/linux-source-tools)/checkpatch.pl
	git ls-files '*.c' '*.h' | xargs perl "$checkpatch" --no-tree --strict --terse --quiet --file \
		--ignore SPDX_LICENSE_TAG 2>&1 |
		grep -vE 'CamelCase: <Xenbus|^drivers/xen/.*ENOSYS means|^selftests/.*CamelCase|/trace\.h.*(Alignment should|end with a)|^total: '
	rm -f .checkpatch-camelcase.*
}

check_shell() {
	git ls-files | while read -r file; do
		[[ $file == *.sh || $(head -c 64 "$file" | tr -d '\0' | head -n 1) =~ ^#!.*sh$ ]] && echo "$file"
	done | xargs shellcheck -x -S style
}

# In a copy: every file is compiled, and the tree stays as it is.
check_build() {
	local copy
	copy=$(mktemp -d)
	scripts/sources Kbuild Makefile drivers include selftests/modules | xargs -0 cp --parents -t "$copy"
	make -C "$copy" modules test-modules KDIR="$KDIR" W=1 C=1 2>&1 | grep -E 'warning|error|\*\*\*'
	rm -rf "$copy"
}

# A new file's first lines say its licence.
check_licence() {
	git ls-files '*.c' '*.h' '*.sh' '*Kbuild' '*Makefile' | while read -r file; do
		head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0' || echo "$file: no licence"
	done
}

report 'checkpatch --strict' "$(check_patch)"
report 'shellcheck' "$(check_shell)"
report 'ABI documented, and nothing else' "$(scripts/check-abi.sh)"
report 'rooms' "$(scripts/check-rooms.sh)"
report 'licences' "$(check_licence)"
[[ -z ${KDIR:-} ]] || report 'modules build without a warning (W=1, sparse)' "$(check_build)"
report_end style
