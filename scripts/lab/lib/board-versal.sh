# SPDX-License-Identifier: GPL-2.0
# --board versal: QEMU's xlnx-versal-virt, which has the devices of a real SoC, and a tree
# like that SoC's: network devices with a link and four clocks each, SD controllers, a USB
# controller in its glue, GICv3. Two of its four CPUs are not for Xen.
# shellcheck shell=bash disable=SC2034 # used by boot-arm64.sh

BOARD_UART=/uart@ff000000
BOARD_DOM0_MEM=1024
BOARD_MONITOR_BUS=virtio-mmio-bus.0

# board_machine MORE: QEMU's words, of which MORE goes to -M.
board_machine() {
	printf '%s\n' -M "xlnx-versal-virt$1" -smp 4 -m "${machine_mem:-4096}"
}
