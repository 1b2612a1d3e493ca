# SPDX-License-Identifier: GPL-2.0
# Changes what the kernel's tree has, in $STAGE: nothing of it is kept here.
# shellcheck shell=bash

# edit_begin PATH: has it in $STAGE, and prints where.
edit_begin() {
	if [[ ! -e $STAGE/$1 ]]; then
		mkdir -p "$(dirname "$STAGE/$1")"
		git -C "$TREE" show "HEAD:$1" >"$STAGE/$1" || die "$TREE has no $1: is it a kernel of today?"
	fi
	echo "$STAGE/$1"
}

# edit_lines AFTER PATH REGEX LINE...: before the first that fits, or with AFTER=1 after it.
edit_lines() {
	local file lines
	file=$(edit_begin "$2")
	lines=$(printf '%s\n' "${@:4}")
	LINES_="$lines" awk -v regex="$3" -v after="$1" '
		{ fits = !done && $0 ~ regex }
		after { print }
		fits { print ENVIRON["LINES_"]; done = 1 }
		!after { print }
		END { exit !done }' "$file" >"$file.new" || die "$2 of $TREE has no line like '$3'"
	mv "$file.new" "$file"
}

# edit_insert PATH REGEX LINE...: the lines after the first that fits.
edit_insert() {
	edit_lines 1 "$@"
}

# edit_before PATH REGEX LINE...: the lines before it.
edit_before() {
	edit_lines 0 "$@"
}

# edit_kconfig_replace PATH SYMBOL LINE: the line where the entry was; none: nothing.
edit_kconfig_replace() {
	local file
	file=$(edit_begin "$1")
	awk -v symbol="$2" -v line="$3" '
		$0 == "config " symbol { skip = seen = 1; if (line) { print line; print "" } next }
		skip && /^[^\t ]/ { skip = 0 }
		!skip { print }
		END { exit !seen }' "$file" >"$file.new" || die "$1 of $TREE has no entry $2"
	mv "$file.new" "$file"
}

# maintained SECTION: the files in it that a kernel tree has, under their names there.
maintained() {
	awk -v section="$1" '$0 == section { on = 1; next } /^$/ { on = 0 } on && sub(/^F:\t/, "")' MAINTAINERS |
		grep -E '^(drivers|include|selftests/(pciback|dtdev|overlay)|Documentation/(ABI|admin-guide))/' |
		while read -r path; do
			printf 'F:\t%s\n' "$(place "$path")"
		done | LC_ALL=C sort
}

# edit_maintainers SECTION: that of our own file, with whoever commits for its maintainer.
# It stands where the alphabet wants it.
edit_maintainers() {
	local file files
	file=$(edit_begin MAINTAINERS)
	files=$(maintained "$1")
	[[ -n $files ]] || die "MAINTAINERS has no section $1"
	SECTION=$(printf '%s\n' "$1" "M:	$IDENTITY" 'L:	xen-devel@lists.xenproject.org (moderated for non-subscribers)' 'S:	Maintained' "$files") \
		awk -v name="$1" '
		!done && list && blank && /^[0-9A-Z]/ && $0 > name { print ENVIRON["SECTION"]; print ""; done = 1 }
		/^Maintainers List$/ { list = 1 }
		{ print; blank = $0 == "" }
		END { exit !done }' "$file" >"$file.new" || die "MAINTAINERS of $TREE has no place for $1"
	mv "$file.new" "$file"
}
