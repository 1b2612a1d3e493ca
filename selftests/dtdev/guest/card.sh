# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest with an SD controller: its driver looks for a card, and takes the interrupts that
# say that there is none; from dom0, if that passes them on.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

take_relay
modprobe sdhci-of-arasan || die "no driver"
lab-wait 60 test -d /sys/class/mmc_host/mmc0 || die "the driver does not bind: $(ls /sys/bus/platform/devices)"
tell driver "$(basename "$(readlink /sys/class/mmc_host/mmc0/device/driver)")"
lab-wait 60 lab-irqs mmc0 10 || die "no interrupts: $(cat /proc/interrupts)"
tell interrupts "$(lab-irqs mmc0)"
