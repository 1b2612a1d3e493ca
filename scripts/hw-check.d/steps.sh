# SPDX-License-Identifier: GPL-2.0
# The steps. Each sets detail to what came of it; its status is 0, 1 (failed) or 2 (not
# done).
# shellcheck shell=bash

step_look() {
	look_machine
	look_function
	look_above
	look_group
}

# Why dom0 keeps it, from the driver's log.
kept_in() {
	sed -n 's/.*: kept\( in dom0\)\{0,1\}: //p' | tail -n 1
}

# Awake at first, to have something that its later states can be compared with.
step_take() {
	local kept
	parameter idle_d3 N
	[[ $found_driver == none ]] || parameter takeover Y
	taken=yes
	put "$PCIBACK/new_slot" "$bdf" || :
	! driver_is none || put "$PCIBACK/bind" "$bdf" || :
	if ! driver_is pciback; then
		kept=$(log_since "$mark" | kept_in)
		[[ -z $kept ]] || refuse "dom0 lives on it: $kept"
		detail="it is not taken: $(log_since "$mark" | tail -n 1)" stopped=yes
		return 1
	fi
	detail="from $found_driver; its DMA: $(of isolation)"
	look_line
	look_shared
	space_read held || :
	[[ ${held[*]:0:4} == "${found[*]:0:4}" ]] || {
		detail+="; but it does not answer any more"
		return 1
	}
}

# reset_once: detail is why not. Sets took, in milliseconds.
reset_once() {
	local began=${EPOCHREALTIME/./} now=() difference
	put "$PCIBACK/do_flr" "$bdf" || {
		detail="$said: reset_result $(of reset_result)"
		return 1
	}
	took=$(((${EPOCHREALTIME/./} - began) / 1000))
	space_read now || :
	space_difference held now
	detail="afterwards its configuration is another: $difference"
	[[ -z $difference ]]
}

step_reset() {
	local n most=0 took=0
	for ((n = 1; n <= resets; n++)); do
		reset_once || {
			detail="reset $n: $detail"
			return 1
		}
		((took <= most)) || most=$took
	done
	detail="$resets times by $(of reset_method), $most ms at most"
}

# woken_as_before: by a reset, or the attempt at one.
woken_as_before() {
	local now=() difference took
	reset_once || {
		space_read now || :
		space_difference held now
		[[ -z $difference ]] || return
	}
	await 5 power_is D0 || detail="it stays in $(value "$PCI/$bdf/power_state")"
	power_is D0
}

# By letting it go and taking it again: what has been reset on request stays awake.
step_sleep() {
	[[ -e $PCI/$bdf/power_state ]] || {
		detail='this kernel does not tell power states'
		return 2
	}
	if ! parameter idle_d3 Y || ! put "$PCIBACK/unbind" "$bdf" || ! put "$PCIBACK/bind" "$bdf"; then
		detail="it is not taken again: $said"
		return 1
	fi
	await 5 power_is D3hot || {
		detail="it stays in $(value "$PCI/$bdf/power_state"): no power management, the boot screen, virtual functions, or known to break by it"
		return 2
	}
	parameter idle_d3 N
	woken_as_before || {
		detail="it does not wake as it was: $detail"
		return 1
	}
	detail='D3hot and back'
}

# guest_has_asked: it has read something of the function, or is gone.
guest_has_asked() {
	(($(of ops) + 0 > 0)) || guest_gone
}

# guest_why DOMID
guest_why() {
	xenstore-read "/local/domain/0/backend/pci/$1/0/error-0" 2>/dev/null || echo "state $(of state), $(of ops) requests"
}

# guest_works: in there.
guest_works() {
	local domid type
	domid=$(xl domid "$GUEST" 2>/dev/null) || domid=0
	type=$(xl list -l "$GUEST" 2>/dev/null | sed -n 's/.*"type": *"\([a-z]*\)".*/\1/p' | head -n 1) || type=''
	await "$PATIENCE" state_is assigned || {
		detail="it does not get it: $(guest_why "$domid")"
		return 1
	}
	if [[ $type == pv ]] && ! await "$GUEST_COMES" guest_has_asked; then
		detail="it has it, and never asks for it: $(guest_why "$domid")"
		return 1
	fi
	await "$GUEST_RUNS" guest_gone || :
	detail="${type:+$type, }$(of ops) requests"
}

# guest_leaves: and the function is as new.
guest_leaves() {
	if ! guest_end || ! await "$PATIENCE" state_is idle; then
		detail+='; it does not let it go'
		return 1
	fi
	[[ -z $(of refused_writes) ]] || row refused "$(of refused_writes | paste -s -d,)"
	row errors "$(of errors | paste -s -d,)"
	detail+="; reset afterwards: $(of reset_result)"
	[[ $(of reset_result) == 0 ]]
}

step_guest() {
	local status=0
	if [[ -z $guest_cfg || -n $failures ]]; then
		detail=${failures:+not after what failed}
		detail=${detail:-none was named}
		return 2
	fi
	given=yes
	xl create -q "$guest_cfg" "name=\"$GUEST\"" "pci=[\"$bdf\"]" >"$work/said" 2>&1 || {
		detail="xl: $(tail -n 1 "$work/said")"
		return 1
	}
	guest_works || status=1
	guest_leaves || status=1
	return "$status"
}

# Where no driver had it, none gets it, though there may be one that would.
step_return() {
	put "$PCIBACK/return" "$bdf" || {
		detail="$said: reset_result $(of reset_result)"
		return 1
	}
	detail="to $(driver_of)"
	driver_is "$found_driver" || {
		[[ $found_driver == none ]] && put "$PCI/$bdf/driver/unbind" "$bdf" && detail+=', and taken from that'
	} || {
		detail+=", not to $found_driver"
		return 1
	}
}

step_verify() {
	local now=() difference
	driver_is "$found_driver" || {
		detail="its driver is $(driver_of), not $found_driver"
		return 1
	}
	await "$PATIENCE" made_is "$found_made" || {
		detail="its driver has made '$(made_of_it)' of it, not '$found_made'"
		return 1
	}
	keep_awake
	await 10 link_is "$found_link" || {
		detail="its link is $(link_of), not $found_link"
		return 1
	}
	space_read now || :
	space_difference found now
	detail=${difference:-"driver, link and ${#now[@]} bytes of configuration are as before"}
	[[ -z $difference ]] && verified=yes
}
