// SPDX-License-Identifier: GPL-2.0
/*
 * giveto - tells Xen whose a PCI function is, as a toolstack does that tells nobody else
 *
 *	echo 0000:00:05.0 DOMID > /sys/module/giveto/parameters/give
 *	echo 0000:00:05.0 DOMID > /sys/module/giveto/parameters/take
 *
 * 32753 is DOMID_IO: quarantine. What Xen says against it the write ends with.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>

#include "../../drivers/xen/common/xen.c"

static int giveto_do(const char *value, int (*tell)(u32 sbdf, domid_t domain))
{
	unsigned int segment, bus, slot, function, domain;

	if (sscanf(value, "%x:%x:%x.%x %u", &segment, &bus, &slot, &function,
		   &domain) != 5)
		return -EINVAL;
	return tell(segment << 16 | bus << 8 | slot << 3 | function, domain);
}

static int giveto_give(const char *value, const struct kernel_param *kp)
{
	return giveto_do(value, xpt_xen_assign);
}

static int giveto_take(const char *value, const struct kernel_param *kp)
{
	return giveto_do(value, xpt_xen_deassign);
}

static const struct kernel_param_ops giveto_give_ops = { .set = giveto_give };
static const struct kernel_param_ops giveto_take_ops = { .set = giveto_take };
module_param_cb(give, &giveto_give_ops, NULL, 0200);
module_param_cb(take, &giveto_take_ops, NULL, 0200);

static int __init giveto_init(void)
{
	return xpt_xen_init();
}

static void __exit giveto_exit(void)
{
}

module_init(giveto_init);
module_exit(giveto_exit);

MODULE_DESCRIPTION("Gives PCI functions to domains, as toolstacks do");
MODULE_LICENSE("GPL");
