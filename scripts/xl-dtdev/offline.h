/* SPDX-License-Identifier: GPL-2.0 */
/*
 * offline - by a tree alone
 */
#ifndef XL_DTDEV_OFFLINE_H
#define XL_DTDEV_OFFLINE_H

#include "program.h"

int offline_check(struct program *program, const struct tree_node *node);

#endif
