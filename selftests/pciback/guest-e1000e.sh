# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The life of an e1000e with guests: given, seen, used by MSI-X, shut down,
# destroyed at rest and under traffic, given back; and at its host address.
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --may-fault 0000:00:05.0
#
# A guest that is destroyed leaves its DMA on until it is reset: that may fault.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0

# start_guest NAME: one that has the e1000e; until its lease.
start_guest() {
	guest_start "$1" e1000e.sh "pci=[\"$nic\"]" "${@:2}"
	guest_reaches "$1" ready
}

expect_idle() {
	lab-wait 20 grep -q -x idle "$PCI/$nic/pciback/state" || fail "$nic is $(<"$PCI/$nic/pciback/state"), not idle"
}

test_dom0_gives_it_away() {
	modprobe e1000e
	defer modprobe -r e1000e
	modprobe xen-pciback
	defer pciback_unload
	expect_driver "$nic" e1000e
	xl pci-assignable-add "$nic"
	expect_driver "$nic" pciback
	keep
}

test_a_guest_starts_with_it() {
	local mark
	mark=$(dmesg_mark)
	start_guest net --file /lab/guests/view.sh
	dmesg_since "$mark" | expect_line "pciback $nic: given to domain $(xl domid net) as 0000:00:00\.0" "kernel log"
	keep
}

test_the_guest_sees_what_dom0_sees() {
	local file
	guest_said net | sed -n 's/^view //p' >"$TEST_DIR/got"
	for file in vendor device subsystem_vendor subsystem_device class irq; do
		echo "$file $(<"$PCI/$nic/$file")"
	done >"$TEST_DIR/wanted"
	resources "$nic" | sed 's/^/resource /' >>"$TEST_DIR/wanted"
	expect_same "the function" "$TEST_DIR/wanted" "$TEST_DIR/got"
	guest_said net | expect_line 'at 0000:00:00\.0' "its address in the guest"
}

# config_bytes: lines of 16 bytes to "OFFSET VALUE", offsets in decimal, values in
# hexadecimal, zeros left out.
config_bytes() {
	awk '{ for (i = 2; i <= NF; i++) if ($i != "00") print strtonum("0x" $1) + i - 2, $i }'
}

# capabilities BYTES: "ID@OFFSET" in the order of the lists.
capabilities() {
	awk '{ v[$1] = strtonum("0x" $2) } END {
		for (p = v[52]; p && n++ < 48; p = v[p + 1]) printf "%02x@%02x ", v[p], p
		for (p = 256; p && n++ < 1008 && v[p] + v[p + 1]; p = int((v[p + 2] + v[p + 3] * 256) / 16))
			printf "%04x@%x ", v[p] + v[p + 1] * 256, p
	}' "$1"
}

# without_shadows BYTES: what is raw. Not the command, the latency timer and the
# interrupt line, of which the guest has its own; nor the control words of power
# management, MSI, MSI-X and PCI Express, nor the mask of corrected errors: the guest may
# have its own, or its driver has changed them since it looked.
without_shadows() {
	local skip="4 5 13 60" pair at
	for pair in $(capabilities "$1"); do
		at=$((16#${pair#*@}))
		case $pair in
		01@*) skip+=" $((at + 2)) $((at + 3)) $((at + 4)) $((at + 5))" ;;
		05@* | 11@*) skip+=" $((at + 2)) $((at + 3))" ;;
		0001@*) skip+=" $((at + 20)) $((at + 21))" ;;
		10@*) skip+=" $((at + 8)) $((at + 9)) $((at + 16)) $((at + 17)) $((at + 40)) $((at + 41))" ;;
		esac
	done
	awk -v skip="$skip" 'BEGIN { n = split(skip, a, " "); for (i = 1; i <= n; i++) no[a[i]] = 1 } !($1 in no)' "$1"
}

test_the_guest_reads_the_configuration_space() {
	guest_said net | sed -n 's/^config //p' | grep -v size | config_bytes >"$TEST_DIR/guest"
	busybox hexdump -v -e '"%04_ax " 16/1 "%02x " "\n"' "$PCI/$nic/config" | config_bytes >"$TEST_DIR/dom0"
	guest_said net | expect_line 'config size 4096' "size"
	expect_eq "capabilities" "$(capabilities "$TEST_DIR/dom0")" "$(capabilities "$TEST_DIR/guest")"
	note "capabilities: $(capabilities "$TEST_DIR/guest")"
	without_shadows "$TEST_DIR/dom0" >"$TEST_DIR/wanted"
	without_shadows "$TEST_DIR/guest" >"$TEST_DIR/got"
	expect_ge "bytes compared" 40 "$(wc -l <"$TEST_DIR/wanted")"
	expect_same "what is raw" "$TEST_DIR/wanted" "$TEST_DIR/got"
}

