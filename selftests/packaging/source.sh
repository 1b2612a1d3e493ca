# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Installing from the sources, as README says, and by dkms without a package.

# shellcheck source=lib/system.sh
source /src/selftests/packaging/lib/system.sh

TREE=/root/xen-passthrough

# Owners build in a copy of their own.
tree() {
	rm -rf "$TREE"
	mkdir "$TREE"
	tar -C /src --exclude=./build --exclude=./.git -c . | tar -C "$TREE" -x
	cd "$TREE"
}

# refused TEXT COMMAND...: it fails, says so, and installs nothing.
refused() {
	local before said
	before=$(dom0_state)
	! said=$("${@:2}" 2>&1) || fail "${*:2}: it went on"
	expect_line "$1" "${*:2}" <<<"$said"
	expect_eq "what ${*:2} left" "$before" "$(dom0_state)"
}

test_what_is_missing_is_said_before() {
	tree
	defer rm -rf "$TREE"
	refused 'no kernel headers at /nowhere: install them .*' make KDIR=/nowhere install
	refused '.*this kernel is none for a dom0, it lacks CONFIG_XEN_BACKEND.*' make CONFIG_XEN_BACKEND= install
	mv /usr/sbin/dkms /usr/sbin/dkms.away
	defer mv /usr/sbin/dkms.away /usr/sbin/dkms
	refused 'there is no dkms: install it .*' make dkms-install
}

test_make_and_make_install() {
	keep
	tree
	quietly make -j2
	find drivers -name '*.ko' -printf '%f\n' | sed 's/\.ko$//' | sort | paste -s -d' ' >"$TEST_DIR/built"
	quietly make install
	expect_module "$KVER" ours
	[[ -x /usr/local/sbin/xl-dtdev && -x /usr/local/sbin/xen-pciback-quirks ]] || fail "tools are missing"
}

test_make_uninstall() {
	keep
	cd "$TREE"
	quietly make uninstall
	expect_module "$KVER" in-tree
}

test_make_dkms_install() {
	keep
	tree
	quietly make dkms-install
	expect_eq "modules of dkms" "$(cat "$TEST_DIR/built")" "$(find "/lib/modules/$KVER/updates/dkms" -name '*.ko*' -printf '%f\n' | sed 's/\.ko.*//' | sort | paste -s -d' ')"
	expect_module "$KVER" ours
	quietly update-initramfs -u -k "$KVER"
	expect_initramfs "$KVER" ours
}

test_make_dkms_remove() {
	keep
	cd "$TREE"
	quietly make dkms-remove
	expect_module "$KVER" in-tree
	cd /
	rm -rf "$TREE"
}

run_tests
