# SPDX-License-Identifier: GPL-2.0
# xen-source-fetch.sh ROOT DIR: a hook of mmdebstrap's, in whose apt configuration it
# runs. Puts the archives of Xen's source into DIR: of the newest version that the
# mirror really has. The .dsc is not needed: apt knows the archives' hashes.
# shellcheck shell=bash

set -euo pipefail

export APT_CONFIG=$MMDEBSTRAP_APT_CONFIG
helper=/usr/lib/apt/apt-helper

sed 's/^deb /deb-src /' "$1"/etc/apt/sources.list >"$1"/etc/apt/sources.list.d/source.list
apt-get -q update

# archives VERSION: a line "URI name hash" for each.
archives() {
	apt-get -q --print-uris --only-source source "xen=$1" |
		sed -nE "s/^'([^']+)' ([^ ]+\.tar\.xz) [0-9]+ (SHA256:[0-9a-f]+)$/\1 \2 \3/p"
}

fetch() {
	local uri name hash
	while read -r uri name hash; do
		"$helper" download-file "$uri" "$2/$name" "$hash" || return
	done < <(archives "$1")
	[[ -n $(compgen -G "$2/*.orig.tar.xz") && -n $(compgen -G "$2/*.debian.tar.xz") ]]
}

while read -r version; do
	rm -f "$2"/*.tar.xz
	if fetch "$version" "$2"; then
		echo "$version" >"$2/version"
		exit
	fi
done < <(apt-cache showsrc xen | sed -n 's/^Version: //p' | sort -rVu)
exit 1
