# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# Part of a guest's script: prints the function $bdf as the guest sees it before
# a driver has touched it.

for file in vendor device subsystem_vendor subsystem_device class irq; do
	echo "view $file $(cat "$PCI/$bdf/$file")"
done
resources "$bdf" | sed 's/^/view resource /'
# Without the lines that are zero: most are.
hexdump -v -e '"%04_ax " 16/1 "%02x " "\n"' "$PCI/$bdf/config" | grep -v '^[0-9a-f]*\( *00\)\{16\} *$' | sed 's/^/config /'
echo "config size $(stat -c %s "$PCI/$bdf/config")"
