# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Part of a guest's script: waits for dom0's words without looking for them, for
# while nothing is asked of it a guest must not cost anything.

# follow FUNCTION: calls it with each new word, until that is "shutdown".
follow() {
	mkfifo /run/steps
	xenstore-watch data/step >/run/steps &
	watcher=$!
	word=''
	while read -r _; do
		new=$(xenstore-read data/step 2>/dev/null)
		case $new in '' | "$word") continue ;; esac
		word=$new
		[ "$word" != shutdown ] || break
		"$1" "$word"
	done </run/steps
	kill "$watcher"
}
