// SPDX-License-Identifier: GPL-2.0
/*
 * gsiof - asks dom0's kernel for a function's interrupt line, as privcmd does for a
 * toolstack
 *
 *	echo SBDF > /sys/module/gsiof/parameters/line; cat it
 *
 * SBDF is segment << 16 | bus << 8 | devfn. Reading gives the line, or -errno.
 */
#include <linux/module.h>
#include <linux/sysfs.h>
#include <xen/acpi.h>

static int gsiof_line;

static int gsiof_set(const char *value, const struct kernel_param *kp)
{
	u32 sbdf;
	int err = kstrtou32(value, 0, &sbdf);

	if (!err)
		gsiof_line = xen_acpi_get_gsi_from_sbdf(sbdf);
	return err;
}

static int gsiof_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%d\n", gsiof_line);
}

static const struct kernel_param_ops gsiof_ops = {
	.set = gsiof_set,
	.get = gsiof_get,
};
module_param_cb(line, &gsiof_ops, NULL, 0600);

MODULE_DESCRIPTION("Asks for interrupt lines of PCI functions");
MODULE_LICENSE("GPL");
