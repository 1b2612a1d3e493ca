# SPDX-License-Identifier: GPL-2.0
# The kernel's own source, from the Debian source package, and a few scripts out of
# it: the style checkers and the KTAP helpers of its selftests.
# shellcheck shell=bash

LINUX_SOURCE_FILES=(
	scripts/checkpatch.pl scripts/spelling.txt scripts/const_structs.checkpatch
	scripts/kernel-doc tools/testing/selftests/kselftest/ktap_helpers.sh
	scripts/Lindent .clang-format
)

# linux_source_archive KERNEL: ('': 6.12) prints the directory that has linux-source.tar.xz.
linux_source_archive() {
	local kernel=${1:-6.12} hash
	hash=$(hash_inputs "linux-source-$kernel" "$(hash_files "$LAB/lib/roots.sh")")
	cache_make roots "linux-source${1:+-$1}" "$hash" linux_source_archive_fill "$kernel"
}

linux_source_archive_fill() {
	local dir=$1 kernel=$2
	root_fill "$dir" linux-source extract "${KERNEL_SUITE[$kernel]}" amd64 "linux-source-$kernel"
	mv "$dir"/root/usr/src/linux-source-*.tar.xz "$dir/linux-source.tar.xz"
	rm -r "$dir/root"
	grep '^linux-source-' "$dir/packages" >"$dir/packages.source"
	mv "$dir/packages.source" "$dir/packages"
}

# linux_source_unpack DIR [PATTERN...]: the parts that fit, or all.
linux_source_unpack() {
	local archive
	archive=$(linux_source_archive '')
	prepare_tools
	mkdir "$1"
	run_tool xz -dc "$archive/linux-source.tar.xz" | tar -C "$1" -x --strip-components=1 --wildcards "${@:2}"
}

# linux_source_tools: prints the directory that has them, by their file names.
linux_source_tools() {
	local hash
	hash=$(hash_inputs "${LINUX_SOURCE_FILES[@]}" "$(hash_files "$LAB/lib/linux-source.sh")")
	cache_make roots linux-source-tools "$hash" linux_source_fill
}

linux_source_fill() {
	local dir=$1 file
	linux_source_unpack "$dir/source" "${LINUX_SOURCE_FILES[@]/#/*/}" 2>/dev/null || :
	for file in "${LINUX_SOURCE_FILES[@]}"; do
		[[ ! -e $dir/source/$file ]] || cp "$dir/source/$file" "$dir/"
	done
	rm -r "$dir/source"
	[[ -e $dir/checkpatch.pl && -e $dir/ktap_helpers.sh ]] || die "linux-source-6.12 has no checkpatch.pl or ktap_helpers.sh"
}
