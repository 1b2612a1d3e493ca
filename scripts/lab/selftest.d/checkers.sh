#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# checkers.sh TREE WORK: no check of the tree passes where it could not look. Prints which
# ones do.

set -uo pipefail

tree=$1 copy=$2/copy bad=0
mkdir -p "$copy/bin"
cd "$tree" || exit
git ls-files | xargs cp --parents -t "$copy"
cd "$copy" || exit
# A checkpatch that is content, and checks that are not looked at here.
echo 'exit 0;' >content.pl
printf '#!/bin/sh\n' | tee scripts/check-abi.sh >scripts/check-rooms.sh

# refuses PATTERN WHAT COMMAND...: it fails, and says so of the check in question.
refuses() {
	local said status=0
	said=$("${@:3}" 2>&1) || status=$?
	if ((status == 0)) || ! grep -q -x -E "$1" <<<"$said"; then
		echo "$2: status $status, no line '$1' in: $said"
		bad=1
	fi
}

# accepts WHAT COMMAND...: it passes, so that the refusals are for their reason.
accepts() {
	local said
	said=$("${@:2}" 2>&1) || { echo "$1: status $?: $said" && bad=1; }
}

# failed_with TEXT: as one that ran before.
# shellcheck disable=SC2317 # called by refuses
failed_with() {
	echo "$1"
	return 1
}

# In a tree that git does not know; without a program: one that is not found.
refuses 'not ok - checkpatch --strict' 'no git tree, checkpatch' env CHECKPATCH="$PWD/content.pl" GIT_DIR=/nowhere scripts/check-style.sh
refuses 'not ok - shellcheck' 'no git tree, shellcheck' env CHECKPATCH="$PWD/content.pl" GIT_DIR=/nowhere scripts/check-style.sh
refuses 'not ok - licences' 'no git tree, licences' env CHECKPATCH="$PWD/content.pl" GIT_DIR=/nowhere scripts/check-style.sh
git init -q . && git add -A
printf '#!/bin/sh\n' >bin/shellcheck && chmod 755 bin/shellcheck
refuses 'not ok - checkpatch --strict' 'no checkpatch' env PATH="$PWD/bin:$PATH" CHECKPATCH=/nowhere/checkpatch.pl scripts/check-style.sh
for program in shellcheck perl; do
	printf '#!/bin/sh\necho "%s: not found" >&2\nexit 127\n' "$program" >"bin/$program" && chmod 755 "bin/$program"
done
refuses 'not ok - shellcheck' 'no shellcheck' env PATH="$PWD/bin:$PATH" CHECKPATCH="$PWD/content.pl" scripts/check-style.sh
refuses 'not ok - checkpatch --strict' 'no perl' env PATH="$PWD/bin:$PATH" CHECKPATCH="$PWD/content.pl" scripts/check-style.sh
# A builder that cannot start, and the lab under the documents' commands, too.
for program in builder run; do
	printf '#!/bin/sh\necho "lab: building" >&2\necho "lab: error: no root" >&2\nexit 1\n' >"scripts/lab/$program"
done
docs=$(scripts/check-docs.sh 2>&1) && echo 'documents pass without a builder and a lab' && bad=1
for what in sphinx mandoc commands; do
	refuses "not ok - $what.*" "no builder and no lab, $what" failed_with "$docs"
done

# The semantic patches, one of each kind, in a builder that is this machine.
for kind in free iterators locks misc null tests; do
	mkdir -p "cocci/$kind" && echo 'virtual context' >"cocci/$kind/it.cocci"
done
printf '#!/bin/sh\necho "%s"\n' "$PWD/cocci" >scripts/lab/linux-source-tools
# builder SHELL-TEXT: what it does instead of, or around, the command "$@".
builder() {
	# shellcheck disable=SC2016 # expanded in there
	printf '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done; shift\n%s\n' "$1" >scripts/lab/builder
}
# program NAME SHELL-TEXT
program() {
	printf '#!/bin/sh\n%s\n' "$2" >"bin/$1" && chmod 755 "bin/$1"
}
cocci=(env PATH="$PWD/bin:$PATH" scripts/check-coccinelle.sh)
program spatch 'exit 0'
builder 'exec "$@"'
accepts 'coccinelle that finds nothing' "${cocci[@]}"
program spatch 'case $* in *misc/it.cocci*) echo "drivers/x.c:1: wrong" ;; esac'
refuses 'not ok - misc/it.cocci' 'a patch that finds something' "${cocci[@]}"
program spatch 'case $* in *misc/it.cocci*) exit 255 ;; esac'
refuses 'not ok - misc/it.cocci' 'a patch that spatch cannot do' "${cocci[@]}"
rm bin/spatch
refuses 'not ok - tests/it.cocci' 'no spatch' "${cocci[@]}"
program spatch 'exit 0'
builder '"$@"; exit 137'
refuses 'not ok - tests/it.cocci' 'a builder that is killed' "${cocci[@]}"
builder 'exit 1'
refuses 'not ok - free/it.cocci' 'a builder that cannot start' "${cocci[@]}"
builder 'exec "$@"'
rm cocci/locks/it.cocci
refuses '.*no patches of some kind' 'a kind without patches' "${cocci[@]}"
printf '#!/bin/sh\nexit 1\n' >scripts/lab/linux-source-tools
rm -rf build
refuses "cp: cannot stat ''.*" 'no patches at all' "${cocci[@]}"

