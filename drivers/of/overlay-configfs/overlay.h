/* SPDX-License-Identifier: GPL-2.0 */
/*
 * overlay - one of those that have a directory, or had
 *
 * It begins empty, receives a blob in pieces, is applied when that is complete, and
 * stays so until it is switched off or its directory is removed. If the kernel does not
 * let it go then, or who removes it has no right to, it is kept, without a directory,
 * until there is one of its name again.
 */
#ifndef DTOVL_OVERLAY_H
#define DTOVL_OVERLAY_H

#include <linux/types.h>

struct config_item;
struct dtovl;

/* What an overlay asks of its directory. May sleep. */
struct dtovl_ops {
	/* From then on it cannot be removed. Returns 0 or -errno. */
	int (*hold)(struct config_item *item);
	void (*let_go)(struct config_item *item);
};

struct dtovl *dtovl_open(const char *name, struct config_item *item,
			 const struct dtovl_ops *ops);
void dtovl_close(struct dtovl *overlay, bool may);
int dtovl_receive(struct dtovl *overlay, const void *data, u32 len);
int dtovl_load(struct dtovl *overlay, const char *firmware);
int dtovl_switch(struct dtovl *overlay, bool on);

ssize_t dtovl_print_status(struct dtovl *overlay, char *page);
ssize_t dtovl_print_error(struct dtovl *overlay, char *page);
ssize_t dtovl_print_path(struct dtovl *overlay, char *page);
ssize_t dtovl_print_on_top(struct dtovl *overlay, char *page);

#endif
