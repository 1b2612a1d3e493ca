# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A guest that sends whatever it likes, as fast as it can, beside one that reads.

bad=0000:00:05.0 good=0000:00:06.0

# dom0_seconds: of CPU, so far.
dom0_seconds() {
	xl list 0 | awk 'NR == 2 { print $NF }'
}

# channel NAME: its events, those for nothing, and how long it was made to wait.
channel() {
	(cd "/sys/bus/xen-backend/devices/pci-$(xl domid "$1")-0/xenbus" && grep . events spurious_events jiffies_eoi_delayed) |
		paste -s -d' '
}

# attacked: what nobody moves in the function that is attacked, as the device has it.
attacked() {
	setpci -s "$bad" VENDOR_ID DEVICE_ID BASE_ADDRESS_{0..5}.L SUBSYSTEM_ID 34.B | paste -s -d' '
}

# hostile_round OPS WALKS: the seed is the run's, and printed; the same seed sends the same.
hostile_round() {
	local ops=$1 walks=$2 seed mark began busy spent lines found
	local patience=$((180 + ops / 1000))
	seed=$(</lab/seed)
	pciback_load "hide=($bad)($good)"
	found=$(attacked)
	raw_guest good pace.sh "$good" --timeout $((3 * patience))
	guest_tell good alone
	guest_reaches good alone
	note "reads, alone: $(guest_told good alone); $(channel good)"

	echo "$seed $ops $walks" >/lab/storm
	mark=$(dmesg_mark)
	began=$SECONDS busy=$(dom0_seconds)
	raw_guest bad storm.sh "$bad" --file /lab/storm --timeout $((2 * patience))
	guest_tell good beside
	guest_reaches good beside
	guest_reaches bad stormed "$patience"
	spent=$(awk -v a="$busy" -v b="$(dom0_seconds)" -v s="$((SECONDS - began))" 'BEGIN { printf "%.0f", 100 * (b - a) / s }')
	note "seed $seed: $(guest_told bad stormed), in $((SECONDS - began)) s; dom0 used $spent % of a CPU"
	note "reads, beside it: $(guest_told good beside); $(channel good)"
	note "the bad guest: $(channel bad)"
	guest_reaches bad walked "$patience"
	expect_eq "what nobody moves, after the attack" "$found" "$(attacked)"
	guest_ends bad 0
	lines=$(dmesg_since "$mark" | grep -c pciback)
	note "$lines lines in dom0's log in $((SECONDS - began)) s"

	# Every request was answered, but those that were changed under way.
	guest_said bad | expect_line "told stormed asked $ops answered [0-9]+ done [1-9][0-9]* refused [1-9][0-9]*" "the storm"
	expect_ge "answers" "$((ops * 9 / 10))" "$(guest_told bad stormed | cut -d' ' -f4)"
	# Twenty a minute, and what is said of every guest.
	((lines <= 20 * ((SECONDS - began) / 60 + 1) + 10)) || fail "$lines lines in dom0's log: $(dmesg_since "$mark" | grep pciback | tail -n 5)"
	lab-wait 60 grep -q -x idle "$PCI/$bad/pciback/state" || fail "$bad is $(<"$PCI/$bad/pciback/state"), not idle"
	guest_told good beside | expect_line '.* late 0' "the good guest's reads"
	guest_tell good shutdown
	guest_ends good 0
	lab-wait 60 grep -q -x idle "$PCI/$good/pciback/state" || fail "$good is not idle"
}
