/* SPDX-License-Identifier: GPL-2.0 */
/*
 * paths - of nodes in the live tree
 */
#ifndef DTOVL_CORE_PATHS_H
#define DTOVL_CORE_PATHS_H

#include <linux/types.h>

bool dtovl_paths_meet(const char *a, const char *b);

#endif
