# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What `make bench` runs in dom0 for its second part: functions become a driver's and
# dom0's again, many at a time and one by one, of kinds that are reset in different ways.
# No guest runs here.
#
# All kinds but one are the same device, told to be reset in another way: what they
# differ by is the reset.

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/loop.sh
source /lab/lib/loop.sh
# shellcheck source=/dev/null
source /lab/bench/settings
# shellcheck source=dom0/figures.sh
source /lab/bench/dom0/figures.sh
# shellcheck source=dom0/backends.sh
source /lab/bench/dom0/backends.sh
# shellcheck source=dom0/steps.sh
source /lab/bench/dom0/steps.sh

# functions_of KIND: all there are. small: 256 bytes of space, no capability, no reset;
# large: 4 KiB and many capabilities, but its methods are taken away.
functions_of() {
	case $1 in
	small) lspci -D -n -d 1b36:0011 ;;
	*) lspci -D -n -d 1af4:1044 ;;
	esac | cut -d' ' -f1
}

set_method() {
	local bdf method=
	case $kind in
	small) return ;;
	pm | flr) method=$kind ;;
	esac
	for bdf in "${all[@]}"; do
		echo "$method" >"$PCI/$bdf/reset_method"
	done
}

is_seized() {
	local links=("$PCIBACK"/????:*)
	((${#links[@]} == $1))
}

# are_ready: none of those seized is being reset still. The other driver does not say, and
# has it done by then.
are_ready() {
	local states=("$PCIBACK"/????:*/pciback/state)
	[[ ! -e ${states[0]} ]] || ! grep -q -x cleaning "${states[@]}"
}

# span NAME STAT COMMAND...: how long it takes.
span() {
	local began
	began=$(now_ms)
	"${@:3}"
	figure "$1" "$2" $((($(now_ms) - began) * 1000000))
}

each() {
	local bdf
	for bdf in "${all[@]:0:$2}"; do
		echo "$bdf" >"$PCIBACK/$1" || fail "$bdf is not taken by $1 of $driver"
	done
}

# All at once: by hide= and unloading.
measure_load() {
	local count=$1 name=$2 began
	began=$(now_ms)
	load_driver "$(hide_list "$count" "${all[@]}")"
	is_seized "$count" || fail "$driver has not seized $count functions"
	figure "$name" load $((($(now_ms) - began) * 1000000))
	await 240 are_ready || fail "$driver does not come to rest"
	figure "$name" ready $((($(now_ms) - began) * 1000000))
}

# One after the other, by what toolstacks write.
measure_binding() {
	local count=$1 name=$2 began
	local held=$driver
	load_driver ''
	printf '%s\n' "${all[@]:0:$count}" >"$TEST_DIR/slots"
	began=$(now_ms)
	each new_slot "$count"
	each bind "$count"
	is_seized "$count" || fail "$driver has not seized $count functions"
	figure "$name" bind $((($(now_ms) - began) * 1000000))
	await 240 are_ready || fail "$driver does not come to rest"
	span "$name" unbind each unbind "$count"
	if [[ $driver == ours ]]; then
		each bind "$count"
		await 240 are_ready || fail "$driver does not come to rest"
		span "$name" return each return "$count"
	fi
	unload_driver
	driver=$held
}

# measure_holding DRIVER
measure_holding() {
	local count name
	for count in $HOLDING; do
		((count <= ${#all[@]})) || continue
		driver=$1
		name=${kind}_$count
		measure_load "$count" "$name"
		span "$name" unload unload_driver
		driver=$1
		measure_binding "$count" "$name"
		driver=none
	done
}

# measure_steps DRIVER: where the time goes, once, for reading.
measure_steps() {
	driver=$1
	load_driver ''
	each new_slot 16
	steps_begin
	each bind 16
	await 240 are_ready || fail "$driver does not come to rest"
	steps_end "$kind: 16 functions seized by $1"
	steps_begin
	each unbind 16
	steps_end "$kind: 16 functions let go of by $1"
	unload_driver
}

test_bench() {
	defer unload_driver
	# Nobody is to find what is let go of.
	defer modprobe virtio_pci
	modprobe -r virtio_rng virtio_pci
	for ((round = 1; round <= ROUNDS; round++)); do
		for kind in $KINDS; do
			mapfile -t all < <(functions_of "$kind")
			note "$kind: ${#all[@]} functions at ${all[0]}"
			set_method
			measure_holding in-tree
			measure_holding ours
			((round > 1)) || measure_steps in-tree
			((round > 1)) || measure_steps ours
		done
	done
}

run_tests
