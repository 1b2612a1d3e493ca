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

gpio=$(fdtget -t x "$DTB" /pl061@9030000 phandle)
# One of those needs a GPIO line.
fdtput -t x "$DTB" /pair@905c000 enable-gpios "$gpio" 7 0

# Is reset by one GPIO line, and a part of it enabled by another.
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

# provides NODE HANDLE: somebody refers to it.
provides() {
	user "$1"
	fdtput -t x "$DTB" "$1" phandle "$2"
}

sensor=0xf010 messages=0xf011 port=0xf012 gpios=0xf013 cell=0xf014 phy=0xf015

# A sensor by whose temperature a zone is cooled.
provides /sensor@905e000 $sensor
fdtput -t x "$DTB" /sensor@905e000 '#thermal-sensor-cells' 0
fdtput -c "$DTB" /thermal-zones
fdtput -c "$DTB" /thermal-zones/zone
fdtput -t x "$DTB" /thermal-zones/zone thermal-sensors $sensor

# Messages go there, as from old trees: nothing says how many cells.
provides /messages@905f000 $messages
fdtput -t x "$DTB" /messages@905f000 msi-controller
user /sender@9060000
fdtput -t x "$DTB" /sender@9060000 msi-parent $messages

# What is plugged in, another tells.
provides /port@9061000 $port
user /plug@9062000
fdtput -t x "$DTB" /plug@9062000 extcon $port

# GPIO lines and interrupts of another controller. Its hog's "gpios" begin with a number that is
# the handle of the sensor, and a number of lines is its own handle: both refer to nobody.
provides /lines@9063000 $gpios
fdtput -t x "$DTB" /lines@9063000 gpio-controller
fdtput -t x "$DTB" /lines@9063000 '#gpio-cells' 2
fdtput -t x "$DTB" /lines@9063000 interrupt-controller
fdtput -t x "$DTB" /lines@9063000 '#interrupt-cells' 2
fdtput -c "$DTB" /lines@9063000/hog
fdtput -t x "$DTB" /lines@9063000/hog gpio-hog
fdtput -t x "$DTB" /lines@9063000/hog gpios $sensor 0
fdtput -t x "$DTB" /lines@9063000/hog output-low
user /bank@9064000
fdtput -t x "$DTB" /bank@9064000 selftest,nr-gpios $gpios
user /lamp@9065000
fdtput -t x "$DTB" /lamp@9065000 gpios $gpios 1 0

# Without registers; its first interrupt is another controller's, the second Xen can give.
node /late selftest,late
fdtput -t x "$DTB" /late interrupts-extended $gpios 2 4 "$(fdtget -t x "$DTB" /intc@8000000 phandle)" 0 b 4

# On one's slow bus is what another reads at boot; nothing says how many cells.
user /i2c@9066000
fdtput -t x "$DTB" /i2c@9066000 '#address-cells' 1
fdtput -t x "$DTB" /i2c@9066000 '#size-cells' 0
node /i2c@9066000/eeprom@50 selftest,eeprom
fdtput -t x "$DTB" /i2c@9066000/eeprom@50 reg 50
fdtput -c "$DTB" /i2c@9066000/eeprom@50/cell@0
fdtput -t x "$DTB" /i2c@9066000/eeprom@50/cell@0 phandle $cell
user /reader@9067000
fdtput -t x "$DTB" /reader@9067000 nvmem-cells $cell

# One's bus for PHYs has another's PHY on it.
user /mac@9068000
fdtput -c "$DTB" /mac@9068000/mdio
fdtput -t x "$DTB" /mac@9068000/mdio '#address-cells' 1
fdtput -t x "$DTB" /mac@9068000/mdio '#size-cells' 0
fdtput -c "$DTB" /mac@9068000/mdio/phy@0
fdtput -t x "$DTB" /mac@9068000/mdio/phy@0 reg 0
fdtput -t x "$DTB" /mac@9068000/mdio/phy@0 phandle $phy
user /mac@9069000
fdtput -t x "$DTB" /mac@9069000 phy-handle $phy

# Waits for interrupts that it has none of.
user /quiet@906a000
fdtput -t x "$DTB" /quiet@906a000 interrupt-parent $gpios

# The same, and passes its own lines on.
user /relays@906b000
fdtput -t x "$DTB" /relays@906b000 interrupt-parent $gpios
fdtput -t x "$DTB" /relays@906b000 interrupt-controller
fdtput -t x "$DTB" /relays@906b000 '#interrupt-cells' 2

# Two that have one line of another controller's.
for user in /tied@906c000 /tied@906d000; do
	user $user
	fdtput -t x "$DTB" $user interrupts-extended $gpios 4 4
done
