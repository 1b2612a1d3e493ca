# SPDX-License-Identifier: GPL-2.0
# The kernel's semantic patches, for coccinelle.
# shellcheck shell=bash

# linux_source_cocci: prints the directory that has them, in directories by kind.
linux_source_cocci() {
	cache_make roots linux-source-cocci "$(hash_files "$LAB/lib/linux-source-cocci.sh")" linux_source_cocci_fill
}

linux_source_cocci_fill() {
	linux_source_unpack "$1/source" '*/scripts/coccinelle/*'
	mv "$1"/source/scripts/coccinelle/* "$1/"
	rm -r "$1/source"
	[[ -e $1/locks/flags.cocci ]] || die "linux-source-6.12 has no semantic patches"
}
