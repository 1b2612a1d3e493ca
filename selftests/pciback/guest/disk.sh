# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: loads the drivers named in /lab/driver, reads the disk that
# appears and compares it with /lab/sha256: "same SUM". Then "interrupts COUNT
# KIND NAME" for each of the function's.

set -e
. /lab/in-guest.sh

await_function 0000:00:00.0
modprobe -q sd_mod || :
for driver in $(cat /lab/driver); do
	modprobe "$driver" || die "no driver $driver"
done

disk() {
	ls -d /sys/block/nvme0n1 /sys/block/sd[a-z] 2>/dev/null
}
lab-wait 60 sh -c 'ls -d /sys/block/nvme0n1 /sys/block/sd[a-z] 2>/dev/null | grep -q .' || die "no disk: $(ls /sys/block)"
name=$(disk | head -n 1)
name=${name##*/}
lab-wait 10 test -b "/dev/$name" || die "no /dev/$name"

# From every processor, so that each uses its own queue.
for cpu in $(sed -n 's/^processor.*: //p' /proc/cpuinfo); do
	taskset "$((1 << cpu))" dd "if=/dev/$name" of=/dev/null bs=64k iflag=direct 2>/dev/null ||
		taskset "$((1 << cpu))" dd "if=/dev/$name" of=/dev/null bs=64k 2>/dev/null
	echo 3 >/proc/sys/vm/drop_caches
done
sum=$(sha256sum "/dev/$name" | cut -d' ' -f1)
[ "$sum" = "$(cut -d' ' -f1 /lab/sha256)" ] || die "/dev/$name reads $sum"
echo "same $sum"
awk '
	NR == 1 { cpus = NF; next }
	/pcifront/ {
		sum = 0
		for (i = 2; i < 2 + cpus; i++) sum += $i
		print "interrupts", sum, $(2 + cpus), $(3 + cpus), $NF
	}' /proc/interrupts
