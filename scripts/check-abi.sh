#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# scripts/check-abi.sh: every parameter, attribute, tracepoint, uevent and xenstore
# key in the code is documented in Documentation/ABI, and nothing is documented that
# is not in the code. Each entry has a description and an example.

set -euo pipefail
cd "$(dirname "$0")/.."

pciback=drivers/xen/pciback dtdev=drivers/xen/dtdev overlay=drivers/of/overlay-configfs

# The names that sysfs, module or debugfs macros give.
code_attributes() {
	sed -nE 's,^module_param(_named|_cb)?\((\w+)\,.*,/sys/module/xen_pciback/parameters/\2,p
		s,^static DRIVER_ATTR_(RO|WO|RW)\((\w+)\);,/sys/bus/pci/drivers/pciback/\2,p
		s,^\t__ATTR\((\w+)\,.*,/sys/bus/pci/drivers/pciback/\1,p
		s,^SYSFS_LIST\((\w+)\,.*,/sys/bus/pci/drivers/pciback/\1,p
		s,^static DEVICE_ATTR_(RO|WO|RW)\((\w+)\);,/sys/bus/pci/devices/<device>/pciback/\2,p
		s,^\tdebugfs_create_file\("(\w+)"\, [0-7]+\, fn->debugfs.*,/sys/kernel/debug/xen-pciback/<device>/\1,p
		s,^\tdebugfs_create_file\("(\w+)"\, [0-7]+\, fn->guest_debugfs.*,/sys/kernel/debug/xen-pciback/<domid>/<guest device>/\1,p' $pciback/*.c
	sed -nE 's,^module_param(_named|_cb)?\((\w+)\,.*,/sys/module/xen_dtdev/parameters/\2,p
		s,^static DRIVER_ATTR_(RO|WO|RW)\((\w+)\);,/sys/bus/amba/drivers/xen-dtdev/\2\n/sys/bus/platform/drivers/xen-dtdev/\2,p
		s,^static DEVICE_ATTR_(RO|WO|RW)\((\w+)\);,/sys/class/xen-dtdev/<device>/\2,p
		s,^CLASS_ATTR_TEXT\((\w+)\);,/sys/class/xen-dtdev/<device>/\1,p
		s,^\tdebugfs_create_file\("(\w+)".*,/sys/kernel/debug/xen-dtdev/\1,p' $dtdev/*.c
	sed -nE 's,^CONFIGFS_(BIN_)?ATTR(_RO|_WO)?\(dir_\, (\w+)[\,)].*,/sys/kernel/config/device-tree/overlays/<name>/\3,p' $overlay/*.c
}

# events SYSTEM FILE
events() {
	sed -nE "s,^(TRACE_EVENT\\(|DEFINE_EVENT\\(\\w+\\, )(\\w+)\\,.*,/sys/kernel/tracing/events/$1/\\2,p" "$2"
}

code_tracepoints() {
	events xen_pciback $pciback/trace.h
	events xen_dtdev $dtdev/trace.h
}

# An event has its value in its name, a number has not.
code_uevents() {
	grep -ohE '"PCIBACK_[A-Z]+=[^"]*"' $pciback/fn/*.c $pciback/host/*.c | sed -E 's/"//g; s/=%.*//; s/^/uevent /'
}

# The strings in calls that take a path and a key: not formats, not values.
code_keys() {
	local calls
	calls=$(cat $pciback/guest/*.c | tr '\n\t' '  ' | grep -oE '(xenbus_[a-z_]+|xenstore_(key|number(_in)?|step|write))\([^;]*;')
	grep -oE 'xenstore_key\(key, "[a-z]+"' <<<"$calls" | sed -E 's,.*"([a-z]+)",xenstore <backend>/\1-N,'
	grep -oE '(nodename|xenstore_write\(xdev), +"[a-z_]+"' <<<"$calls" | sed -E 's,.*"([a-z_]+)",xenstore <backend>/\1,'
	grep -E 'front,' <<<"$calls" | grep -oE '"[a-z]+(-[a-z]+)*"' | sed -E 's,"(.*)",xenstore <frontend>/\1,'
}

in_code() {
	{
		code_attributes
		code_tracepoints
		code_uevents
		code_keys
	} | LC_ALL=C sort -u
}

in_documents() {
	sed -nE 's/^What:\t+//p' Documentation/ABI/testing/* | LC_ALL=C sort
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
	echo 'above: < in the code only, > in Documentation/ABI only (or twice)'
	status=1
fi
for field in Date: Description: Example:; do
	missing=$(entries_without "$field")
	[[ -z $missing ]] || { printf 'no %s for:\n%s\n' "$field" "$missing" && status=1; }
done
# Of whatever systems they are, they cannot be built into one kernel.
twice=$(code_tracepoints | sed 's,.*/,,' | LC_ALL=C sort | uniq -d)
[[ -z $twice ]] || { printf 'two events of one name:\n%s\n' "$twice" && status=1; }
exit "$status"
