# SPDX-License-Identifier: GPL-2.0
# Building the modules under test, those that only tests load, and xl-dtdev, from the
# work tree as it stands.
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

# build_tool ARCH KERNEL: prints a directory with xl-dtdev, static, so that it needs
# nothing of the system it comes to. libfdt is Debian's of that architecture.
build_tool() {
	local hash libfdt
	TREE_TOP=$(dirname "$(dirname "$LAB")")
	libfdt=$(root_make "libfdt-$1-${KERNEL_SUITE[$2]}" extract "${KERNEL_SUITE[$2]}" "${DEB_ARCH[$1]}" libfdt-dev)
	hash=$(hash_inputs "$(find "$TREE_TOP"/{scripts/xl-dtdev,drivers/xen/dtdev/core,selftests/unit/include,include/xen} -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)" \
		"$(cache_id "$libfdt")" "$(hash_files "$LAB"/lib/build*.sh)")
	cache_make built "xl-dtdev-$1" "$hash" build_tool_fill "$libfdt" "$@"
}

build_tool_fill() {
	local dir=$1 usr=$2/root/usr arch=$3 kernel=$4 part
	say "building xl-dtdev for $arch"
	mkdir -p "$dir/src/libfdt"
	for part in scripts/xl-dtdev drivers/xen/dtdev/core selftests/unit/include include; do
		mkdir -p "$dir/src/$part"
		cp -r "$TREE_TOP/$part/." "$dir/src/$part/"
	done
	cp "$usr"/include/{fdt,libfdt,libfdt_env}.h "$usr/lib/${MULTIARCH[$arch]}/libfdt.a" "$dir/src/libfdt/"
	# shellcheck disable=SC2016 # expanded inside the builder
	if ! builder_enter "$arch" "$kernel" "libc6-dev-${DEB_ARCH[$arch]}-cross" "$dir/src" \
		sh -c 'exec make -C scripts/xl-dtdev CC="${CROSS_COMPILE}gcc-$1" LIBFDT=/src/libfdt O=/src/out' sh "${SUITE_GCC[${KERNEL_SUITE[$kernel]}]}" >"$dir/build.log" 2>&1; then
		cat "$dir/build.log" >&2
		die "xl-dtdev does not build for $arch: see above"
	fi
	mv "$dir/src/out/xl-dtdev" "$dir/"
	rm -r "$dir/src"
	grep -E 'warning:' "$dir/build.log" >&2 || :
}
