# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: its e1000e comes through pcifront; lease and ping prove that
# interrupts and DMA arrive.

set -e
lab-wait 20 ls -d /sys/bus/pci/devices/0000:00:00.0
modprobe e1000e
lab-lease eth0
ping -c 3 10.0.2.2
grep eth0 /proc/interrupts
