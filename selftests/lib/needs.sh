# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What a test says in its first lines that it needs: read by selftests/run, which makes
# such a machine, and by ksft_runner.sh, which looks whether this is one.

# needs_header FILE KEY: the values of its `# KEY: ...` lines.
needs_header() {
	sed -n "s/^# $2: *//p" "$1"
}

# needs_missing FILE: why it cannot run in this dom0, if it cannot.
needs_missing() {
	local kernel arches line
	((EUID == 0)) || {
		echo "needs root"
		return
	}
	if [[ ! -r /sys/hypervisor/type || $(</sys/hypervisor/type) != xen ]]; then
		echo "needs Xen, and this machine runs without"
		return
	fi
	if [[ -r /proc/xen/capabilities && $(tr -d '\0' </proc/xen/capabilities) != *control_d* ]]; then
		echo "needs dom0, and this is a guest"
		return
	fi
	# Nowhere else is it known that what stands at an address may be tried.
	if [[ ! -r /lab/machine || -z ${LAB_ARCH:-} ]]; then
		echo "needs the machine of its first lines, which scripts/lab/run makes"
		return
	fi
	read -r -a arches <<<"$(needs_header "$1" arch)"
	[[ " ${arches[*]:-x86_64} " == *" $LAB_ARCH "* ]] || {
		echo "needs ${arches[*]:-x86_64}, and this is $LAB_ARCH"
		return
	}
	kernel=$(needs_header "$1" kernel)
	[[ -z $kernel || $kernel == "$LAB_KERNEL" ]] || {
		echo "needs the kernel $kernel, and this is $LAB_KERNEL"
		return
	}
	needs_header "$1" lab | while read -r line; do
		grep -q -x -F -e "$line" /lab/machine || {
			echo "needs a machine with $line"
			return
		}
	done
}
