# SPDX-License-Identifier: GPL-2.0
# What the words of include/compat mean in the kernel that the code is written for.
s/\bXPT_BIN_CONST\b/const/g
s/\bXPT_COR_ERROR_DETECTED\((\w+)\)/.cor_error_detected = \1,/
s/\bplatform_remove_void\b/remove/
s/^#ifdef XPT_HAS_GSI$/#ifdef CONFIG_XEN_ACPI/
/^MODULE_VERSION\(XPT_VERSION\);$/d
# Up to the #endif that is the next one.
/^#ifndef device_dup_driver_override$/,/^#endif$/{
	/^#ifndef device_dup_driver_override$/d
	/^#endif$/d
}
# How it allocates by type.
s/\b(kv?[mz]alloc)\(sizeof\((\*[^()]+)\), GFP_KERNEL\)/\1_obj(\2)/g
s/\bkcalloc\(([^,()]+), sizeof\((\*[^()]+)\), GFP_KERNEL\)/kzalloc_objs(\2, \1)/g
