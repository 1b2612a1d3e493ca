/* SPDX-License-Identifier: GPL-2.0 */
/*
 * primecell - AMBA devices for nodes that say they are
 */
#ifndef DTOVL_PRIMECELL_H
#define DTOVL_PRIMECELL_H

#include <linux/kconfig.h>

#if IS_ENABLED(CONFIG_ARM_AMBA)
int dtovl_primecell_init(void);
void dtovl_primecell_exit(void);
#else
static inline int dtovl_primecell_init(void)
{
	return 0;
}

static inline void dtovl_primecell_exit(void)
{
}
#endif

#endif
