# SPDX-License-Identifier: GPL-2.0
# Is it a tree that the drivers can be laid into, and did nothing of compat come along?
# shellcheck shell=bash

# check_tree: dies if $TREE is not what it should be. Nothing has changed yet.
check_tree() {
	local said
	{ [[ -e $TREE/MAINTAINERS && -e $TREE/drivers/xen/Kconfig ]] && grep -qs '^PATCHLEVEL = ' "$TREE/Makefile"; } ||
		die "$TREE is no kernel tree"
	[[ $(git -C "$TREE" rev-parse --show-toplevel 2>/dev/null) == "$TREE" ]] ||
		die "$TREE is no git work tree, so that nothing could be undone: git init there, git add, git commit, or clone one"
	git -C "$TREE" rev-parse -q --verify HEAD >/dev/null || die "$TREE has no commit yet"
	said=$(git -C "$TREE" status --porcelain) || die "git does not say how $TREE is"
	[[ -z $said ]] || die "$TREE is not clean, commit or stash first: $(head -n 3 <<<"$said" | paste -s -d' ')"
	[[ -z $(git -C "$TREE" ls-files drivers/xen/xen-pciback/core drivers/xen/common | head -n 1) ]] ||
		die "$TREE has the drivers already"
	[[ -e $TREE/drivers/xen/xen-pciback/Makefile ]] || die "$TREE has no drivers/xen/xen-pciback that could be replaced"
	check_age
}

# check_age: all that Kbuild looks for in headers, and words.sed writes, is there, for
# nothing makes up for it.
check_age() {
	local header regex word missing=''
	while IFS=, read -r header regex word; do
		grep -Eqs "$regex" "$TREE/include/$header" || missing+=" ${word#XPT_HAS_}"
	done < <(sed -nE 's/.*\(call xpt-has,([^,]*),(.*),(XPT_HAS_[A-Z_]*)\).*/\1,\2,\3/p' Kbuild
		echo linux/slab.h,kvzalloc_obj,ALLOC_OBJ)
	[[ -z $missing ]] || die "$TREE is too old, it lacks:$missing"
}

# compat_names: what include/compat defines, and what Kbuild finds out for it.
compat_names() {
	grep -oE '\bXPT_(HAS|PLATFORM)_\w+|\bXPT_VERSION\b' Kbuild
	grep -rhoE '^#define \w+' include/compat | sed 's/^#define //; /_H$/d'
	grep -rhoE '^static inline .*\b\w+\(' include/compat | grep -oE '\w+\($' | tr -d '('
}

# check_compat: that is nowhere in the result, or the kernel's own, or the result's; and
# nothing asks whether it is there.
check_compat() {
	local names left
	names=$(compat_names | sort -u)
	left=$(cd "$STAGE" && grep -rwohF -f <(echo "$names") drivers include tools | sort -u) || :
	left=$(comm -23 <(echo "$left") <(cd "$TREE" && grep -rwohF -f <(echo "$names") include | sort -u))
	left=$(comm -23 <(echo "$left") <(cd "$STAGE" && grep -rhoE '^static inline .*\b\w+\(' drivers | grep -oE '\w+\($' | tr -d '(' | sort -u))
	left+=${left:+$'\n'}$(cd "$STAGE" && grep -rhE '^#[[:space:]]*(el)?if' drivers include | grep -wF -f <(echo "$names")) || :
	[[ -z $left ]] || die "this is include/compat's, and would be left: ${left//$'\n'/, }"
}
