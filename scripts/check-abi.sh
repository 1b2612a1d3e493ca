#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-abi.sh: every parameter and attribute in the code is documented in
# Documentation/ABI, and nothing is documented that is not in the code.

set -euo pipefail
cd "$(dirname "$0")/.."

# The names that sysfs or module macros give.
in_code() {
	{
		sed -nE 's/^module_param(_named|_cb)?\((\w+),.*/parameters\/\2/p' drivers/xen/pciback/*.c
		sed -nE 's/^static DRIVER_ATTR_(RO|WO|RW)\((\w+)\);/pciback\/\2/p; s/^\t__ATTR\((\w+),.*/pciback\/\1/p' \
			drivers/xen/pciback/*.c
		sed -nE 's/^static DEVICE_ATTR_(RO|WO|RW)\((\w+)\);/device pciback\/\2/p' drivers/xen/pciback/*.c
		sed -nE 's/^module_param(_named|_cb)?\((\w+),.*/dtdev parameters\/\2/p' drivers/xen/dtdev/*.c
		sed -nE 's/^static DRIVER_ATTR_(RO|WO|RW)\((\w+)\);/dtdev amba \2\ndtdev platform \2/p' drivers/xen/dtdev/*.c
		sed -nE 's/^static DEVICE_ATTR_(RO|WO|RW)\((\w+)\);/dtdev class \2/p' drivers/xen/dtdev/*.c
	} | sort
}

in_documents() {
	sed -nE 's,^What:\t+/sys/module/xen_pciback/(parameters/\w+)$,\1,p
		s,^What:\t+/sys/bus/pci/drivers/(pciback/\w+)$,\1,p
		s,^What:\t+/sys/bus/pci/devices/<device>/(pciback/\w+)$,device \1,p
		s,^What:\t+/sys/module/xen_dtdev/(parameters/\w+)$,dtdev \1,p
		s,^What:\t+/sys/bus/(amba|platform)/drivers/xen-dtdev/(\w+)$,dtdev \1 \2,p
		s,^What:\t+/sys/class/xen-dtdev/<device>/(\w+)$,dtdev class \1,p' \
		Documentation/ABI/testing/* | sort
}

# Several names in a row share what follows.
entries_without() {
	awk -v field="$1" '
		/^What:/ { if (!names++) { if (what && !seen) print what; seen = 0 } what = $0; next }
		{ names = 0 }
		index($0, field) == 1 { seen = 1 }
		END { if (what && !seen) print what }' Documentation/ABI/testing/*
}

status=0
if ! diff <(in_code) <(in_documents); then
	echo 'above: < in the code only, > in Documentation/ABI only'
	status=1
fi
for field in Description: Example:; do
	missing=$(entries_without "$field")
	[[ -z $missing ]] || { printf 'no %s for:\n%s\n' "$field" "$missing" && status=1; }
done
exit "$status"
