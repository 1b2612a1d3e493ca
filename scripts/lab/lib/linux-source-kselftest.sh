# SPDX-License-Identifier: GPL-2.0
# What runs the kernel's selftests, without the tests.
# shellcheck shell=bash

# linux_source_kselftest: prints the directory that has it, laid out as in a kernel tree.
linux_source_kselftest() {
	cache_make roots linux-source-kselftest "$(hash_files "$LAB/lib/linux-source-kselftest.sh")" linux_source_kselftest_fill
}

linux_source_kselftest_fill() {
	linux_source_unpack "$1/source" '*/tools/testing/selftests/lib.mk' '*/tools/testing/selftests/Makefile' \
		'*/tools/testing/selftests/run_kselftest.sh' '*/tools/testing/selftests/kselftest/*' '*/scripts/subarch.include'
	mv "$1"/source/* "$1/"
	rmdir "$1/source"
	[[ -e $1/tools/testing/selftests/lib.mk ]] || die "linux-source-6.12 has no lib.mk"
}
