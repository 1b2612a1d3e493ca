# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The tests of the Debian package, as Debian runs them, with this system as their testbed.

# shellcheck source=lib/system.sh
source /src/selftests/packaging/lib/system.sh

VERSION=$(sed -n 's/^XPT_VERSION = //p' /src/Makefile)
# What it says of each test at its end; that for guests on Arm is one of the two.
WANTED='xen-dtdev-irq-dkms PASS
xen-pciback-dkms PASS
xl-dtdev PASS'

test_as_debian_runs_them() {
	local source=$TEST_DIR/source
	quietly apt-get -y -q -o APT::Sandbox::User=root update
	quietly apt-get -y -q -o APT::Sandbox::User=root install --no-install-recommends autopkgtest
	defer quietly dpkg --purge xen-dtdev-irq-dkms xen-pciback-dkms xl-dtdev
	mkdir "$source"
	tar -C /src --exclude=./build --exclude=./.git -c . | tar -C "$source" -x
	quietly autopkgtest --output-dir "$TEST_DIR/output" --no-built-binaries \
		/src/build/deb/*"_${VERSION}_"*.deb "$source/" -- null
	sed -E 's/ +/ /' "$TEST_DIR/output/summary" | sort >"$TEST_DIR/summary"
	expect_same 'results' <(echo "$WANTED") "$TEST_DIR/summary"
	# A kernel that is passed over is a success, too.
	expect_line "I: PASS ${KVER//+/\\+}" 'what was built' <"$TEST_DIR/output/xen-pciback-dkms-stdout"
}

run_tests
