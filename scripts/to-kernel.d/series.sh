# SPDX-License-Identifier: GPL-2.0
# The series: what each commit has in it, so that each of them builds.
# shellcheck shell=bash

# Tests that are suites of KUnit, too.
PCIBACK_SUITES='bar bdf cfg_commit cfg_filter cfg_map cfg_open cfg_tables custody_claim handshake learn op party quirk quirk_known
	reason selector selector_force selector_match selector_words topology vpd'
DTDEV_SUITES='binding iommu kind line pin quiesce report reset selector spi stream timer window'
# Those that are not roll dice, visit more worlds than a kernel has memory for, keep long lists
# on the stack, or have a list that is made of the headers.
# shellcheck disable=SC2034 # read by check-style.sh
PCIBACK_NO_SUITES='burst cfg_chain cfg_extchain cfg_model cfg_names cfg_shifty cfg_space custody handshake_live'
# shellcheck disable=SC2034 # read by check-style.sh
DTDEV_NO_SUITES='pages relay'

# series: makes the commits, beside whatever the tree has checked out, and leaves the last
# one in $HEAD.
series() {
	local step
	export GIT_DIR GIT_INDEX_FILE=$WORK/index
	# shellcheck disable=SC2153 # the caller's
	GIT_DIR=$(git -C "$TREE" rev-parse --absolute-git-dir)
	HEAD=$BASE
	git read-tree "$BASE"
	for step in common core fn host guest pciback dtdev dtdev_irq overlay kunit tests; do
		"series_$step"
		series_commit "$step"
	done
	unset GIT_DIR GIT_INDEX_FILE
}

# series_commit STEP: all of $STAGE, by the message of that name.
series_commit() {
	local tree message=$PARTS/messages/$1
	[[ -s $message ]] || die "there is no message for $1"
	git --work-tree="$STAGE" -C "$STAGE" add -f --ignore-removal .
	tree=$(git write-tree)
	HEAD=$({
		cat "$message"
		printf '\nSigned-off-by: %s\n' "$IDENTITY"
	} | git commit-tree "$tree" -p "$HEAD")
}

series_common() {
	lay_common
	lay_code include/xen
	edit_before drivers/xen/Kconfig '^config XEN_PCI_STUB' 'source "drivers/xen/common/Kconfig"' ''
	edit_insert drivers/xen/Makefile 'xen-pciback/' \
		"obj-\$(CONFIG_${SYMBOLS[xen-device-common]})	+= common/"
	edit_maintainers 'XEN DEVICE COMMON'
}

series_core() {
	lay_code drivers/xen/pciback/core
}

series_fn() {
	lay_code drivers/xen/pciback/fn drivers/xen/pciback/trace.h
}

series_host() {
	lay_code drivers/xen/pciback/host
}

series_guest() {
	lay_code drivers/xen/pciback/guest drivers/xen/pciback/debugfs.h
}

# What it replaces goes.
series_pciback() {
	local symbol
	git rm -q -r --cached drivers/xen/xen-pciback/'*.[ch]' --ignore-unmatch >/dev/null
	lay_code drivers/xen/pciback
	lay_kconfig drivers/xen/pciback
	edit_kconfig_replace drivers/xen/Kconfig XEN_PCIDEV_STUB 'source "drivers/xen/xen-pciback/Kconfig"'
	edit_kconfig_replace drivers/xen/Kconfig XEN_PCIDEV_BACKEND ''
	lay_abi sysfs-driver-pciback debugfs-xen-pciback events-pciback xenstore-pciback
	lay_guide pciback holder troubleshooting
	series_guide_index
	edit_insert Documentation/admin-guide/index.rst '^   vga-softcursor$' '   xen/index'
	edit_maintainers 'XEN PCI BACKEND'
}

series_dtdev() {
	lay_code drivers/xen/dtdev
	lay_kconfig drivers/xen/dtdev
	edit_insert drivers/xen/Kconfig 'xen-pciback/Kconfig' '' 'source "drivers/xen/dtdev/Kconfig"'
	edit_insert drivers/xen/Makefile 'common/$' "obj-\$(CONFIG_${SYMBOLS[xen-dtdev]})		+= dtdev/"
	lay_abi sysfs-driver-xen-dtdev debugfs-xen-dtdev events-xen-dtdev
	lay_guide xen-dtdev
	edit_maintainers 'XEN DTDEV'
}

