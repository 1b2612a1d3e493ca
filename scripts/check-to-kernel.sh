#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-to-kernel.sh: what scripts/to-kernel makes of the newest kernel that Debian
# has the source of, or of that of KERNEL=.
#
#   - a tree that it cannot take is refused, and stays as it is
#   - the drivers build in it with W=1, built in and as modules, by gcc and by clang, and
#     what is built in can be linked together
#   - checkpatch, kernel-doc, the parser of Documentation/ABI and sphinx have no complaint
#   - the series is a series: each patch applies to what is before it
#
# What it takes is in build/to-kernel: the kernel's tree, of which only what the drivers
# need is unpacked, what was compiled, and the patches. A second run takes what is there.
# Compilers and checkers come from a root that the lab keeps in its cache.

set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=scripts/report.sh
source scripts/report.sh

KERNEL=${KERNEL:-7.3}
# The kernel of the release that has the newest compilers; what they are called there.
COMPILERS=7.2
CLANG=23
TOOLS=bc,bison,flex,clang-$CLANG,lld-$CLANG,llvm-$CLANG,git,rsync,xz-utils
OUT=$PWD/build/to-kernel
LINUX=$OUT/linux
# What no driver of ours includes anything of. Kconfig files stay: others read them.
NOT_NEEDED=(
	'*/arch/'{alpha,arc,csky,hexagon,loongarch,m68k,microblaze,mips,nios2,openrisc,parisc,powerpc,riscv,s390,sh,sparc,um,xtensa}'/*.'{[chS],dts,dtsi}
	'*/drivers/'{gpu,infiniband,media,net,scsi,staging}'/*.[ch]' '*/fs/*/*.[ch]' '*/sound/*.[ch]' '*/samples/*.[ch]' '*/boot/dts/*.dts' '*/boot/dts/*.dtsi'
	'*/Documentation/'{devicetree,translations}'/*' '*/tools/'{perf,power,sched_ext,tracing,usb,verification,virtio}'/*'
	'*/tools/testing/selftests/[a-ce-jl-z]*/*'
)

# in_builder DIR COMMAND...: with what compiles and checks, in DIR, whose owner git trusts.
in_builder() {
	nice scripts/lab/builder --arch arm64 --kernel "$COMPILERS" --with "$TOOLS" --tree "$1" -- \
		env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' "${@:2}"
}

# prepare: $LINUX is what Debian has, and nothing else.
prepare() {
	local archive
	# Says what is missing here before the source is fetched.
	in_builder . true || return
	archive=$(scripts/lab/linux-source-tools --archive "$KERNEL") || return
	mkdir -p "$OUT"
	if [[ $(cat "$OUT/of" 2>/dev/null) != "$archive" ]]; then
		echo "unpacking linux $KERNEL (once; a minute or two)" >&2
		rm -rf "$OUT" && mkdir -p "$LINUX" || return
		in_builder . xz -dc <"$archive/linux-source.tar.xz" | tar -C "$LINUX" -x --strip-components=1 "${NOT_NEEDED[@]/#/--exclude=}" || return
		git -C "$LINUX" init -q && git -C "$LINUX" config gc.auto 0 || return
		git -C "$LINUX" add -A -f && git -C "$LINUX" -c user.name=check -c user.email=check@localhost commit -q -m "linux $KERNEL" || return
		git -C "$LINUX" tag base || return
		echo "$archive" >"$OUT/of"
	fi
	git -C "$LINUX" config user.name check && git -C "$LINUX" config user.email check@localhost || return
	git -C "$LINUX" reset -q --hard base && git -C "$LINUX" clean -fdqx
}

# refused WHY TREE: it is, and is the same afterwards.
refused() {
	local before after said
	before=$(state "$2")
	! said=$(scripts/to-kernel "$2" 2>&1) || echo "to-kernel took $2"
	[[ $said == *"$1"* ]] || echo "to-kernel said of $2: $said, not '$1'"
	after=$(state "$2")
	[[ $before == "$after" ]] || echo "to-kernel changed $2: $before, now $after"
}

state() {
	[[ ! -e $1/.git ]] || git -C "$1" rev-parse -q --verify HEAD
	[[ ! -e $1 ]] || find "$1" -newer "$OUT/mark" -not -path '*/.git*' | sort | head
}

