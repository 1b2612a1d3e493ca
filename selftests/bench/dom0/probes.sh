# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# How long a stock driver takes to bind to a device: in a guest, and in dom0.

# probe_span MARK: what prober.sh calls probe, by dom0's own log; fails until then.
probe_span() {
	dmesg | awk -v mark="$1" 'index($0, mark) { probe = bound = "" }
		{ now = substr($0, 2, 13) * 1000000 }
		/e1000e [0-9a-f]+:[0-9a-f]+:/ && !probe { probe = now }
		/e1000e.*: bound to device/ { bound = now }
		END { if (probe == "" || bound == "") exit 1; print bound - probe }'
}

has_probed() {
	probe_span "$1" >/dev/null
}

# measure_native: the same driver probes the same devices, with no backend below it:
# what of a guest's time is not xen-pciback's.
measure_native() {
	local mark name i
	driver=native
	modprobe e1000e
	for i in 0 1; do
		[[ $(driver_of "${nics[i]}") != e1000e ]] || echo "${nics[i]}" >/sys/bus/pci/drivers/e1000e/unbind
		mark="bench native $round $i"
		echo "$mark" >/dev/kmsg
		echo "${nics[i]}" >/sys/bus/pci/drivers/e1000e/bind
		await 60 has_probed "$mark" || fail "dom0's own driver does not take ${nics[i]}"
		((i)) && name=hotadd || name=enumeration
		figure $name bound $(($(probe_span "$mark") * 1000))
	done
	modprobe -r e1000e
	driver=none
}

# probe NAME BDF: gives the device to the stock driver. Only xl gives dom0 work meanwhile.
probe() {
	local began took hearing
	ask mark prober
	said=times-${said#*-}
	hear prober &
	hearing=$!
	began=$(now_ms)
	attach prober "$2"
	took=$(($(now_ms) - began))
	wait "$hearing"
	# shellcheck disable=SC2046 # words
	set -- "$1" "$took" $(heard prober | sed 's/^device //')
	figure "$1" xl $(($2 * 1000000))
	figure "$1" scan $(($4 * 1000))
	figure "$1" probe $(($6 * 1000))
	figure "$1" bound $(($8 * 1000))
}

# measure_probes: the first device, with the frontend's connection; and one more.
measure_probes() {
	probe enumeration "${nics[0]}"
	probe hotadd "${nics[1]}"
}

release_probes() {
	detach prober "${nics[1]}"
	detach prober "${nics[0]}"
	await 60 is_disconnected prober || fail "the prober does not let go of $driver"
}
