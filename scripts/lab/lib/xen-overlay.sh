# SPDX-License-Identifier: GPL-2.0
# --xen overlay: the hypervisor of Debian's source package, built with what is in
# xen-overlay/config; --xen unroute: and with the patch of that name. The toolstack is the
# packaged one, which has all it takes.
# shellcheck shell=bash

XEN_OVERLAY_SUITE=trixie
XEN_OVERLAY_PACKAGES=bison,flex,patch,xz-utils

# xen_source: prints the directory of the source's two archives.
xen_source() {
	local hash
	hash=$(hash_inputs "$XEN_OVERLAY_SUITE" "$(hash_files "$LAB/lib/roots.sh" "$LAB/lib/xen-source-fetch.sh")")
	cache_make roots xen-source "$hash" xen_source_fill
}

# The release's own apt, as mmdebstrap sets it up, says which sources there are
# and vouches for them by their hashes.
xen_source_fill() {
	local dir=$1 options lines
	host_require_fetch
	say "fetching Xen's source (once)"
	mapfile -t options < <(mirror_options)
	lines=$(mirror_lines "$XEN_OVERLAY_SUITE" all)
	# shellcheck disable=SC2016 # expanded by mmdebstrap's hook shell
	if ! mmdebstrap --variant=extract --architectures=amd64 --include=base-files "${options[@]}" --format=null \
		--extract-hook='bash '"$(printf %q "$LAB/lib/xen-source-fetch.sh")"' "$1" '"$(printf %q "$dir")" \
		"$XEN_OVERLAY_SUITE" - ${lines:+"$lines"} >"$dir/fetch.log" 2>&1; then
		tail -n 20 "$dir/fetch.log" >&2
		die "could not fetch the source of Xen: see above"
	fi
	rm "$dir/fetch.log"
}

# xen_overlay_root XEN: an object like those that have a packaged hypervisor.
xen_overlay_root() {
	local source hash
	source=$(xen_source)
	hash=$(hash_inputs "$1" "$(cache_id "$source")" "$XEN_OVERLAY_PACKAGES" \
		"$(hash_files "$LAB"/xen-overlay/* "$LAB/lib/xen-overlay.sh")")
	cache_make roots "xen-arm64-$1" "$hash" xen_overlay_fill "$1" "$source"
}

xen_overlay_fill() {
	local dir=$1 xen=$2 source=$3 builder started version
	builder=$(builder_root arm64 6.12 "$XEN_OVERLAY_PACKAGES")
	started=$(seconds_now)
	say "building Xen $xen (once; half a minute on two idle CPUs)"
	mkdir "$dir/source"
	tar -C "$dir/source" --strip-components=1 -xf "$source"/*.orig.tar.xz
	tar -C "$dir/source" -xf "$source"/*.debian.tar.xz
	cp -r "$LAB/xen-overlay" "$dir/source/lab"
	if ! builder_enter_plain "$builder" "$dir/source" lab/build "$xen" "${SUITE_GCC[$XEN_OVERLAY_SUITE]}" >"$dir/build.log" 2>&1; then
		tail -n 30 "$dir/build.log" >&2
		die "Xen does not build: see above"
	fi
	mv "$dir/source/out" "$dir/root"
	rm -r "$dir/source"
	version=$(<"$source/version")
	echo "xen-hypervisor-$xen $version $(hash_files "$LAB"/xen-overlay/*)" >"$dir/packages"
	say "built Xen $version in $(seconds_since "$started") s"
}