check_refused() {
	local odd=$OUT/odd
	rm -rf "$odd"
	mkdir -p "$odd"/{none,plain/drivers/xen}
	touch "$OUT/mark"
	refused 'is no kernel tree' "$odd/none"
	refused 'there is no directory' "$odd/absent"
	cp "$LINUX"/{Makefile,MAINTAINERS} "$odd/plain/"
	cp "$LINUX/drivers/xen/Kconfig" "$odd/plain/drivers/xen/"
	refused 'is no git work tree' "$odd/plain"
	cp -r "$odd/plain" "$odd/fresh"
	git -C "$odd/fresh" init -q
	refused 'has no commit yet' "$odd/fresh"
	git -C "$odd/fresh" add -A -f
	git -C "$odd/fresh" -c user.name=check -c user.email=check@localhost commit -q -m base
	refused 'has no drivers/xen/xen-pciback' "$odd/fresh"
	mkdir -p "$odd/fresh/drivers/xen/xen-pciback"
	touch "$odd/fresh/drivers/xen/xen-pciback/Makefile"
	refused 'is not clean' "$odd/fresh"
	git -C "$odd/fresh" add -A -f
	git -C "$odd/fresh" -c user.name=check -c user.email=check@localhost commit -q -m more
	refused 'is too old' "$odd/fresh"
	# Whoever makes the commits has to be somebody.
	git -C "$LINUX" config --remove-section user
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=user.useConfigOnly GIT_CONFIG_VALUE_0=true \
		refused 'git does not know who you are' "$LINUX"
}

# config_of HOW: what to-kernel says of --config HOW, run where a kernel can be
# configured, and how the tree is afterwards.
config_of() {
	in_builder . env ARCH=x86_64 CROSS_COMPILE= scripts/to-kernel "${LINUX#"$PWD/"}" --config "$1" 2>&1 || echo "status $?"
	git -C "$LINUX" status --porcelain
	[[ $(git -C "$LINUX" rev-parse HEAD) != $(git -C "$LINUX" rev-parse base) ]] || echo 'no commit'
}

# Where there is no use for the drivers nothing is left behind; else they are on.
check_config() {
	local said before
	in_builder "$LINUX" make -s ARCH=x86_64 CROSS_COMPILE= allnoconfig || return
	before=$(sha256sum <"$LINUX/.config")
	said=$(config_of m)
	[[ $said == *'no use for any of the drivers'*'status 1'*'no commit' ]] || echo "no dom0: $said"
	[[ $(sha256sum <"$LINUX/.config") == "$before" ]] || echo 'no dom0: its .config is another'
	rm "$LINUX/.config"
	said=$(config_of y)
	[[ $said == *CONFIG_XEN_PCIDEV_BACKEND=y* && $said != *'no commit'* && $said != *status* ]] || echo "y: $said"
	grep -x 'CONFIG_XEN_PCIDEV_BACKEND=y' "$LINUX/.config" >/dev/null || echo 'y: it is not in .config'
}

check_series() {
	local said
	said=$(scripts/to-kernel "$LINUX" 2>&1) || {
		echo "$said"
		return 1
	}
	[[ -z $(git -C "$LINUX" status --porcelain) ]] || echo 'the tree is not clean after it'
	refused 'has the drivers already' "$LINUX"
	rm -rf "$OUT/patches"
	git -C "$LINUX" format-patch -q -o "$OUT/patches" base.. || return
	git -C "$LINUX" grep -nE 'XPT_(HAS|BIN|COR|VERSION|PLATFORM)|include_next' -- drivers/xen drivers/of/overlay-configfs || :
}

# build ARCH y|m [MAKE-ARG...]: says what a compiler had to say of the drivers.
build() {
	local log=$OUT/build-$1-$2${3:+-clang}.log status=0
	rm -rf "$OUT/config"
	cp -r scripts/to-kernel.d/config scripts/to-kernel.d/build "$OUT/"
	in_builder "$OUT" ./build "$@" >"$log" 2>&1 || status=$?
	((status == 0)) || tail -n 30 "$log"
	sed -n '/^== drivers/,$p' "$log" | grep -E 'warning|error|WARNING|\*\*\*' || :
	return "$status"
}

# check_build ARCH y|m [LLVM=1]
check_build() {
	local dir=$OUT/$1${3:+-clang} module
	build "$@" || return
	if [[ $2 == y ]]; then
		[[ -e $dir/drivers.o ]] || echo 'they were not linked'
		return
	fi
	for module in drivers/xen/{common/xen-device-common,xen-pciback/xen-pciback,dtdev/xen-dtdev,dtdev-irq/xen-dtdev-irq} \
		drivers/of/overlay-configfs/dt-overlay-configfs; do
		[[ -e $dir/$module.o ]] || echo "there is no $module.o"
	done
}

