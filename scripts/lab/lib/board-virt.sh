# SPDX-License-Identifier: GPL-2.0
# --board virt: QEMU's virt with virtualization and GICv2.
# shellcheck shell=bash disable=SC2034 # used by boot-arm64.sh

BOARD_UART=/pl011@9000000
BOARD_DOM0_MEM=1536

# Below all that QEMU finds a place for itself: so it is virtio0, whatever a test adds, and
# alone in its page.
BOARD_MONITOR_BUS=virtio-mmio-bus.16

# board_machine MORE: QEMU's words, of which MORE goes to -M.
board_machine() {
	printf '%s\n' -M "virt,virtualization=on,gic-version=2$1" -cpu cortex-a57 -smp 2 -m "${machine_mem:-4096}"
}
