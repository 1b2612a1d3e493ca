# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: sends crafted requests and looks at the error codes of
# xen/interface/io/pciif.h. The function is an e1000e at 0000:00:00.0.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

set -u
failures=0

# expect WHAT WANTED CMD...: the error code, or with a value after it both.
expect() {
	what=$1 wanted=$2
	shift 2
	got=$(raw_op "$@")
	case "$got " in
	"$wanted "*) ;;
	*)
		echo "$what: op $*: wanted '$wanted', got '$got'"
		failures=$((failures + 1))
		;;
	esac
}

# dom0_looks KEY: at the device, as it is now; then on.
dom0_looks() {
	tell "$1"
	next_step
}

raw_connect 0
tell ready

not_found=-1 bad_offset=-2 not_implemented=-4 failed=-5
min=-2147483648 max=2147483647

expect 'vendor id' '0 0x8086' 0 0 0 0 0 2 0
expect 'vendor and device id' '0 0x10d38086' 0 0 0 0 0 4 0
expect 'device id, one byte' '0 0xd3' 0 0 0 0 2 1 0
expect 'last byte' '0 0x0' 0 0 0 0 4095 1 0

for size in 0 3 5 8 -1 $min $max; do
	expect "size $size" $bad_offset 0 0 0 0 0 "$size" 0
	expect "size $size, write" $bad_offset 1 0 0 0 0 "$size" 0
done
for offset in -1 -4 $min $max 4096 4100 65536; do
	expect "offset $offset" $bad_offset 0 0 0 0 "$offset" 1 0
	expect "offset $offset, write" $bad_offset 1 0 0 0 "$offset" 4 0
done
expect 'unaligned word' $bad_offset 0 0 0 0 1 2 0
expect 'unaligned dword' $bad_offset 0 0 0 0 2 4 0
expect 'across the end' $bad_offset 0 0 0 0 4094 4 0

expect 'absent function' $not_found 0 0 0 1 0 4 0
expect 'absent bus' $not_found 0 0 1 0 0 4 0
expect 'absent domain' $not_found 0 1 0 0 0 4 0
expect 'devfn 256' $not_found 0 0 0 256 0 4 0
expect 'bus 256' $not_found 0 0 256 0 0 4 0
expect 'domain 65536' $not_found 0 65536 0 0 0 4 0
expect 'devfn -1' $not_found 0 0 0 -1 0 4 0

for cmd in 6 7 8 9 10 255 $max -1; do
	expect "operation $cmd" $not_implemented "$cmd" 0 0 0 0 4 0
done

# Orders that make no sense are refused, and nothing is stuck afterwards.
expect 'disable MSI when off' 0 3 0 0 0 0 0 0
expect 'disable MSI-X when off' 0 5 0 0 0 0 0 0
for count in 0 -1 129 65535 $max; do
	expect "$count MSI-X vectors" $failed 4 0 0 0 0 0 "$count"
done
expect 'an MSI-X entry twice' $failed 4 0 0 0 0 0 2 0 0
expect 'an MSI-X entry that is not there' $failed 4 0 0 0 0 0 1 65535
expect 'enable MSI' 0 2 0 0 0 0 0 0
expect 'enable MSI twice' $failed 2 0 0 0 0 0 0
expect 'enable MSI-X over MSI' $failed 4 0 0 0 0 0 1 0
expect 'disable MSI' 0 3 0 0 0 0 0 0
expect 'enable MSI-X' '0 0x0' 4 0 0 0 0 0 3 0 1 2
expect 'enable MSI-X twice' $failed 4 0 0 0 0 0 1 0
expect 'enable MSI over MSI-X' $failed 2 0 0 0 0 0 0
expect 'disable MSI, meaning MSI-X' 0 3 0 0 0 0 0 0
expect 'enable MSI-X again' '0 0x0' 4 0 0 0 0 0 2 0 1
vectors=$(cat "$RAW/op")
case $vectors in
'0 0x0 '[1-9]*' '[1-9]*) ;;
*) echo "no pirqs: '$vectors'" && failures=$((failures + 1)) ;;
esac
expect 'disable MSI-X' 0 5 0 0 0 0 0 0

