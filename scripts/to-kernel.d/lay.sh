# SPDX-License-Identifier: GPL-2.0
# Puts files of this tree into $STAGE, under the names and in the words of a kernel tree.
# shellcheck shell=bash

# Where a directory of this tree lies in the kernel's, a line each; the first that fits.
LAYOUT='drivers/xen/pciback drivers/xen/xen-pciback
drivers/xen drivers/xen
drivers/of/overlay-configfs drivers/of/overlay-configfs
include/xen include/xen
Documentation/ABI/testing Documentation/ABI/testing
Documentation/admin-guide Documentation/admin-guide/xen
scripts/hw-check.d tools/testing/selftests/drivers/xen/pciback/hw-check.d
scripts/xen-pciback-hw-check tools/testing/selftests/drivers/xen/pciback/xen-pciback-hw-check
selftests/unit selftests/unit
selftests tools/testing/selftests/drivers/xen'

# What switches each module on.
declare -A SYMBOLS=(
	[xen-pciback]='XEN_PCIDEV_BACKEND XEN_PCIDEV_STUB'
	[xen-device-common]=XEN_DEVICE_COMMON
	[xen-dtdev]=XEN_DTDEV
	[xen-dtdev-irq]=XEN_DTDEV_IRQ
	[dt-overlay-configfs]=OF_OVERLAY_CONFIGFS
)

# place PATH: where it lies in the kernel's tree.
place() {
	local from to
	while read -r from to; do
		if [[ $1 == "$from" || $1 == "$from"/* ]]; then
			echo "$to${1#"$from"}"
			return
		fi
	done <<<"$LAYOUT"
	die "$1 has no place in a kernel tree"
}

# lay_code PATH...: sources, as they read where nothing is older than the newest kernel.
lay_code() {
	local file to
	while IFS= read -r -d '' file; do
		to=$STAGE/$(place "${file%/Kbuild}")
		case $file in
		*/Kbuild) mkdir -p "$to" && lay_makefile "$file" >"$to/Makefile" ;;
		*/common.c) ;;
		*) mkdir -p "${to%/*}" && sed -E -f "$PARTS/words.sed" "$file" >"$to" ;;
		esac
	done < <(scripts/sources "$@" | LC_ALL=C sort -z)
}

# lay_makefile FILE: a Kbuild file, with the symbols that decide in a kernel tree. What
# the modules share is a module of its own there. A compiler that can looks after the locks.
lay_makefile() {
	local module symbol objects=''
	module=$(sed -nE 's/^obj-m := (.*)\.o$/\1/p' "$1")
	for symbol in ${SYMBOLS[$module]}; do
		objects+="obj-\$(CONFIG_$symbol) += $module.o\\n"
	done
	sed -E "s/^obj-m := .*/CONTEXT_ANALYSIS := y\\n\\n${objects%\\n}/
		s/ common\.o\b//
		s/\\$\(if \\$\(filter -DXPT_HAS_GSI,[^)]*\)\),y\)/\$(CONFIG_XEN_ACPI)/" "$1"
}

# lay_kconfig DIR
lay_kconfig() {
	local to
	to=$STAGE/$(place "$1")
	mkdir -p "$to"
	cp "$1/Kconfig" "$to/Kconfig"
}

# lay_common: each module has these built into it here; there they are one, and export.
lay_common() {
	local dir=drivers/xen/common file
	lay_code "$dir"
	lay_kconfig "$dir"
	for file in "$STAGE/$dir"/*.c; do
		lay_exports "$file" "$([[ $file != */xen.c ]] || echo module)"
	done
	cat >>"$STAGE/$dir/xen.c" <<-'END'

		MODULE_DESCRIPTION("What backends of Xen for devices share");
		MODULE_LICENSE("GPL");
	END
	cat >"$STAGE/$dir/Makefile" <<-END
		# SPDX-License-Identifier: GPL-2.0
		CONTEXT_ANALYSIS := y

		obj-\$(CONFIG_${SYMBOLS[xen-device-common]}) += xen-device-common.o

		xen-device-common-y := $(cd "$dir" && printf '%s\n' *.c | sed 's/c$/o/' | paste -s -d' ')
	END
}

