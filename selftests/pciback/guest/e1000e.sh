# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: its e1000e gets a lease, by MSI-X; after that the guest does
# what dom0 tells it, until `shutdown`.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

bdf=$(function_of 8086:10d3) || exit
echo "at $bdf"
[ ! -e /lab/view.sh ] || . /lab/view.sh
drive "$bdf" e1000e
lease_and_ping "$bdf"
interrupts pcifront-msi-x "$interface" | sed 's/^/msix /'
interrupts pcifront-msi-x "$interface" | grep -q '^[1-9][0-9]* .*-rx-0$' || die "nothing received by MSI-X: $(grep pcifront /proc/interrupts)"

received() {
	cat "/sys/class/net/$interface/statistics/rx_packets"
}

flood() {
	for _ in 1 2 3 4; do
		ping -q -s 1400 -i 0.002 10.0.2.2 >/dev/null &
	done
	goal=$(($(received) + 300))
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 60 sh -c '[ "$(cat "$1")" -ge "$2" ]' sh "/sys/class/net/$interface/statistics/rx_packets" "$goal" || die "no traffic"
}

tell ready
while next_step; do
	case $step in
	ping*) ping -I "$interface" -c 3 -W 5 10.0.2.2 && tell "pinged${step#ping}" ;;
	# From the beginning: whoever sleeps may have forgotten all.
	again) ip link set "$interface" down && lease_and_ping "$bdf" && tell again ;;
	reload) modprobe -r e1000e && drive "$bdf" e1000e && ip link set "$(interface_of "$bdf")" up && tell reloaded ;;
	flood) flood && tell flooding "$(received)" ;;
	reboot) reboot -f ;;
	shutdown) exit 0 ;;
	esac
done
