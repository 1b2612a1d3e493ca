/* SPDX-License-Identifier: GPL-2.0 */
/*
 * wish - carries out what hide=, new_node, remove_node and adopt_node ask for
 */
#ifndef DTDEV_WISH_H
#define DTDEV_WISH_H

#include <linux/types.h>

int dtdev_wish_take_list(const char *list, size_t len);
int dtdev_wish_take(const char *list, size_t len);
int dtdev_wish_return(const char *name, size_t len);
int dtdev_wish_adopt(const char *name, size_t len);
void dtdev_wish_take_marked(void);

#endif
