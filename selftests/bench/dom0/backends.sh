# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The backend under the guests: loaded, connected to, given devices, taken away.

STOCK=/lab/in-tree/xen-pciback.ko.xz

# hide_list COUNT BDF...: the first COUNT functions, as hide= takes them: a parameter may not be
# long, so whole devices with a star.
hide_list() {
	local i count=$1 all=("${@:2}")
	for ((i = 0; i < count; i++)); do
		if ((i % 8 == 0 && i + 8 <= count)); then
			printf '(%s*)' "${all[i]%?}"
			((i += 7))
		else
			printf '(%s)' "${all[i]}"
		fi
	done
}

# load_driver HIDE [BDF...]: and these, of one conventional bus, which several guests have.
load_driver() {
	case $driver in
	ours) modprobe xen-pciback "hide=$1${2:+$(printf '(%s force=shared-dma)' "${@:2}")}" ;;
	in-tree) insmod "$STOCK" "hide=$1${2:+$(printf '(%s)' "${@:2}")}" ;;
	floor) modprobe floorback ;;
	esac
}

unload_driver() {
	case $driver in
	ours | in-tree) rmmod xen-pciback ;;
	floor) rmmod floorback ;;
	esac
	driver=none
}

# connect NAME BDF: as the toolstack does, but for what only device memory and
# interrupts need.
connect() {
	local id=${domid[$1]} front back
	front=/local/domain/$id/device/pci/0
	back=/local/domain/0/backend/pci/$id/0
	xenstore-write "$front" '' "$back" ''
	xenstore-chmod "$front" "n$id" r0
	xenstore-chmod "$back" n0 "r$id"
	xenstore-write "$back/frontend" "$front" "$back/frontend-id" "$id" "$back/online" 1 "$back/domain" "$1" \
		"$back/num_devs" 1 "$back/key-0" "$2" "$back/dev-0" "$2" "$back/state-0" 1 "$back/state" 1 \
		"$front/backend" "$back" "$front/backend-id" 0 "$front/state" 1
}

is_connected() {
	[[ $(xenstore-read "/local/domain/${domid[$1]}/device/pci/0/state" "/local/domain/0/backend/pci/${domid[$1]}/0/state" 2>/dev/null | paste -s) == $'4\t4' ]]
}

await_connected() {
	local name
	for name; do
		await 60 is_connected "$name" || fail "$name does not connect to $driver"
	done
}

is_disconnected() {
	[[ ! -e /sys/bus/xen-backend/devices/pci-${domid[$1]}-0 ]]
}

disconnect() {
	xenstore-rm "/local/domain/${domid[$1]}/device/pci/0" "/local/domain/0/backend/pci/${domid[$1]}/0"
	await 60 is_disconnected "$1" || fail "$1 does not let go of $driver"
}

# attach NAME BDF, detach NAME BDF: by the toolstack.
attach() {
	xl pci-attach "$1" "$2" || fail "$2 cannot be given to $1"
}

detach() {
	xl pci-detach "$1" "$2" || fail "$2 cannot be taken from $1"
}