# Boards: one tree, and programs that play theirs.
mkdir -p root/root/usr/lib build/xl-dtdev && : >root/root/usr/lib/rk3399-rockpro64.dtb
printf '%s\n' "kernel_root() { echo '$PWD/root'; }" 'package_version() { echo a kernel; }' >>scripts/lab/lib/kernel.sh
printf '%s\n' '# a kernel, 1 trees' '= a b given 1 noted 0 refused 0' >selftests/boards/counts/arm64-6.12
printf 'rk3399-rockpro64.dtb\t/it\tcheck\tit says so\n' >selftests/boards/expected
printf 'mac.dtb\t/it\tcheck\tit says so\n' >selftests/boards/trees/expected
printf '2\tcheck --tree TREE\tit says so\n' >selftests/boards/refusals
printf '2\tcheck /it\tit says so\n' >selftests/boards/dom0.answers
printf '#!/bin/sh\necho it says so\nexit 2\n' >build/xl-dtdev/xl-dtdev && chmod 755 build/xl-dtdev/xl-dtdev
boards=(env PATH="$PWD/bin:$PATH" selftests/boards/run arm64-6.12)
counted='echo = a b given 1 noted 0 refused 0'
program make 'exit 0'
program python3 "$counted"
accepts 'boards that are as they were' "${boards[@]}"
program python3 "$counted; exit 1"
refuses 'not ok - arm64-6.12: every result is right' 'a reader that fails without a word' "${boards[@]}"
program python3 "$counted; exit 127"
refuses 'not ok - arm64-6.12: every result is right' 'no reader' "${boards[@]}"
program python3 "$counted; kill -9 \$\$"
refuses 'not ok - arm64-6.12: every result is right' 'a reader that is killed' "${boards[@]}"
program python3 'echo = a b given 0 noted 0 refused 1'
refuses 'not ok - arm64-6.12: counts are as they were' 'other counts' "${boards[@]}"
program python3 "$counted"
program diff 'exit 127'
refuses 'not ok - arm64-6.12: counts are as they were' 'no diff' "${boards[@]}"
rm bin/diff
for list in expected trees/expected refusals dom0.answers; do
	mv "selftests/boards/$list" kept
	echo '# nothing' >"selftests/boards/$list"
	refuses 'not ok - (answers .*|what is .*)' "nothing in $list" "${boards[@]}"
	mv kept "selftests/boards/$list"
done
rm root/root/usr/lib/*.dtb
refuses 'not ok - arm64-6.12: every result is right' 'no trees' "${boards[@]}"
program make 'exit 2'
refuses 'lab: error: the programs do not build.*' 'boards that do not build' "${boards[@]}"

# The modules: a build that tells what it is told to.
cat >scripts/lab/build-modules <<END
#!/bin/bash
mkdir -p '$PWD/built' && cd '$PWD/built' || exit
rm -f ./*
touch xen-pciback.ko xen-dtdev.ko xen-dtdev-irq.ko dt-overlay-configfs.ko
'$PWD/scripts/sources' drivers selftests/modules | tr '\\0' '\\n' | sed -n 's,\\(.*\\)\\.c\$,  CC [M]  /src/\\1.o\\n  CHECK   /src/\\1.c,p' >build.log
. '$PWD/play'
pwd
END
: >play
accepts 'modules that build' scripts/check-build.sh
for more in 'echo "x.c:1:1: warning: unused" >>build.log' 'echo "x.c:1:1: error: undeclared" >&2; exit 1' 'rm dt-overlay-configfs.ko'; do
	echo "$more" >play
	refuses 'not ok - modules for arm64 build.*' "modules, $more" scripts/check-build.sh
done
for more in '/ CC .*dtdev.seize/d' '/CHECK .*dtdev.seize/d' 's/\[M\].*seize.o/&x/'; do
	echo "sed -i '$more' build.log" >play
	refuses 'not ok - every source is compiled' "modules, $more" scripts/check-build.sh
done
exit "$bad"
