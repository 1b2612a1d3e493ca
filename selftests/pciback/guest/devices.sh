# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Runs in the guest: says what it reads of every function before a driver has it,
# then lets each work. /lab/devices has a line for each: where the guest sees it,
# its name, its kind, and what that kind needs to know.
#
# One that does not work is reported, and does not keep the others from trying.
#
# dom0 may have a byte written before that, in the last one's space, where no
# standard has anything: `poke1`, `poke2`.

# shellcheck source=../../lib/in-guest.sh
. /lab/in-guest.sh

# Which of the disks is behind a function: an NVMe one hangs off its subsystem.
cat >/lab/bin/find_disk <<'END'
#!/bin/sh
for controller in "/sys/bus/pci/devices/$1"/nvme/nvme*; do
	[ ! -e "/sys/class/block/${controller##*/}n1" ] || exec echo "${controller##*/}n1"
done
ls -l /sys/class/block | sed -n "s,.*/$1/.*/,,p" | grep -m 1 .
END
chmod 755 /lab/bin/find_disk

# Without the lines that are zero: most are.
view() {
	hexdump -v -e '"%04_ax " 16/1 "%02x " "\n"' "$PCI/$1/config" | grep -v '^[0-9a-f]*\( *00\)\{16\} *$' | sed "s/^/config $2 /"
	echo "config-size $2 $(stat -c %s "$PCI/$1/config")"
}

# bound BDF: the driver that its ids ask for has it, which may be in the kernel
# itself; virtio's are on a bus below.
bound() {
	modprobe -q "$(cat "$PCI/$1/modalias")" || :
	lab-wait 60 test -e "$PCI/$1/driver" || die "no driver binds"
	lab-coldplug virtio
}

# driver_name BDF
driver_name() {
	for link in "$PCI/$1"/virtio*/driver "$PCI/$1/driver"; do
		[ ! -L "$link" ] || {
			basename "$(readlink "$link")"
			return
		}
	done
	echo none
}

works_nic() {
	bound "$1"
	lease_and_ping "$1"
	hang_up
}

# works_disk BDF SHA256: all of it, past the cache.
works_disk() {
	bound "$1"
	lab-wait 90 find_disk "$1" || die "no disk"
	got=$(dd if="/dev/$(find_disk "$1")" bs=256k 2>/dev/null | sha256sum | cut -d' ' -f1)
	[ "$got" = "$2" ] || die "wrong data: $got"
}

# works_sound BDF: two seconds are played and one recorded, at the card's pace.
works_sound() {
	bound "$1"
	modprobe snd-pcm-oss
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 30 sh -c 'ls "$1"/sound/card*' sh "$PCI/$1" || die "no sound card"
	card=$(echo "$PCI/$1"/sound/card*)
	card=${card##*/card}
	[ "$card" != 0 ] || card=''
	lab-wait 30 test -c "/dev/dsp$card" || die "no /dev/dsp$card"
	read -r before _ </proc/uptime
	dd if=/dev/urandom of="/dev/dsp$card" bs=1k count=16 || die "does not play"
	read -r after _ </proc/uptime
	[ $((${after%.*} - ${before%.*})) -ge 1 ] || die "plays faster than it can"
	[ "$(dd if="/dev/dsp$card" bs=1k count=8 | wc -c)" = 8192 ] || die "does not record"
}

# works_rng BDF: of 512 random bytes, many are different.
works_rng() {
	bound "$1"
	lab-wait 30 grep -q ^virtio_rng /sys/class/misc/hw_random/rng_current || die "no source of random numbers"
	[ "$(dd if=/dev/hwrng bs=512 count=1 2>/dev/null | hexdump -v -e '1/1 "%02x\n"' | sort -u | wc -l)" -gt 100 ] || die "not random"
}

# works_edu BDF: computes 10!, by a driver that leaves the rest to user space.
works_edu() {
	modprobe uio_pci_generic
	echo uio_pci_generic >"$PCI/$1/driver_override"
	echo "$1" >/sys/bus/pci/drivers_probe
	[ -e "$PCI/$1/driver" ] || die "no driver binds"
	base=$(resources "$1" | head -n 1 | cut -d' ' -f1)
	devmem $((base + 4)) 32 0x12345678
	[ "$(devmem $((base + 4)) 32)" = 0xEDCBA987 ] || die "is not alive: $(devmem $((base + 4)) 32)"
	devmem $((base + 8)) 32 10
	# shellcheck disable=SC2016 # expanded by the inner shell
	lab-wait 10 sh -c '[ $(($(devmem "$1" 32) & 1)) = 0 ]' sh $((base + 0x20)) || die "computes for ever"
	[ "$(devmem $((base + 8)) 32)" = 0x00375F00 ] || die "10! is $(devmem $((base + 8)) 32)"
}

# attempt COMMAND...: bounded, whatever the command waits for.
attempt() {
	rm -f /run/status
	(
		("$@")
		echo $? >/run/status.new
		mv /run/status.new /run/status
	) >/run/said 2>&1 &
	lab-wait 180 test -e /run/status || {
		echo "FAILED: no end" >>/run/said
		return 1
	}
	[ "$(cat /run/status)" = 0 ]
}

modprobe -a sd_mod usb-storage mmc_block snd-hda-codec-generic
while read -r bdf name _; do
	await_function "$bdf"
	view "$bdf" "$name"
done </lab/devices
last=$(tail -n 1 /lab/devices | cut -d' ' -f1)
tell viewed
# dom0 compares what all devices look like meanwhile.
step_seconds=900
while next_step && [ "$step" != work ]; do
	printf Z | dd of="$PCI/$last/config" bs=1 seek=240 conv=notrunc 2>/dev/null
	tell "$step" "$(dd if="$PCI/$last/config" bs=1 skip=240 count=1 2>/dev/null | hexdump -e '1/1 "%02x"')"
done
while read -r bdf name kind more; do
	if attempt "works_$kind" "$bdf" "$more"; then
		echo "result $name $(driver_name "$bdf") yes"
	else
		cat /run/said
		echo "result $name $(driver_name "$bdf") no: $(sed -n 's/^FAILED: //p' /run/said | head -n 1)"
	fi
done </lab/devices
