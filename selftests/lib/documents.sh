# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Runs the commands that a document gives, as they stand there, and compares what they
# print with what the document says they do.
#
# A block is what is indented by a tab after a line that ends in "::". If any of its
# lines begins with "# ", those are the commands, with lines that begin with ">" as their
# rest, and what follows is their output; otherwise all lines are commands.

BLOCKS_DONE=/run/lab/blocks-done

# block_heads PAGE: the first line of each block.
block_heads() {
	awk '/^\t/ && wait { print substr($0, 2); wait = 0 }
		/::$/ { wait = 1 }
		!/::$/ && /[^ \t]/ && !/^\t/ { wait = 0 }' "$1"
}

# block PAGE HEAD: its lines.
block() {
	awk -v head="$2" '/^\t/ && wait { inside = substr($0, 2) == head; wait = 0 }
		/[^ \t]/ && !/^\t/ { inside = 0 }
		/::$/ { wait = 1 }
		inside && /^\t/ { print substr($0, 2) }' "$1"
}

# find_block PAGE PATTERN: into $head. The pattern is of the shell's kind.
find_block() {
	local line found=()
	while read -r line; do
		# shellcheck disable=SC2053 # a pattern on purpose
		[[ $line != $2 ]] || found+=("$line")
	done < <(block_heads "$1")
	[[ ${#found[@]} == 1 ]] || fail "$1 has ${#found[@]} blocks that begin like '$2'"
	head=${found[0]}
	printf '%s:%s\n' "$1" "$head" >>"$BLOCKS_DONE"
}

# run_command COMMAND OUTPUT: OUTPUT is compared if there is any; in it "..." stands for
# anything.
run_command() {
	local said status=0 pattern
	note "$1"
	said=$(bash -c "$1" 2>&1) || status=$?
	if [[ -z $2 ]]; then
		# That a grep finds nothing is an answer, too.
		((status == 0)) || [[ $1 == grep* && $status == 1 ]] || fail "'$1' ended with status $status: $said"
		return 0
	fi
	pattern=$(printf '%q' "$2" | sed 's/\.\.\./*/g')
	if [[ $2 != *...* ]]; then
		expect_eq "output of '$1'" "$2" "$said"
	else
		# shellcheck disable=SC2053 # a pattern on purpose
		[[ $said == $pattern ]] || fail "output of '$1' is '$said', wanted '$2'"
	fi
}

# run_block PAGE PATTERN: all its commands, in turn.
run_block() {
	local head line lines=() command='' output='' prompt=''
	find_block "$@"
	mapfile -t lines < <(block "$1" "$head")
	[[ $'\n'$(printf '%s\n' "${lines[@]}") != *$'\n# '* ]] || prompt='# '
	for line in "${lines[@]}"; do
		if [[ -n $prompt && $line == '>'* ]]; then
			command+=$'\n'${line#>}
		elif [[ -z $prompt || $line == '# '* ]]; then
			[[ -z $command ]] || run_command "$command" "$output"
			command=${line#"$prompt"} output=''
		else
			output+=${output:+$'\n'}$line
		fi
	done
	run_command "$command" "$output"
}

# guides_guest: what the guides call guest.cfg, here. Its kernel finds no root and stops:
# that xl gives it the device is enough.
guides_guest() {
	printf '%s\n' 'name="guest"' 'kernel="/lab/guest/vmlinuz"' 'memory=128' 'on_crash="preserve"' >guest.cfg
	defer guest_paused_end guest
}

# leave_block PAGE PATTERN WHY: it cannot be run here.
leave_block() {
	local head
	find_block "$@"
	note "not run: '$head': $3"
}

# expect_all_blocks PAGE...: each was run, or left for a reason.
expect_all_blocks() {
	local page head
	for page; do
		while read -r head; do
			grep -q -x -F -e "$page:$head" "$BLOCKS_DONE" || fail "$page: nobody runs the block '$head'"
		done < <(block_heads "$page")
	done
}
