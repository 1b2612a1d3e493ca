# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Where the time goes while functions are seized and let go of, by the kernel's tracer: of
# each step how often and how long, what it calls included.

TRACING=/sys/kernel/tracing
STEPS='pciback_* pcistub_* xen_pcibk_* clean_* reset_locked seize_* pci_enable_device pci_disable_device
	pci_save_state pci_restore_state __pci_reset_function_locked pci_set_power_state pci_clear_master
	pci_conf1_read pci_conf1_write pci_mmcfg_read pci_mmcfg_write kobject_uevent_env really_probe
	device_release_driver_internal pci_intx pci_dev_wait sysfs_create_groups sysfs_remove_groups
	synchronize_rcu xpt_xen_* isolation_* together_* privcmd_call pci_device_is_present pci_find_capability pci_find_ext_capability'

# steps_begin: a module's functions are known only when it is loaded, so it is before, with
# nothing to seize. Looking costs time, too.
steps_begin() {
	local one
	echo nop >"$TRACING/current_tracer"
	echo >"$TRACING/set_ftrace_filter"
	for one in $STEPS; do
		echo "$one" >>"$TRACING/set_ftrace_filter" || :
	done 2>/dev/null
	echo 65536 >"$TRACING/buffer_size_kb"
	echo 1 >"$TRACING/options/funcgraph-tail" || :
	echo function_graph >"$TRACING/current_tracer"
	echo 1 >"$TRACING/options/funcgraph-tail"
}

# steps_end TITLE: lines "step TITLE: COUNT times TOTAL us FUNCTION".
steps_end() {
	echo 0 >"$TRACING/tracing_on"
	awk -v title="$1" -F '|' '
		match($1, /[0-9.]+ us/) {
			us = substr($1, RSTART) + 0
			name = $2
			gsub(/[ (){};\/*]|\[.*\]/, "", name)
			count[name]++
			spent[name] += us
		}
		END { for (name in count) printf "%d\tstep %s: %6d times %10d us %s\n", spent[name], title, count[name], spent[name], name }' \
		"$TRACING/trace" | sort -rn | cut -f 2- | head -n 40
	echo nop >"$TRACING/current_tracer"
	echo >"$TRACING/set_ftrace_filter"
	echo 1408 >"$TRACING/buffer_size_kb"
	echo 1 >"$TRACING/tracing_on"
}