test_a_lease_and_pings_by_msix() {
	local name
	guest_said net | expect_line 'lease 10\.0\.2\.[0-9]+' "lease"
	guest_said net | expect_line '3 packets transmitted, 3 packets received, 0% packet loss' "ping"
	for name in rx-0 tx-0; do
		guest_said net | expect_line "msix [1-9][0-9]* eth0-$name" "MSI-X interrupts"
	done
	expect_eq "vectors" 3 "$(guest_said net | grep -c '^msix ')"
}

test_the_module_stays_while_a_guest_uses_it() {
	local said
	said=$(rmmod xen_pciback 2>&1) && fail "the module was unloaded under a guest"
	[[ $said == *"in use"* ]] || fail "rmmod said: $said"
	guest_tell net ping
	guest_reaches net pinged
}

test_a_clean_shutdown() {
	guest_tell net shutdown
	guest_ends net 0
	expect_idle
	expect_driver "$nic" pciback
	expect_eq "connections" "" "$(cd /sys/bus/xen-backend/devices && echo pci* | tr -d '*' | sed 's/^pci$//')"
	lspci -vv -s "$nic" | grep -E 'MSI|Control:' >"$TEST_DIR/left"
	expect_no '[Ee]nable\+|BusMaster\+' "left on" <"$TEST_DIR/left"
	expect_line '.*Control: .*DisINTx\+.*' "the use of its line" <"$TEST_DIR/left"
	keep
}

# What Xen and dom0 hold of things that leak: interrupts, event channels of
# dom0, message interrupts, domains.
holdings() {
	xl dmesg -c >/dev/null
	xl debug-keys e
	xl debug-keys M
	xl dmesg >"$TEST_DIR/xen"
	echo "interrupts $(wc -l </proc/interrupts)"
	echo "event channels $(awk '/^\(XEN\) Event channel information for domain/ { on = / 0:/ } on && / s=[1-6] / { n++ } END { print n + 0 }' "$TEST_DIR/xen")"
	echo "message interrupts $(grep -c '^(XEN) *MSI' "$TEST_DIR/xen")"
	echo "domains $(xl list | wc -l)"
}

test_recreated_five_times() {
	local round before='' alive=''
	for round in 1 2 3 4 5; do
		start_guest "again$round"
		note "$(guest_said "again$round" | paste -s -d' ')"
		[[ -n $alive ]] || alive=$(holdings)
		now guest_destroy "again$round"
		expect_idle
		[[ -n $before ]] || before=$(holdings)
	done
	note "$before"
	# With a guest there is more of each: they count something.
	expect_eq "no more with a guest" "" "$(paste <(echo "$alive") <(echo "$before") | awk '$(NF / 2) <= $NF')"
	expect_eq "what dom0 and Xen hold after five guests" "$before" "$(holdings)"
}

test_destroyed_under_traffic() {
	local mark domid
	mark=$(dmesg_mark)
	start_guest busy
	domid=$(xl domid busy)
	guest_tell busy flood
	guest_reaches busy flooding
	note "packets received: $(guest_told busy flooding)"
	xl destroy busy
	guest_ends busy 124
	expect_idle
	dmesg_since "$mark" | expect_line "pciback $nic: taken from domain $domid" "kernel log"
}

test_dom0s_own_driver_has_it_back() {
	xl pci-assignable-remove -r "$nic"
	expect_driver "$nic" e1000e
	dom0_gets_lease "$nic"
	modprobe -r e1000e
	pciback_unload
	keep
}

test_at_its_host_address() {
	pciback_load passthrough=1 "hide=($nic)"
	guest_start same e1000e.sh "pci=[\"$nic\"]"
	guest_reaches same ready
	guest_tell same shutdown
	guest_ends same 0
	guest_said same | expect_line "at $nic" "its address in the guest"
	guest_said same | expect_line 'lease 10\.0\.2\.[0-9]+' "lease"
}

run_tests
