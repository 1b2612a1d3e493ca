// SPDX-License-Identifier: GPL-2.0
/*
 * say - the first reason is the one that counts: what fails later, fails by it
 */
#define pr_fmt(fmt) "dt-overlay: " fmt

#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/stdarg.h>

#include "say.h"

/* Returns @err. May sleep. */
int dtovl_refuse(struct dtovl_say *say, int err, const char *format, ...)
{
	struct va_format line;
	va_list args;

	if (say->text)
		return err;
	va_start(args, format);
	line.fmt = format;
	line.va = &args;
	say->text = kasprintf(GFP_KERNEL, "%pV", &line);
	va_end(args);
	pr_err("%s: error %d: %s\n", say->name, err, say->text ?: "out of memory");
	return err;
}

void dtovl_say_forget(struct dtovl_say *say)
{
	kfree(say->text);
	say->text = NULL;
}
