# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The Debian package on a Debian system: each test goes on where the one before it
# ended, and after the last one the system is as it was found.

# shellcheck source=lib/system.sh
source /src/selftests/packaging/lib/system.sh

DEBS=/src/build/deb
VERSION=$(sed -n 's/^XPT_VERSION = //p' /src/Makefile)
OWNERS=/etc/modprobe.d/xen-pciback.conf

apt() {
	quietly apt-get -y -q -o APT::Sandbox::User=root "$@"
}

# expect_dkms KERNEL [VERSION]: this version, and no other, is installed, or none.
expect_dkms() {
	expect_eq "dkms of $1" "${2:+xen-pciback/$2}" "$(dkms status -k "$1" xen-pciback | sed -n 's/^\([^,]*\), .*: installed.*/\1/p')"
}

# kernel_of FLAVOUR: the newest of that flavour that is installed.
kernel_of() {
	dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 'linux-image-[0-9]*' | sed -n 's/^ii  *linux-image-//p' | grep -E -- "-$1\$" | sort -V | tail -n 1
}

test_a_fresh_system_has_the_kernel_s_own() {
	keep
	expect_module "$KVER" in-tree
	apt update
	# dkms signs with it; few systems are without.
	apt install openssl
}

test_installing_puts_ours_in_its_place() {
	keep
	echo 'options xen-pciback hide=(0000:05:00.0)' >"$OWNERS"
	apt install "$DEBS/xen-pciback-dkms_${VERSION}_all.deb" "$DEBS/xl-dtdev_${VERSION}_amd64.deb"
	expect_dkms "$KVER" "$VERSION"
	expect_module "$KVER" ours
	# Newer versions of dkms lay it aside until ours is removed.
	{ find "/lib/modules/$KVER/kernel" "/var/lib/dkms/xen-pciback/original_module/$KVER" -name 'xen-pciback.ko*' 2>/dev/null || :; } |
		expect_line '.*/xen-pciback.ko.*' "the kernel's own"
}

test_xl_finds_it_by_its_alias() {
	modprobe -S "$KVER" -D xen-backend:pci | expect_line "insmod /lib/modules/${KVER//+/\\+}/updates/.*xen-pciback.ko.*" "modprobe xen-backend:pci"
}

test_dkms_has_signed_it() {
	expect_eq "signer" "DKMS module signing key" "$(modinfo -k "$KVER" -F signer xen-pciback)"
	[[ -s /var/lib/dkms/mok.pub ]] || fail "no certificate to enrol"
}

test_the_initramfs_has_it() {
	expect_initramfs "$KVER" ours
	grep -q 'options xen-pciback' "$(find "$TEST_DIR/initramfs" -path "*$OWNERS")"
}

test_tools_and_manuals_are_there() {
	/usr/sbin/xl-dtdev --help | expect_line '  *xl-dtdev check PATH .*' 'xl-dtdev --help'
	/usr/sbin/xen-pciback-hw-check --help | expect_line '  *xen-pciback-hw-check .*BDF' 'xen-pciback-hw-check --help'
	/usr/sbin/xen-pciback-quirks --help | expect_line '  *xen-pciback-quirks .--dry-run. .*' 'xen-pciback-quirks --help'
	dpkg -L xen-pciback-dkms xl-dtdev | grep -o 'man/man[48]/.*' | sort >"$TEST_DIR/manuals"
	printf 'man/man%s.gz\n' 4/xen-dtdev.4 4/xen-pciback.4 8/xen-pciback-hw-check.8 8/xen-pciback-quirks.8 8/xl-dtdev.8 >"$TEST_DIR/wanted"
	expect_same "manuals" "$TEST_DIR/wanted" "$TEST_DIR/manuals"
}

test_an_upgrade_leaves_only_the_new_version() {
	keep
	apt install "$DEBS/xen-pciback-dkms_${VERSION}+next_all.deb"
	expect_dkms "$KVER" "$VERSION+next"
	expect_module "$KVER" ours
	expect_initramfs "$KVER" ours
	[[ ! -e /usr/src/xen-pciback-$VERSION ]] || fail "the old sources are there"
}