# Default deny: ids, BARs and capabilities do not move; decoding is the guest's idea
# only.
dom0_looks before
expect 'write the ids' 0 1 0 0 0 0 4 0x12345678
expect 'write the ids again' 0 1 0 0 0 0 4 0x12345678
expect 'write the subsystem' 0 1 0 0 0 44 4 0x12345678
expect 'write where capabilities begin' 0 1 0 0 0 52 1 0
expect 'write the PM capabilities' 0 1 0 0 0 200 4 0xffffffff
expect 'write the MSI address' 0 1 0 0 0 212 4 0xfee55000
expect 'write where the MSI-X table is' 0 1 0 0 0 164 4 0xffffffff
expect 'write the device capabilities' 0 1 0 0 0 228 4 0xffffffff
expect 'they stay' '0 0x10d38086' 0 0 0 0 0 4 0
bar=$(raw_op 0 0 0 0 16 4 0)
expect 'move BAR 0' 0 1 0 0 0 16 4 0xfee00000
expect 'it stays' "$bar" 0 0 0 0 16 4 0
expect 'size BAR 0' 0 1 0 0 0 16 4 0xffffffff
expect '128 KiB' '0 0xfffe0000' 0 0 0 0 16 4 0
dom0_looks sized
expect 'put BAR 0 back' 0 1 0 0 0 16 4 "${bar#0 }"
expect 'it is back' "$bar" 0 0 0 0 16 4 0
expect 'decoding on' 0 1 0 0 0 4 2 0x7
expect 'reads on' '0 0x7' 0 0 0 0 4 2 0
dom0_looks on
expect 'decoding off' 0 1 0 0 0 4 2 0
expect 'reads off' '0 0x0' 0 0 0 0 4 2 0
dom0_looks off

# The power state, through D3hot and back: the BARs survive.
pm=200
expect 'to D3hot' 0 1 0 0 0 $((pm + 4)) 2 3
expect 'is in D3hot' '0 0x3' 0 0 0 0 $((pm + 4)) 2 0
expect 'MSI in D3hot' $failed 2 0 0 0 0 0 0
expect 'to D0' 0 1 0 0 0 $((pm + 4)) 2 0
expect 'is in D0' '0 0x0' 0 0 0 0 $((pm + 4)) 2 0
expect 'BAR 0 after D3hot' "$bar" 0 0 0 0 16 4 0
dom0_looks slept

# How drivers wake wireless cards: the command by steps, to D3hot and back at once, a look at
# the end of the space meanwhile, all vectors, and all of that again.
for turn in 1 2 3; do
	for command in 0 0x400 0x406; do
		expect "turn $turn: command $command" 0 1 0 0 0 4 2 $command
	done
	expect "turn $turn: vectors" '0 0x0' 4 0 0 0 0 0 5 0 1 2 3 4
	expect "turn $turn: no vectors" 0 5 0 0 0 0 0 0
	expect "turn $turn: to D3hot" 0 1 0 0 0 $((pm + 4)) 2 3
	expect "turn $turn: the last byte" '0 0x0' 0 0 0 0 4095 1 0
	expect "turn $turn: to D0" 0 1 0 0 0 $((pm + 4)) 2 0
	expect "turn $turn: the command" '0 0x406' 0 0 0 0 4 2 0
done

# A second of requests as fast as they go: all are answered, none is lost.
count=0
read -r start _ </proc/uptime
while read -r now _ </proc/uptime && [ "${now%.*}" -le "${start%.*}" ]; do
	expect 'in a burst' '0 0x8086' 0 0 0 0 0 2 0
	count=$((count + 1))
done
echo "$count requests in the burst"
[ "$failures" -eq 0 ]
