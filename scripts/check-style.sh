#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-style.sh: what the kernel's own checkers say of the tree, and the
# rules of the house. Each check is a line; the last one counts.
#
# Needs checkpatch.pl from a kernel source (CHECKPATCH=, found by the lab
# otherwise) and shellcheck. Compilers and sparse: scripts/check-build.sh.

set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=scripts/report.sh
source scripts/report.sh

# Names of xenbus states and of libFuzzer are not to the kernel's taste, nor is
# how it writes tracepoints itself; and it does not know that hypercalls that are
# not there answer as system calls do.
check_patch() {
	local checkpatch=${CHECKPATCH:-}
	[[ -n $checkpatch ]] || checkpatch=$(scripts/lab/linux-source-tools)/checkpatch.pl || return
	# It has a status of 1, xargs of 123, for what is left out here, too.
	files_of '*.c' '*.h' | {
		xargs -P "$(nproc)" -n 24 perl "$checkpatch" --no-tree --strict --terse --quiet --file \
			--ignore SPDX_LICENSE_TAG 2>&1 || (($? == 123))
	} | without 'CamelCase: <Xenbus|^drivers/xen/.*ENOSYS means|^selftests/.*CamelCase|/trace\.h.*(Alignment should|end with a)|^total: '
	local status=$?
	rm -f .checkpatch-camelcase.*
	return "$status"
}

# files_of PATTERN...: what git knows of; that there is none means that it does not.
files_of() {
	git ls-files "$@" | grep .
}

shell_scripts() {
	files_of | while read -r file; do
		if [[ $file == *.sh || ${file##*/} == @(PKGBUILD|APKBUILD|dkms*.conf) || $(head -c 64 "$file" | tr -d '\0' | head -n 1) =~ ^#!.*sh$ ]]; then
			echo "$file"
		fi
	done
}

check_shell() {
	shell_scripts | xargs -P "$(nproc)" -n 24 shellcheck -x -S style
}

# A new file's first lines say its licence.
check_licence() {
	files_of '*.c' '*.h' '*.sh' '*Kbuild' '*Makefile' | while read -r file; do
		head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0' || echo "$file: no licence"
	done
}

# Each word that only include/compat has is one that to-kernel has another for.
check_words() {
	local words
	words=$(grep -ohE '\bXPT_(HAS|PLATFORM)_\w+|\bXPT_VERSION\b' Kbuild &&
		grep -rohE '^#define (XPT_\w+|platform_remove_void)' include/compat | sed 's/.* //; /_H$/d') || return
	files_of 'drivers/*.[ch]' | xargs sed -E -f scripts/to-kernel.d/words.sed |
		{ grep -wF -f <(echo "$words") || (($? == 1)); }
}

# Each test of a pure room is a suite of KUnit in a kernel's tree, or is said to be none.
check_suites() {
	# shellcheck source=scripts/to-kernel.d/series.sh
	source scripts/to-kernel.d/series.sh
	# shellcheck disable=SC2086 # words
	diff <(files_of 'selftests/unit/test_*.c' 'selftests/unit/dtdev/test_*.c' | LC_ALL=C sort) \
		<({
			printf 'selftests/unit/test_%s.c\n' $PCIBACK_SUITES $PCIBACK_NO_SUITES
			printf 'selftests/unit/dtdev/test_dtdev_%s.c\n' $DTDEV_SUITES $DTDEV_NO_SUITES
		} | LC_ALL=C sort)
}

check 'checkpatch --strict' check_patch
check 'shellcheck' check_shell
check 'ABI documented, and nothing else' scripts/check-abi.sh
check 'rooms' scripts/check-rooms.sh
check 'licences' check_licence
check 'words of include/compat that to-kernel knows' check_words
check 'tests that are suites of KUnit, or not' check_suites
check 'lines that lists of mutants name' python3 -B selftests/mutants/run.py --lists
report_end style
