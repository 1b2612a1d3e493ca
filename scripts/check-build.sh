#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-build.sh: every module of the tree is compiled with W=1 and sparse, for
# x86_64 and, across, for arm64, and no compiler has a warning.
#
# Compilers and headers are the lab's. Where nothing has changed nothing is built again.

set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=scripts/report.sh
source scripts/report.sh

OUT=build/modules

# Which modules there must be. Debian's 6.12 cannot apply overlays: the module for them is
# compiled against what the kernel's headers have in that case, and runs on newer ones.
declare -A MODULES=(
	[x86_64]='xen-pciback'
	[arm64]='xen-pciback xen-dtdev xen-dtdev-irq dt-overlay-configfs'
)
declare -A MORE=([x86_64]='' [arm64]='CONFIG_OF_OVERLAY=y')

# check_arch ARCH: its build says nothing, and made all modules; the log stays in $OUT.
check_arch() {
	local dir module log=$OUT/$1.log
	# shellcheck disable=SC2086 # words
	dir=$(scripts/lab/build-modules --arch "$1" W=1 C=1 ${MORE[$1]} 2>"$log.err") || {
		grep -E 'warning|error|\*\*\*' "$log.err" || tail -n 20 "$log.err"
		return 1
	}
	cp "$dir/build.log" "$log" || return
	! grep -E 'warning|error|WARNING|\*\*\*' "$log" || return
	for module in ${MODULES[$1]}; do
		[[ -e $dir/$module.ko ]] || echo "there is no $module.ko"
	done
}

# check_all: each source was compiled and looked at by sparse in one of the builds, or
# another one that was has it in it, or xl-dtdev is made of it.
check_all() {
	local file
	scripts/sources drivers selftests/modules | tr '\0' '\n' | grep '\.c$' | while read -r file; do
		{ grep -qE "^ *CC \[M\] .*\b${file%.c}\.o\$" "$OUT"/*.log && grep -qE "^ *CHECK .*\b$file\$" "$OUT"/*.log; } ||
			is_included "$file" || is_of_the_tool "$file" || echo "$file is compiled by none"
	done
}

# is_included FILE: by another .c file, by the end of its path.
is_included() {
	grep -rqE --include='*.c' "^#include \"([^\"]*/)?$(basename "$(dirname "$1")")/${1##*/}\"" drivers selftests/modules
}

# is_of_the_tool FILE: of its core's rooms, some are not the module's.
is_of_the_tool() {
	[[ $1 == drivers/xen/dtdev/core/* ]] && grep -qw "$(basename "$1" .c)" scripts/xl-dtdev/rooms.mk
}

rm -rf "$OUT"
mkdir -p "$OUT"
for arch in x86_64 arm64; do
	check "modules for $arch build without a warning (W=1, sparse)" check_arch "$arch"
done
check 'every source is compiled' check_all
report_end build