# lay_exports FILE HEADER: exports what the file has for others; HEADER, if it is not empty,
# is included, too.
lay_exports() {
	awk -v headers="export $2" '
		BEGIN { count = split(headers, header, " ") }
		/^#include <linux/ {
			for (i = 1; i <= count; i++) {
				line = "#include <linux/" header[i] ".h>"
				if (!had[i]++ && $0 != line) {
					if ($0 < line)
						had[i] = 0
					else
						print line
				}
			}
		}
		/^[a-z].*[ *]xpt_[a-z_]+\(/ && !/^static/ { match($0, /xpt_[a-z_]+\(/); name = substr($0, RSTART, RLENGTH - 1) }
		{ print }
		/^}/ && name { print "EXPORT_SYMBOL_GPL(" name ");"; name = "" }' "$1" >"$1.new"
	mv "$1.new" "$1"
}

# lay_abi NAME...: the kernel's form has no field for an example, and one for whom to ask.
lay_abi() {
	local name
	mkdir -p "$STAGE/Documentation/ABI/testing"
	for name; do
		awk '
			/^Example:/ { sub(/^Example:\t+/, ""); print "\n\t\tExample::\n\n\t\t\t" $0; next }
			{ print }
			/^Date:/ { print "Contact:\txen-devel@lists.xenproject.org" }' \
			"Documentation/ABI/testing/$name" >"$STAGE/Documentation/ABI/testing/$name"
	done
}

# lay_guide NAME...: pages, without what is said of modules that are built by themselves.
lay_guide() {
	local name to=$STAGE/Documentation/admin-guide/xen
	mkdir -p "$to"
	for name; do
		sed '/^[[:space:]]*\.\. out of tree$/,/^[[:space:]]*\.\. in every tree$/d' "Documentation/admin-guide/$name.rst" |
			sed 's,selftests/,tools/testing/selftests/drivers/xen/,g; s,drivers/xen/pciback,drivers/xen/xen-pciback,g' >"$to/$name.rst"
	done
}

# lay_suites DRIVER SYMBOL SOURCE...: the tests of its core/, as suites of KUnit that are
# built into its module.
lay_suites() {
	local driver=drivers/xen/$1 symbol=$2 to module file objects='' header
	to=$STAGE/$(place "$driver")
	mkdir -p "$to/tests"
	cp selftests/unit/kunit/ktap.h "$to/tests/"
	for file in "${@:3}"; do
		objects+=" $(basename "$file" .c).o"
		sed -E '/^#include <(limits|stdio|stdlib|string)\.h>$/d' "$file" >"$to/tests/${file##*/}"
		while read -r header; do
			[[ $header == ktap.h || ! -e selftests/unit/$header ]] || cp "selftests/unit/$header" "$to/tests/"
		done < <(sed -n 's/^#include "\(.*\)"$/\1/p' "$file")
	done
	for header in "$driver"/core/*.h; do
		sed -i "s,^#include \"${header##*/}\"\$,#include \"../core/${header##*/}\"," "$to"/tests/*.[ch]
	done
	cat "selftests/unit/kunit/Kconfig.$1" >>"$to/Kconfig"
	module=$(sed -nE 's/^obj-m := (.*)\.o$/\1/p' "$driver/Kbuild")
	echo "$module-\$(CONFIG_$symbol) += \$(addprefix tests/,$objects)" >>"$to/Makefile"
}

# lay_tests DIR...: as they are.
lay_tests() {
	local file to
	while IFS= read -r -d '' file; do
		to=$STAGE/$(place "$file")
		mkdir -p "${to%/*}"
		cp -pP "$file" "$to"
	done < <(find "$@" '(' -type f -o -type l ')' ! -name '*.o' ! -name '*.ko' ! -name '*.mod' ! -name '*.mod.c' ! -name '*.cmd' \
		! -name modules.order ! -name Module.symvers -print0)
}
