# SPDX-License-Identifier: GPL-2.0
# Where packages come from: the mirrors this machine's own apt already uses. On
# a machine whose apt knows no Debian mirror, mmdebstrap's default serves.
# shellcheck shell=bash

# mirror_site LABEL: the site of the first source with that label.
mirror_site() {
	command -v apt-get >/dev/null || return 0
	apt-get indextargets --format "\$(LABEL)|\$(ORIGIN)|\$(SITE)" 'Created-By: Packages' 2>/dev/null |
		awk -F'|' -v label="$1" '$1 == label && $2 == "Debian" { print $3; exit }'
}

# mirror_lines SUITE all|main: sources.list lines for mmdebstrap, or nothing for
# its default. "main" leaves the security and updates suites out.
mirror_lines() {
	local suite=$1 which=$2 release=${1%-backports} main security
	main=$(mirror_site Debian)
	security=$(mirror_site Debian-Security)
	# mmdebstrap's default has no release beside its backports.
	[[ $suite == "$release" ]] || main=${main:-http://deb.debian.org/debian}
	[[ -n $main ]] || return 0
	printf 'deb %s %s main\n' "$main" "$release"
	[[ $suite == "$release" ]] || printf 'deb %s %s main\n' "$main" "$suite"
	[[ $suite != sid && $which == all ]] || return 0
	printf 'deb %s %s-updates main\n' "$main" "$release"
	[[ -z $security ]] || printf 'deb %s %s-security main\n' "$security" "$release"
}

# mirror_options [SUITE]: what the machine's apt was told about its mirrors (a mirror
# frozen at a date has expired release files) holds for the lab too.
mirror_options() {
	# apt takes from backports only what the release has not, unless it is told to.
	[[ ${1:-} != *-backports ]] || printf '%s\n' "--aptopt=APT::Default-Release \"$1\""
	command -v apt-config >/dev/null || return 0
	apt-config dump --format '%f "%v"%n' Acquire::Check-Valid-Until Acquire::Check-Date |
		awk 'NF == 2 { print "--aptopt=" $0 }'
}
