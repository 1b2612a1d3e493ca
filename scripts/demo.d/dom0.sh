# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The demo's part in dom0: four steps, told to a person; ends at the first that
# does not work.

set -u -o pipefail
card=0000:00:05.0
log=/run/demo.log

# shellcheck source=telling.sh
source /lab/telling.sh

driver_of() {
	basename "$(readlink "/sys/bus/pci/devices/$1/driver")"
}

# dom0_lease: dom0's own network through the card.
dom0_lease() {
	local interface lease
	lab-wait 20 test -d "/sys/bus/pci/devices/$card/net" || fail "dom0's driver made no interface"
	interface=$(ls "/sys/bus/pci/devices/$card/net")
	lease=$(lab-lease "$interface" 2>/dev/null | sed -n 's/^lease //p')
	[[ -n $lease ]] || fail "dom0 gets no address"
	echo "  dom0's $interface has the address $lease"
	ip link set "$interface" down
	ip address flush dev "$interface"
}

row() {
	printf '  %-22s %-34s %s\n' "$@"
}

# bar_of BDF: its first region.
bar_of() {
	head -n 1 "/sys/bus/pci/devices/$1/resource" | awk '{ print $1 "-" $2 }' | sed 's/0x0*/0x/g'
}

head_line "1. dom0 has a network card, and its own driver runs it"
show modprobe e1000e
show lspci -k -s "$card"
dom0_lease

head_line "2. xen-pciback seizes the card"
show modprobe xen-pciback
show xl pci-assignable-add "$card"
show xl pci-assignable-list
show lspci -k -s "$card"
[[ $(driver_of "$card") == pciback ]] || fail "the driver in use is not pciback"
dmesg --notime | grep "pciback $card: seizing device" | sed 's/^/  kernel: /' || fail "the kernel log tells nothing of it"

head_line "3. A guest is started with pci=[\"$card\"] and uses it"
echo "  (booting the guest: a stock kernel with its stock pcifront and e1000e)"
lab-guest guest --script /lab/guest.sh --detach "pci=[\"$card\"]" >"$log" 2>&1 || fail "the guest does not start"
lab-wait 120 grep -q '^guest: told ready' "$log" || fail "the guest does not get the card to work"
echo
row '' 'dom0' 'guest'
row 'address' "$card" "$(told address)"
row 'vendor:device' "$(lspci -n -s "$card" | cut -d' ' -f3)" "$(told id)"
row 'memory' "$(bar_of "$card")" "$(told memory)"
row 'driver in use' "$(driver_of "$card")" "$(told driver)"
row 'interrupts' "none of its own" "$(told interrupts)"
row 'address by DHCP' "none of its own" "$(told lease)"
row 'ping of the gateway' "none of its own" "$(told ping)"
for what in address id memory driver interrupts lease ping; do
	[[ -n $(told "$what") ]] || fail "the guest said nothing of: $what"
done

head_line "4. The guest shuts down, the card returns to dom0"
show xl shutdown -w guest
# 124: it ended, as asked, before its script did.
lab-guest --wait guest >>"$log" 2>&1
[[ $? == 124 ]] || fail "the guest ended badly"
show xl list
show xl pci-assignable-remove -r "$card"
show lspci -k -s "$card"
[[ $(driver_of "$card") == e1000e ]] || fail "the driver in use is not e1000e"
dom0_lease
