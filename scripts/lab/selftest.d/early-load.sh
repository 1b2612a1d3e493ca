#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# early-load.sh TREE WORK: what has xen-pciback loaded from the initramfs, and what has not.
# Prints what is wrong.

set -uo pipefail

tree=$1 root=$2/early bad=0
mkdir -p "$root"/{proc,etc/modprobe.d,sys/hypervisor,bin,dev}
echo xen >"$root/sys/hypervisor/type"
printf '#!/bin/sh\necho "$*" >%q\n' "$root/loaded" >"$root/bin/modprobe"
chmod +x "$root/bin/modprobe"
sed -E "s,(^|[ <(])/(proc|etc|run|usr|lib|sys|dev)/,\1$root/\2/,g" "$tree/scripts/packaging/boot/early-load" >"$root/early-load"

# boots yes|no CMDLINE OPTIONS: is it loaded, with these?
boots() {
	local got=no
	rm -f "$root/loaded"
	printf '%s\n' "$2" >"$root/proc/cmdline"
	printf '%b' "$3" >"$root/etc/modprobe.d/a.conf"
	(cd "$root/proc" && PATH=$root/bin:$PATH sh "$root/early-load")
	[[ ! -e $root/loaded || $(<"$root/loaded") != pciback ]] || got=yes
	[[ $got == "$1" ]] || {
		echo "loaded: $got, wanted: $1, with '$2' and '$3'"
		bad=1
	}
}

boots no '' ''
boots no 'quiet ro hide=(05:00.0) other.hide=1 xen-pciback.takeover=1' 'options xen-pciback takeover=1\n'
boots no 'root=*' '# options xen-pciback hide=(05:00.0)\n'
boots no '' 'options vfio-pci ids=8086:10d3\n'
for name in xen-pciback xen_pciback pciback; do
	boots yes "ro $name.hide=(05:00.0)" ''
	boots yes "$name.ids=8086:10d3 quiet" ''
	boots yes "\"$name.hide=(05:00.0 force=network)\"" ''
	boots yes "* $name.hide=\"(05:00.0 force=network)\"" ''
	boots yes '' "options $name hide=(05:00.*)\n"
	boots yes '' "options $name \"hide=(05:00.0 force=network)\"\n"
	boots yes '' "options\t$name\ttakeover=1\thide=(05:00.0)"
	boots yes '' "options $name takeover=1 \\\\\n  ids=8086:10d3\n"
done
echo none >"$root/sys/hypervisor/type"
boots no 'xen-pciback.hide=(05:00.0)' ''
exit "$bad"