series_dtdev_irq() {
	lay_code drivers/xen/dtdev-irq
	lay_kconfig drivers/xen/dtdev-irq
	edit_insert drivers/xen/Kconfig 'xen/dtdev/Kconfig' '' 'source "drivers/xen/dtdev-irq/Kconfig"'
	edit_insert drivers/xen/Makefile 'dtdev/$' "obj-\$(CONFIG_${SYMBOLS[xen-dtdev-irq]})		+= dtdev-irq/"
}

series_overlay() {
	lay_code drivers/of/overlay-configfs
	lay_kconfig drivers/of/overlay-configfs
	edit_before drivers/of/Kconfig '^endif # OF' 'source "drivers/of/overlay-configfs/Kconfig"' ''
	edit_insert drivers/of/Makefile 'overlay[.]o$' "obj-\$(CONFIG_${SYMBOLS[dt-overlay-configfs]}) += overlay-configfs/"
	lay_abi configfs-device-tree-overlays
	lay_guide overlays
	edit_maintainers 'DEVICE TREE OVERLAYS BY CONFIGFS'
}

series_kunit() {
	# shellcheck disable=SC2046,SC2086 # words
	lay_suites pciback XEN_PCIBACK_KUNIT_TEST selftests/unit/{cfg_map_check,fake_device}.c $(printf 'selftests/unit/test_%s.c ' $PCIBACK_SUITES)
	# shellcheck disable=SC2046,SC2086 # words
	lay_suites dtdev XEN_DTDEV_KUNIT_TEST $(printf 'selftests/unit/dtdev/test_dtdev_%s.c ' $DTDEV_SUITES)
	cp selftests/unit/kunit/kunitconfig "$STAGE/drivers/xen/.kunitconfig"
}

series_tests() {
	local area
	lay_tests selftests/pciback selftests/dtdev selftests/overlay selftests/lib selftests/modules \
		scripts/xen-pciback-hw-check scripts/hw-check.d
	for area in pciback dtdev overlay; do
		[[ ! -e selftests/$area/Makefile ]] ||
			edit_insert tools/testing/selftests/Makefile '^TARGETS [+]= drivers/platform' "TARGETS += drivers/xen/$area"
	done
}

series_guide_index() {
	cat >"$STAGE/Documentation/admin-guide/xen/index.rst" <<-'END'
		.. SPDX-License-Identifier: GPL-2.0

		============================
		Hardware for guests of a Xen
		============================

		.. toctree::
		   :maxdepth: 1
		   :glob:

		   *
	END
}

# series_config y|m: in TREE/.config; at least one is taken there. When that fails all is as
# it was, the series gone, too.
series_config() {
	local symbol wanted taken=0
	read -ra wanted <<<"${SYMBOLS[*]}"
	[[ ! -e $TREE/.config ]] || cp -p "$TREE/.config" "$WORK/config"
	series_configure "$1" "${wanted[@]}" >"$WORK/config.log" 2>&1 || {
		tail -n 20 "$WORK/config.log" >&2
		series_undo
		die "there is no configuration for $TREE, which is as it was: see above"
	}
	for symbol in "${wanted[@]}"; do
		! grep "^CONFIG_$symbol=$1$" "$TREE/.config" || taken=$((taken + 1))
	done
	((taken)) || {
		series_undo
		die "the configuration has no use for any of the drivers, and $TREE is as it was: is it a dom0's?"
	}
}

# series_configure y|m SYMBOL...
series_configure() {
	local symbol args=() how=--module
	[[ $1 == m ]] || how=--enable
	for symbol in "${@:2}"; do
		args+=("$how" "$symbol")
	done
	[[ -e $TREE/.config ]] || make -s -C "$TREE" defconfig xen.config || return
	"$TREE/scripts/config" --file "$TREE/.config" "${args[@]}" || return
	make -s -C "$TREE" olddefconfig
}

series_undo() {
	git -C "$TREE" reset -q --hard "$BASE"
	rm -f "$TREE/.config"
	[[ ! -e $WORK/config ]] || cp -p "$WORK/config" "$TREE/.config"
}
