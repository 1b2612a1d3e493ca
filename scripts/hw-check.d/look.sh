# SPDX-License-Identifier: GPL-2.0
# What a function is, and who shares what with it. Each is a row of the page.
# shellcheck shell=bash

look_machine() {
	local dmi=/sys/class/dmi/id xen=/sys/hypervisor/version
	[[ ! -r $dmi/product_name ]] ||
		row machine "$(value $dmi/sys_vendor) $(value $dmi/product_name), firmware $(value $dmi/bios_version)"
	row dom0 "Linux $(uname -r) $(uname -m), Xen $(value $xen/major).$(value $xen/minor)$(value $xen/extra)"
	row module "xen-pciback $(value /sys/module/xen_pciback/version), srcversion $(value /sys/module/xen_pciback/srcversion '(none)')"
}

look_function() {
	local subsystem speed
	row function "$(lspci -D -nn -s "$bdf")"
	subsystem=$(value "$PCI/$bdf/subsystem_vendor"):$(value "$PCI/$bdf/subsystem_device")
	row subsystem "${subsystem//0x/}"
	row driver "$found_driver${found_made:+ ($found_made)}"
	speed=$(value "$PCI/$bdf/max_link_speed")
	[[ -z $found_link ]] || row link "$found_link of $speed x$(value "$PCI/$bdf/max_link_width")"
	row resets "$(value "$PCI/$bdf/reset_method" 'none by itself')"
}

# Who stands between it and the root.
look_above() {
	local above
	above=$(readlink -f "$PCI/$bdf")
	above=${above%/*}
	above=${above##*/}
	[[ ! -e $PCI/$above ]] || row above "$(lspci -D -nn -s "$above")"
}

look_group() {
	local other all=''
	for other in "$PCI/$bdf"/iommu_group/devices/*; do
		[[ ! -e $other || ${other##*/} == "$bdf" ]] || all+=" ${other##*/}"
	done
	[[ -z $all ]] || row group "with$all"
}

# What follows is told only once it is taken: while a driver uses messages, the line is not.

# Who else has its line; those that use messages do not.
look_line() {
	local other theirs all='' letters=-ABCD pin=${found[61]} line
	read -r line <"$PCI/$bdf/irq"
	((pin && pin < 5 && line)) || return 0
	for other in "$PCI"/*; do
		read -r theirs <"$other/irq"
		[[ ${other##*/} == "$bdf" || -d $other/msi_irqs || $theirs != "$line" ]] || all+=" ${other##*/}"
	done
	row line "INT${letters:pin:1}, $line${all:+, shared with$all}"
}

look_shared() {
	[[ -z $(of shared_pages) ]] || row page "shared: $(of shared_pages | paste -s -d,)"
	[[ -z $(of together) ]] || row requester "its id is also that of $(of together | paste -s -d,)"
}
