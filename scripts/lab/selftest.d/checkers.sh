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
# A checkpatch that is content.
echo 'exit 0;' >content.pl

# refuses PATTERN WHAT COMMAND...: it fails, and says so of the check in question.
refuses() {
	local said status=0
	said=$("${@:3}" 2>&1) || status=$?
	if ((status == 0)) || ! grep -q -x -E "$1" <<<"$said"; then
		echo "$2: status $status, no line '$1' in: $said"
		bad=1
	fi
}

# In a tree that git does not know; without a program: one that is not found.
refuses 'not ok - checkpatch --strict' 'no git tree, checkpatch' env CHECKPATCH="$PWD/content.pl" GIT_DIR=/nowhere scripts/check-style.sh
refuses 'not ok - shellcheck' 'no git tree, shellcheck' env CHECKPATCH="$PWD/content.pl" GIT_DIR=/nowhere scripts/check-style.sh
refuses 'not ok - licences' 'no git tree, licences' env CHECKPATCH="$PWD/content.pl" GIT_DIR=/nowhere scripts/check-style.sh
git init -q . && git add -A
refuses 'not ok - checkpatch --strict' 'no checkpatch' env CHECKPATCH=/nowhere/checkpatch.pl scripts/check-style.sh
for program in shellcheck perl; do
	printf '#!/bin/sh\necho "%s: not found" >&2\nexit 127\n' "$program" >"bin/$program" && chmod 755 "bin/$program"
done
refuses 'not ok - shellcheck' 'no shellcheck' env PATH="$PWD/bin:$PATH" CHECKPATCH="$PWD/content.pl" scripts/check-style.sh
refuses 'not ok - checkpatch --strict' 'no perl' env PATH="$PWD/bin:$PATH" CHECKPATCH="$PWD/content.pl" scripts/check-style.sh
# A builder that cannot start, and the lab under the documents' commands, too.
for program in builder run; do
	printf '#!/bin/sh\necho "lab: building" >&2\necho "lab: error: no root" >&2\nexit 1\n' >"scripts/lab/$program"
done
refuses 'not ok - sphinx.*' 'no builder, sphinx' scripts/check-docs.sh
refuses 'not ok - mandoc.*' 'no builder, mandoc' scripts/check-docs.sh
refuses 'not ok - commands.*' 'no lab, commands' scripts/check-docs.sh
exit "$bad"
