# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Devices of many kinds, given to a guest in groups: what the guest sees of each,
# and whether it works with its stock driver.
#
# A test file calls `device` for each, then in its tests group_seized, group_given,
# group_viewed, group_worked, group_returned and group_verdict with the group's name.

declare -A device_bdf device_kind device_more
device_groups=()

# device GROUP NAME BDF KIND [MORE]: MORE is a disk's name, for KIND disk.
device() {
	device_groups+=("$1 $2")
	device_bdf[$2]=$3
	device_kind[$2]=$4
	device_more[$2]=${5:-}
}

# group_names GROUP: in the order of the guest's slots.
group_names() {
	printf '%s\n' "${device_groups[@]}" | sed -n "s/^$1 //p"
}

# group_bdfs GROUP SEPARATOR
group_bdfs() {
	local name
	for name in $(group_names "$1"); do
		echo "${device_bdf[$name]}"
	done | paste -s -d"$2"
}

# group_hide GROUP: for hide=.
group_hide() {
	echo "($(group_bdfs "$1" '|' | sed 's/|/)(/g'))"
}

# group_lines GROUP: what the guest is told. Functions of one slot stay together, and
# keep their numbers.
group_lines() {
	local name more slot=-1 last='' bdf
	for name in $(group_names "$1"); do
		bdf=${device_bdf[$name]}
		[[ ${bdf%.*} == "$last" ]] || slot=$((slot + 1))
		last=${bdf%.*}
		more=${device_more[$name]}
		[[ ${device_kind[$name]} != disk ]] || more=$(<"/lab/disks/$more.sha256")
		printf '0000:00:%02x.%s %s %s %s\n' "$slot" "${bdf#*.}" "$name" "${device_kind[$name]}" "$more"
	done
}

# group_seized GROUP: from the drivers that dom0's kernel has built in, too.
group_seized() {
	local bdf
	for bdf in $(group_bdfs "$1" ' '); do
		[[ -e $PCI/$bdf/driver ]] || continue
		write_attr "$PCI/$bdf/driver/unbind" "$bdf"
		echo "$bdf" >>"$TEST_DIR/unbound"
		defer write_attr /sys/bus/pci/drivers_probe "$bdf"
	done
	pciback_load "hide=$(group_hide "$1")"
}

# group_returned: all that group_seized took.
group_returned() {
	local bdf
	pciback_unload
	touch "$TEST_DIR/unbound"
	while read -r bdf; do
		write_attr /sys/bus/pci/drivers_probe "$bdf"
	done <"$TEST_DIR/unbound"
	rm "$TEST_DIR/unbound"
}

# group_given GROUP: its guest is there and has looked at everything.
group_given() {
	group_lines "$1" >"$TEST_DIR/devices"
	rm -f "$TEST_DIR/$1.given"
	guest_start "$1" devices.sh --file "$TEST_DIR/devices" --mem 640 --timeout 1000 "pci=[$(group_bdfs "$1" ',' | sed 's/[^,]*/"&"/g')]"
	# Many devices: longer than guest_reaches has patience.
	lab-wait 600 grep -q "^$1: told viewed" "$TEST_DIR/$1.log" || fail "guest $1 has not looked at all: $(guest_last "$1")"
	touch "$TEST_DIR/$1.given"
}

# group_viewed GROUP: each difference between what dom0 and the guest read is one
# that the policy declares, and what is declared is what is there. The driver in
# the tree declares nothing.
group_viewed() {
	local name bdf bad=''
	[[ -e $TEST_DIR/$1.given ]] || fail "it was not given"
	for name in $(group_names "$1"); do
		bdf=${device_bdf[$name]}
		view_of_guest "$1" "$name" >"$TEST_DIR/guest.bytes"
		view_of_dom0 "$bdf" >"$TEST_DIR/dom0.bytes"
		lspci_difference "$name"
		[[ $LAB_DRIVER == ours ]] || continue
		cp "/sys/kernel/debug/xen-pciback/$bdf/policy" "$TEST_DIR/policy"
		awk -f /lab/lib/cfgspace-compare.awk "$TEST_DIR/policy" "$TEST_DIR/dom0.bytes" "$TEST_DIR/guest.bytes" >"$TEST_DIR/compared" || bad+=" $name"
		sed "s/^/$name: /" "$TEST_DIR/compared"
	done
	[[ -z $bad ]] || fail "undeclared differences:$bad"
}

# Lines "OFFSET VALUE", decimal and hexadecimal, of what is not zero; the size last.
view_of_guest() {
	guest_said "$1" | sed -n "s/^config $2 //p" | view_bytes
	echo "size $(guest_said "$1" | sed -n "s/^config-size $2 //p")"
}

view_of_dom0() {
	busybox hexdump -v -e '"%04_ax " 16/1 "%02x " "\n"' "$PCI/$1/config" | view_bytes
	echo "size $(stat -c %s "$PCI/$1/config")"
}

view_bytes() {
	awk '{ for (i = 2; i <= NF; i++) if ($i != "00") print strtonum("0x" $1) + i - 2, $i }'
}

# bytes_for_lspci BYTES: what lspci -F takes.
bytes_for_lspci() {
	echo '00:00.0 function'
	awk '$1 == "size" { size = $2; next } { v[$1] = $2 } END {
		for (p = 0; p < size; p++) {
			if (p % 16 == 0) printf "%s%02x:", p ? "\n" : "", p
			printf " %s", p in v ? v[p] : "00"
		}
		print "" }' "$1"
}

# What somebody sees who looks at it with lspci -vvv: for the reader of the report.
lspci_difference() {
	local side
	for side in dom0 guest; do
		bytes_for_lspci "$TEST_DIR/$side.bytes" >"$TEST_DIR/$side.dump"
		lspci -n -vvv -F "$TEST_DIR/$side.dump" >"$TEST_DIR/$side.lspci"
	done
	diff -U 0 "$TEST_DIR/dom0.lspci" "$TEST_DIR/guest.lspci" | sed -n "3,\$s/^\([-+]\)[[:space:]]*/$1: lspci \1 /p" || :
}

# group_worked GROUP: prints what came of it, a row for each device.
group_worked() {
	local name verdict driver
	[[ -e $TEST_DIR/$1.given ]] || fail "it was not given"
	guest_tell "$1" work
	guest_ends "$1" 0
	for name in $(group_names "$1"); do
		read -r driver verdict < <(guest_said "$1" | sed -n "s/^result $name //p")
		[[ -n $verdict ]] || fail "the guest says nothing of $name"
		printf 'row|%s|%s|%s|%s\n' "$name" "$driver" "$verdict" "$(refused_of "${device_bdf[$name]}")"
		[[ $verdict == yes ]] || echo "$name" >>"$TEST_DIR/$1.bad"
	done
}

# group_verdict GROUP: with our driver all must work; the other is measured.
group_verdict() {
	[[ ! -e $TEST_DIR/$1.bad || $LAB_DRIVER != ours ]] || fail "does not work: $(paste -s -d' ' "$TEST_DIR/$1.bad")"
}

# refused_of BDF: the writes that were refused. The driver in the tree tells of the
# first only.
refused_of() {
	local first
	if [[ -e $PCI/$1/pciback/refused_writes ]]; then
		awk '{ out = out (out ? " " : "") $1 "/" $2 } END { print out ? out : "none" }' "$PCI/$1/pciback/refused_writes"
		return
	fi
	first=$(dmesg | grep -F "pciback $1:" | sed -n 's/.*read-only configuration space field at offset 0x\([0-9a-f]*\), size \([0-9]*\).*/\1:\2 .../p' | head -n 1)
	echo "${first:-none}"
}
