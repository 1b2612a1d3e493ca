# SPDX-License-Identifier: GPL-2.0
# Fetching a root's packages, in spite of mirrors. Apart from roots.sh, because
# nothing here decides what ends up in a root.
# shellcheck shell=bash

# A mirror in the middle of its own update fails a fetch in passing: try thrice.
# When a release's security suite stays broken, its main suite still serves.
root_fetch() {
	local dir=$1 variant=$2 suite=$3 arches=$4 packages=$5 try which=all options
	mapfile -t options < <(mirror_options "$suite")
	for try in 1 2 3 4; do
		((try < 4)) || which=main
		if root_fetch_once "$dir" "$which"; then
			rm "$dir/fetch.log"
			return
		fi
		grep -m 2 -E '^E:|unmet|Depends' "$dir/fetch.log" >&2 || tail -n 5 "$dir/fetch.log" >&2
		say "fetching packages of $suite failed (attempt $try of 4)"
		((try > 2)) || sleep $((try * 4))
		((try != 3)) || say "trying without the security and updates suites of $suite"
	done
	die "could not fetch packages of $suite: the messages above say why; is the network there?"
}

root_fetch_once() {
	local lines
	lines=$(mirror_lines "$suite" "$2")
	mmdebstrap --variant="$variant" --architectures="$arches" --include="$packages" \
		--aptopt='Acquire::Retries "3"' "${options[@]}" --format=tar "$(root_list_hook "$variant")" \
		"$suite" "$1/root.tar" ${lines:+"$lines"} >"$1/fetch.log" 2>&1
}
