# SPDX-License-Identifier: GPL-2.0
# A few scripts of the kernel's own source tree, from the Debian source package:
# the style checkers and the KTAP helpers of its selftests.
# shellcheck shell=bash

LINUX_SOURCE_FILES=(
	scripts/checkpatch.pl scripts/spelling.txt scripts/const_structs.checkpatch
	scripts/kernel-doc tools/testing/selftests/kselftest/ktap_helpers.sh
	scripts/Lindent .clang-format
)

# linux_source_tools: prints the directory that has them, by their file names.
linux_source_tools() {
	local hash
	hash=$(hash_inputs "${LINUX_SOURCE_FILES[@]}" "$(hash_files "$LAB/lib/linux-source.sh")")
	cache_make roots linux-source-tools "$hash" linux_source_fill
}

linux_source_fill() {
	local dir=$1 archive file
	prepare_tools
	root_fill "$dir" linux-source extract trixie amd64 linux-source-6.12
	archive=$(echo "$dir"/root/usr/src/linux-source-*.tar.xz)
	say "unpacking the kernel's checkers (once; half a minute)"
	mkdir "$dir/source"
	run_tool xz -dc "$archive" | tar -C "$dir/source" -x --strip-components=1 --wildcards \
		"${LINUX_SOURCE_FILES[@]/#/*/}" 2>/dev/null || :
	for file in "${LINUX_SOURCE_FILES[@]}"; do
		[[ ! -e $dir/source/$file ]] || cp "$dir/source/$file" "$dir/"
	done
	rm -r "$dir/source" "$dir/root"
	[[ -e $dir/checkpatch.pl && -e $dir/ktap_helpers.sh ]] || die "linux-source-6.12 has no checkpatch.pl or ktap_helpers.sh"
}
