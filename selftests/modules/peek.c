// SPDX-License-Identifier: GPL-2.0
/*
 * peek - lets a test touch physical memory, whoever has claimed it
 *
 * Mapping /dev/peek at an offset maps the memory at that address, as a device's.
 * The access itself is a process's: if it faults, a signal is all that happens.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>

static int peek_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return io_remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff,
				  vma->vm_end - vma->vm_start,
				  vma->vm_page_prot);
}

static const struct file_operations peek_fops = {
	.owner = THIS_MODULE,
	.open = nonseekable_open,
	.mmap = peek_mmap,
};

static struct miscdevice peek_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "peek",
	.fops = &peek_fops,
	.mode = 0600,
};
module_misc_device(peek_device);

MODULE_DESCRIPTION("Test access to physical memory");
MODULE_LICENSE("GPL");
