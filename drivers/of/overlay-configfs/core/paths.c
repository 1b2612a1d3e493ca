// SPDX-License-Identifier: GPL-2.0
/*
 * paths - which node is above which
 *
 * Pure: any context, no allocation.
 */
#include <linux/string.h>
#include <linux/types.h>

#include "paths.h"

static bool paths_is_within(const char *path, const char *above)
{
	size_t len = strlen(above);

	if (len && above[len - 1] == '/')
		len--;	/* the root */
	return !strncmp(path, above, len) && (!path[len] || path[len] == '/');
}

/* Is one of two nodes the other, or above it? */
bool dtovl_paths_meet(const char *a, const char *b)
{
	return paths_is_within(a, b) || paths_is_within(b, a);
}