test_a_new_kernel_gets_it_too() {
	keep
	apt install --no-install-recommends linux-image-rt-amd64 linux-headers-rt-amd64
	expect_dkms "$(kernel_of rt-amd64)" "$VERSION+next"
	expect_module "$(kernel_of rt-amd64)" ours
	expect_initramfs "$(kernel_of rt-amd64)" ours
	expect_module "$KVER" ours
}

test_the_build_for_it_has_no_warning() {
	expect_no 'warning|WARNING' "make.log" <"/var/lib/dkms/xen-pciback/$VERSION+next/$(kernel_of rt-amd64)/x86_64/log/make.log"
}

test_nothing_of_it_stays_with_a_removed_kernel() {
	keep
	local version
	version=$(kernel_of rt-amd64)
	apt purge "linux-image-$version" linux-image-rt-amd64 "linux-headers-$version" linux-headers-rt-amd64
	expect_eq "modules of $version" '' "$(find /lib/modules -path "*/$version/*" -name 'xen-pciback*')"
	expect_dkms "$KVER" "$VERSION+next"
}

test_a_kernel_with_the_driver_built_in_is_passed_over() {
	keep
	local config=/usr/src/linux-headers-$KVER/.config
	cp "$config" "$TEST_DIR/config"
	defer cp "$TEST_DIR/config" "$config"
	dkms remove "xen-pciback/$VERSION+next" -k "$KVER" >/dev/null
	sed -i 's/^CONFIG_XEN_PCIDEV_BACKEND=m/CONFIG_XEN_PCIDEV_BACKEND=y/' "$config"
	apt install --reinstall "$DEBS/xen-pciback-dkms_${VERSION}+next_all.deb"
	expect_dkms "$KVER"
	cp "$TEST_DIR/config" "$config"
	apt install --reinstall "$DEBS/xen-pciback-dkms_${VERSION}+next_all.deb"
	expect_dkms "$KVER" "$VERSION+next"
}

# The package is installed all the same, and the kernel keeps its own driver.
test_without_headers_it_says_what_is_missing() {
	keep
	local headers=/usr/src/linux-headers-$KVER
	dkms remove "xen-pciback/$VERSION+next" -k "$KVER" >/dev/null
	mv "$headers" "$headers.away"
	defer mv "$headers.away" "$headers"
	apt install --reinstall "$DEBS/xen-pciback-dkms_${VERSION}+next_all.deb"
	expect_line '.*[Kk]ernel headers .*(do not seem to be installed|were found, skipping).*' "what the installation says" <"$TEST_DIR/said"
	expect_dkms "$KVER"
	expect_module "$KVER" in-tree
	now mv "$headers.away" "$headers"
	apt install --reinstall "$DEBS/xen-pciback-dkms_${VERSION}+next_all.deb"
	expect_dkms "$KVER" "$VERSION+next"
}

test_removing_it_brings_the_kernel_s_own_back() {
	keep
	apt remove xen-pciback-dkms
	expect_module "$KVER" in-tree
	expect_initramfs "$KVER" not-ours
	expect_eq "dkms" '' "$(dkms status xen-pciback)"
}

test_purging_it_leaves_the_owner_s_file() {
	keep
	quietly dpkg --purge xen-pciback-dkms xl-dtdev
	expect_eq "what dpkg knows" '' "$(dpkg-query -W -f '${db:Status-Abbrev}' xen-pciback-dkms 2>/dev/null || :)"
	expect_eq "its file" 'options xen-pciback hide=(0000:05:00.0)' "$(<"$OWNERS")"
	rm "$OWNERS"
}

test_dracut_has_it_in_its_initramfs() {
	apt install --no-install-recommends dracut
	defer apt install --no-install-recommends initramfs-tools
	echo 'dracutmodules="base xen-pciback"' >/etc/dracut.conf.d/short.conf
	defer apt purge xen-pciback-dkms
	defer rm /etc/dracut.conf.d/short.conf
	apt install "$DEBS/xen-pciback-dkms_${VERSION}_all.deb"
	expect_module "$KVER" ours
	expect_initramfs "$KVER" ours
	find "$TEST_DIR/initramfs" -path '*/hooks/pre-udev/*' -name '*load.sh' | expect_line '.*' 'what calls it before udev'
}

run_tests