# What the drivers share, each of them can call.
check_exports() {
	diff <(cd "$LINUX/drivers/xen/common" && grep -ohE '\bxpt_\w+\(' ./*.h | tr -d '(' | sort) \
		<(cd "$LINUX/drivers/xen/common" && sed -nE 's/^EXPORT_SYMBOL_GPL\((.*)\);$/\1/p' ./*.c | sort)
}

# Names that are shown or that tables need; see check-style.sh for the same of the tree. What
# cannot be done with a reset line is ENOTSUPP in the kernel's own words, and an attribute that
# is a part of something larger is as constant as that.
check_checkpatch() {
	# shellcheck disable=SC2016 # expanded in there
	in_builder "$OUT" sh -c 'cd linux && perl scripts/checkpatch.pl --no-tree --strict --terse --quiet --showfile \
		--ignore FILE_PATH_CHANGES,SPDX_LICENSE_TAG ../patches/*.patch 2>&1 || [ $? = 1 ]' |
		without 'CamelCase: <Xenbus|/tests/.*CamelCase|ENOSYS means|/dtdev/line\.c.*ENOTSUPP is not|/sysfs_list\.c.*bin_attribute should|/trace\.h.*(Alignment should|end with a)|^total: |tools/testing/selftests/'
}

sources() {
	git -C "$LINUX" diff --name-only --diff-filter=AM base -- 'drivers/*.[ch]' 'include/*.h'
}

check_kernel_doc() {
	sources | in_builder "$LINUX" xargs python3 tools/docs/kernel-doc -none -Wall 2>&1
}

# Of the kernel's own files it has much to say, which is no failure of its.
check_abi() {
	local said names
	names=$(cd Documentation/ABI/testing && printf '%s\n' * | paste -s -d'|')
	said=$(in_builder "$LINUX" python3 tools/docs/get_abi.py validate 2>&1) || {
		echo "$said"
		return 1
	}
	grep -E "$names" <<<"$said" || (($? == 1))
}

check_sphinx() {
	local pages=$OUT/pages
	rm -rf "$pages"
	mkdir -p "$pages"
	cp "$LINUX"/Documentation/admin-guide/xen/*.rst "$pages/"
	printf 'root_doc = "index"\nproject = "linux"\n' >"$pages/conf.py"
	scripts/lab/builder --with python3-sphinx,mandoc --tree "$pages" -- sphinx-build -q -n -W --keep-going -b html /src /tmp/html 2>&1 |
		without '^lab: ([^e]|e[^r])'
}

# The kernel's selftests install ours, and their runner lists each; where there is no Xen it
# skips one and says why.
check_kselftest() {
	local said
	in_builder "$OUT" make -s -C linux/tools/testing/selftests INSTALL_PATH=/src/kselftest \
		TARGETS='drivers/xen/pciback drivers/xen/dtdev drivers/xen/overlay' install >"$OUT/kselftest.log" 2>&1 || {
		tail "$OUT/kselftest.log"
		return 1
	}
	diff <(cd selftests && grep -lE '^# (lab|arch):' {pciback,dtdev,overlay}/*.sh | grep -v device.sh | sed 's,/,:,' | sort) \
		<(in_builder "$OUT" kselftest/run_kselftest.sh -l | grep -v device.sh | sed 's,^drivers/xen/,,' | sort)
	said=$(in_builder "$OUT" kselftest/run_kselftest.sh -t drivers/xen/pciback:seize.sh 2>&1)
	[[ $said == *'# SKIP'* ]] || echo "without Xen: $said"
}

# A path in a page or in MAINTAINERS is there.
check_paths() {
	local path
	git -C "$LINUX" diff base -- MAINTAINERS | sed -n 's/^+F:\t//p' | while read -r path; do
		[[ -e $LINUX/$path ]] || echo "MAINTAINERS names $path, which is not there"
	done
	(cd "$LINUX" && grep -oP '(?<![\w/.])(drivers|scripts|tools|Documentation|include)/[\w./-]*\w' -r Documentation/admin-guide/xen) | sort -u |
		while IFS=: read -r page path; do
			[[ -e $LINUX/$path ]] || echo "$page names $path, which is not there"
		done
}

prepare || exit
check 'trees that it cannot take are refused' check_refused
prepare || exit
check '--config' check_config
prepare || exit
check 'a series is made' check_series
check 'what the drivers share is exported' check_exports
check 'checkpatch --strict' check_checkpatch
check 'kernel-doc' check_kernel_doc
check 'Documentation/ABI can be parsed' check_abi
check 'sphinx builds the pages' check_sphinx
check 'the kernel installs the tests, and its runner finds them' check_kselftest
check 'paths that pages and MAINTAINERS name' check_paths
for arch in x86_64 arm64; do
	for how in y m; do
		check "$arch, $([[ $how == y ]] && echo built in || echo modules): no warning (W=1)" check_build "$arch" "$how"
	done
done
for arch in x86_64 arm64; do
	check "$arch, modules, by clang: no warning (W=1)" check_build "$arch" m "LLVM=-$CLANG"
done
report_end to-kernel
