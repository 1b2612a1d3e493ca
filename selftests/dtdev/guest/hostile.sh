# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest whose clock fires for ever, and that does what dom0 says next with its
# interrupt, and with its end of the channel by which it comes.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

module=/sys/module/everfire/parameters

# fire [PARAMETER...]
fire() {
	insmod /lab/everfire.ko "$@" || die "it does not fire"
}

# act WHAT: with the channel as it is at that moment.
act() {
	xenstore-read xen-dtdev/irq/34 >$module/remote
	echo "$1" >$module/act || die "$1 does not work"
	tell "$step"
}

insmod /lab/xen-dtdev-irq.ko || die "no controller"
free_clock
tell offers "$(xenstore-read xen-dtdev/irq/34)"
while next_step; do
	case $step in
	storm*)
		fire
		tell "$step"
		;;
	quiet*)
		fire quiet=1
		tell "$step"
		;;
	stop*)
		rmmod everfire || die "it does not stop"
		tell stop
		;;
	count*) tell "$step" "$(lab-irqs everfire)" ;;
	close*) act close ;;
	bind*) act bind ;;
	flood*) act "send 2000" ;;
	crash*) echo c >/proc/sysrq-trigger ;;
	reboot*) reboot -f ;;
	*) break ;;
	esac
done
