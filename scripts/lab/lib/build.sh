# SPDX-License-Identifier: GPL-2.0
# Building the modules under test, and those that only tests load, from the work
# tree as it stands.
# shellcheck shell=bash

tree_files() {
	"$TREE_TOP/scripts/sources" Kbuild Makefile drivers include selftests/modules | LC_ALL=C sort -z
}

tree_hash() {
	(cd "$TREE_TOP" && tree_files | xargs -0 sha256sum) | sha256sum | cut -c1-16
}

# build_modules ARCH KERNEL [MAKE-ARG...]: prints a directory of .ko files.
build_modules() {
	local headers hash
	TREE_TOP=$(dirname "$(dirname "$LAB")")
	[[ -f $TREE_TOP/Makefile ]] || die "no Makefile at the top of the tree: nothing to build (--driver in-tree runs without)"
	headers=$(kernel_root "$1" "$2")
	hash=$(hash_inputs "$(tree_hash)" "$(cache_id "$headers")" "${@:3}" "$(hash_files "$LAB"/lib/build*.sh)")
	cache_make built "modules-$1-$2" "$hash" build_fill "$@"
}

build_fill() {
	local dir=$1 arch=$2 kernel=$3 started
	started=$(seconds_now)
	say "building the modules for $arch, linux $kernel"
	mkdir "$dir/src"
	(cd "$TREE_TOP" && tree_files | tar -c --null -T -) | tar -C "$dir/src" -x
	# The make variables repeat the environment: they reach every sub-make.
	# shellcheck disable=SC2016 # expanded inside the builder
	if ! builder_enter "$arch" "$kernel" '' "$dir/src" \
		sh -c 'exec make -j2 KDIR="$KDIR" ARCH="$ARCH" CROSS_COMPILE="$CROSS_COMPILE" "$@" modules test-modules' sh "${@:4}" >"$dir/build.log" 2>&1; then
		cat "$dir/build.log" >&2
		die "the modules do not build for $arch, linux $kernel: see above"
	fi
	find "$dir/src" -name '*.ko' -exec cp {} "$dir/" \;
	[[ -n $(compgen -G "$dir/*.ko") ]] || die "make modules ended well but left no .ko file"
	rm -r "$dir/src"
	grep -E 'warning:|WARNING' "$dir/build.log" >&2 || :
	say "built in $(seconds_since "$started") s"
}
