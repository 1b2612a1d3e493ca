# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: reads the disk behind every function, from both CPUs in turn,
# and says by which interrupts. What it should have read, dom0 knows.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

# find_disk BDF: the block device behind a function. An NVMe one hangs off its
# subsystem, so it goes by the controller's name.
cat >/lab/bin/find_disk <<'EOF'
#!/bin/sh
for controller in "/sys/bus/pci/devices/$1"/nvme/nvme*; do
	[ ! -e "/sys/class/block/${controller##*/}n1" ] || exec echo "${controller##*/}n1"
done
# Busybox's readlink takes one name only.
ls -l /sys/class/block | sed -n "s,.*/$1/.*/,,p" | grep -m 1 .
EOF
chmod 755 /lab/bin/find_disk

disk_of() {
	lab-wait 90 find_disk "$1" || die "$1 has no disk"
	find_disk "$1"
}

# shellcheck disable=SC2016 # expanded by the inner shell
lab-wait 90 sh -c 'ls "$1"/*/config' sh "$PCI" || die "no function at all"
lab-coldplug pci
modprobe -a sd_mod usb-storage
for dir in "$PCI"/*; do
	bdf=${dir##*/}
	disk=$(disk_of "$bdf") || exit
	echo "driver $(basename "$(readlink "$dir/driver")")"
	# Half of it by each CPU, past the cache.
	half=$(($(cat "/sys/class/block/$disk/size") / 4096))
	{
		taskset 1 dd if="/dev/$disk" bs=1M count="$half" 2>/dev/null
		taskset 2 dd if="/dev/$disk" bs=1M skip="$half" 2>/dev/null
	} | sha256sum | sed "s/ .*//; s/^/sha256 $bdf /"
done
for kind in pcifront-msi-x pcifront-msi pcifront; do
	interrupts "$kind" '' | sed "s/^/interrupt $kind /"
done
