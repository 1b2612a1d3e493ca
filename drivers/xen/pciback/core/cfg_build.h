/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_build - lays the policy over one function's configuration space
 *
 * Once, when the function is seized, by a bounded walk over what the device says of
 * itself; a device that lies gets a map that is smaller, never one that is wrong.
 */
#ifndef PCIBACK_CORE_CFG_BUILD_H
#define PCIBACK_CORE_CFG_BUILD_H

#include <linux/types.h>

#include "bar.h"
#include "cfg_map.h"

/* What the host knows better than the device's own registers. */
struct pciback_cfg_facts {
	u16 vendor;
	u16 device;
	u8 irq_line;		/* the GSI, or 0 */
	u16 size;		/* bytes of configuration space: 256 or 4096 */
	bool is_bridge;		/* type 1 header */
	struct pciback_region regions[PCIBACK_CFG_BARS];
};

int pciback_cfg_build(struct pciback_cfg *cfg,
		      const struct pciback_cfg_facts *facts,
		      const struct pciback_cfg_reader *reader);

#endif
