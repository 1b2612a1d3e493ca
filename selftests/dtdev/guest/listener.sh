# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest that takes the interrupt of a device, whatever it is, and counts; the kind, and how it
# is taken, are on its command line.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

kind=$(sed -n 's/.*listen=\([^ ]*\).*/\1/p' /proc/cmdline)
insmod /lab/xen-dtdev-irq.ko || die "no controller"
how=$(sed -n 's/.*how=\([^ ]*\).*/\1/p' /proc/cmdline)
insmod /lab/listener.ko "compatible=$kind" "$how=1" || die "no interrupt of $kind"
tell offers "$(xenstore-list xen-dtdev/irq)"
while next_step; do
	case $step in
	count*) tell "$step" "$(lab-irqs listener)" ;;
	*) break ;;
	esac
done
