# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Adds to the tree $DTB: the provider of selftests/modules and nodes that use it,
# each with a page of registers where the machine has nothing.

provider=0xf001 supply=0xf002

node() {
	fdtput -c "$DTB" "$1"
	fdtput -t s "$DTB" "$1" compatible "$2"
}

# user NODE: its registers are at the address in its name.
user() {
	node "$1" selftest,user
	fdtput -t x "$DTB" "$1" reg 0 "${1#*@}" 0 1000
}

node /provider selftest,provider
fdtput -t x "$DTB" /provider phandle $provider
for cells in clock power-domain reset interconnect; do
	fdtput -t x "$DTB" /provider "#$cells-cells" 1
done
fdtput -t x "$DTB" /provider '#phy-cells' 0
fdtput -c "$DTB" /provider/regulator
fdtput -t s "$DTB" /provider/regulator regulator-name provider-supply
fdtput -t x "$DTB" /provider/regulator phandle $supply

# Has everything, and shares a clock with the next one.
user /all@9050000
fdtput -t x "$DTB" /all@9050000 clocks $provider 0 $provider 1
fdtput -t s "$DTB" /all@9050000 clock-names core bus
fdtput -t x "$DTB" /all@9050000 power-domains $provider 0 $provider 1
fdtput -t x "$DTB" /all@9050000 resets $provider 0
fdtput -t x "$DTB" /all@9050000 interconnects $provider 0 $provider 1
fdtput -t x "$DTB" /all@9050000 vdd-supply $supply
fdtput -t x "$DTB" /all@9050000 phys $provider
fdtput -t s "$DTB" /all@9050000 phy-names link

# Two that share a reset line.
user /twin@9051000
fdtput -t x "$DTB" /twin@9051000 clocks $provider 0
fdtput -t x "$DTB" /twin@9051000 resets $provider 1
user /twin@9052000
fdtput -t x "$DTB" /twin@9052000 resets $provider 1

# Two that share one, and dom0 uses neither.
for user in /off@9056000 /off@9057000; do
	user $user
	fdtput -t x "$DTB" $user resets $provider 2
	fdtput -t s "$DTB" $user status disabled
done

# Can be reset by their power only, which is the same.
for user in /power@9053000 /power@9058000; do
	user $user
	fdtput -t x "$DTB" $user power-domains $provider 2
done

# has_part NODE ADDRESS: below it, with registers of its own.
has_part() {
	fdtput -t x "$DTB" "$1" '#address-cells' 2
	fdtput -t x "$DTB" "$1" '#size-cells' 2
	fdtput -t x "$DTB" "$1" ranges
	node "$1/part@$2" selftest,part
	fdtput -t x "$DTB" "$1/part@$2" reg 0 "$2" 0 100
}

# Cannot be reset, and has a part.
user /plain@9054000
has_part /plain@9054000 9054800

# The same, and the part is a device.
user /bus@9055000
fdtput -t s "$DTB" /bus@9055000 compatible selftest,user simple-bus
has_part /bus@9055000 9055800

# Two that have one interrupt.
for user in /pair@905c000 /pair@905d000; do
	user $user
	fdtput -t x "$DTB" $user interrupts 0 a 4
done

# Is reset by one GPIO line, and a part of it enabled by another.
gpio=$(fdtget -t x "$DTB" /pl061@9030000 phandle)
user /wired@9059000
fdtput -t x "$DTB" /wired@9059000 reset-gpios "$gpio" 4 1
fdtput -c "$DTB" /wired@9059000/part
fdtput -t x "$DTB" /wired@9059000/part enable-gpios "$gpio" 5 0

# The same, and dom0 uses neither. Two, for the kernel knows the supplier only of the
# first device that it has of a node.
for user in /idle@905a000 /spare@905b000; do
	user $user
	fdtput -t x "$DTB" $user reset-gpios "$gpio" 6 1
	fdtput -t s "$DTB" $user status disabled
done
