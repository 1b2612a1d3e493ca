// SPDX-License-Identifier: GPL-2.0
/*
 * nvmeadmin - sends one admin command to an NVMe controller, in modprobe's place
 *
 *	modprobe nvmeadmin controller=/dev/nvme0 opcode=0x1c cdw10=0x10009 cdw11=0
 *
 * For virtual functions, which need a word of their physical one before they
 * work: dom0's user space in the lab has no program for that. Loads if the
 * controller says that it was done.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/nvme_ioctl.h>
#include <linux/uaccess.h>

static char *controller = "/dev/nvme0";
module_param(controller, charp, 0);
MODULE_PARM_DESC(controller, "its character device");

static uint opcode, cdw10, cdw11;
module_param(opcode, uint, 0);
MODULE_PARM_DESC(opcode, "of the command");
module_param(cdw10, uint, 0);
MODULE_PARM_DESC(cdw10, "its dword 10");
module_param(cdw11, uint, 0);
MODULE_PARM_DESC(cdw11, "its dword 11");

/* The driver takes commands from user space: a page of modprobe's holds it. */
static long nvmeadmin_send(struct file *file, unsigned long page)
{
	struct nvme_admin_cmd cmd = {
		.opcode = opcode,
		.cdw10 = cdw10,
		.cdw11 = cdw11,
	};

	if (copy_to_user((void __user *)page, &cmd, sizeof(cmd)))
		return -EFAULT;
	return file->f_op->unlocked_ioctl(file, NVME_IOCTL_ADMIN_CMD, page);
}

static int __init nvmeadmin_init(void)
{
	struct file *file = filp_open(controller, O_RDWR, 0);
	unsigned long page;
	long err;

	if (IS_ERR(file))
		return PTR_ERR(file);
	page = vm_mmap(NULL, 0, PAGE_SIZE, PROT_READ | PROT_WRITE,
		       MAP_ANONYMOUS | MAP_PRIVATE, 0);
	err = IS_ERR_VALUE(page) ? (long)page : nvmeadmin_send(file, page);
	if (!IS_ERR_VALUE(page))
		vm_munmap(page, PAGE_SIZE);
	fput(file);
	if (err)
		pr_info("nvmeadmin: %ld\n", err);
	return err > 0 ? -EIO : err;
}

static void __exit nvmeadmin_exit(void)
{
}

module_init(nvmeadmin_init);
module_exit(nvmeadmin_exit);

MODULE_DESCRIPTION("Sends one admin command to an NVMe controller");
MODULE_LICENSE("GPL");
