# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What Qubes OS's script for suspend does: root ports that keep a machine from coming to
# rest, and a function, are bound to the driver, and are to sleep.
#
# lab: --pci pcie-root-port,id=rp,addr=0x5,chassis=1
# lab: --pci e1000e,addr=0x6

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

port=0000:00:05.0 nic=0000:00:06.0
SUSPEND=$PCIBACK/qubes_exp_pm_suspend FORCE=$PCIBACK/qubes_exp_pm_suspend_force

# As the script has it.
bind_to_pciback() {
	if [[ -e $PCI/$1/driver ]]; then
		echo "$1" >"$PCI/$1/driver/unbind"
	fi
	echo "$1" >"$PCIBACK/new_slot"
	echo "$1" >"$PCIBACK/bind"
}

# A port without power management stays as it is, forced or not: many of QEMU's.
test_its_script() {
	local sleeping=$nic
	! lspci -v -s "$port" | grep -q 'Power Management' || sleeping="$port $nic"
	pciback_load
	bind_to_pciback "$port"
	defer write_attr /sys/bus/pci/drivers/pcieport/bind "$port"
	defer write_attr "$PCI/$port/driver/unbind" "$port"
	bind_to_pciback "$nic"
	echo "$port" >"$SUSPEND"
	echo "$port" >"$FORCE"
	echo "$nic" >"$SUSPEND"
	expect_eq "forced" "$port" "$(<"$FORCE")"
	expect_eq "sleep" "$sleeping" "$(paste -s -d' ' "$SUSPEND")"
}

test_forced_until_it_is_unbound() {
	local before
	pciback_load
	bind_to_pciback "$port"
	defer write_attr /sys/bus/pci/drivers/pcieport/bind "$port"
	before=$(<"$SUSPEND")
	echo "$port" >"$FORCE"
	write_attr "$PCI/$port/driver/unbind" "$port"
	write_attr "$PCIBACK/bind" "$port"
	expect_eq "forced" "" "$(<"$FORCE")"
	expect_eq "sleep" "$before" "$(<"$SUSPEND")"
	write_attr "$PCI/$port/driver/unbind" "$port"
}

test_bad_input() {
	local file
	pciback_load "hide=($nic)"
	for file in "$SUSPEND" "$FORCE"; do
		expect_errno EINVAL "$file" nonsense
		expect_errno ENODEV "$file" "$port"
	done
	write_attr "$FORCE" "$nic"
	expect_eq "forced" "" "$(<"$FORCE")"
}

run_tests
