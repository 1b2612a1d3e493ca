/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_map_check - what must hold for the map of any device, however it lies
 */
#ifndef UNIT_CFG_MAP_CHECK_H
#define UNIT_CFG_MAP_CHECK_H

#include "cfg_map.h"

/*
 * The most bytes a walk may read: status and the list's head, then for each of
 * 48 places the header twice, what its length takes, what its shadows start with;
 * then the same for each of 960 places in the extended space.
 */
#define CFG_MAP_READS_MAX	(2 + 48 * (2 + 2 + 2 + 4) +		\
				 960 * (4 + 4 + 8 + 4 * 4))

/* Returns NULL, or what is not as it must be. */
const char *cfg_map_broken(struct pciback_cfg *cfg);

/* The lists as a guest walks them. Each returns how many there are, or -1. */
int cfg_map_guest_caps(struct pciback_cfg *cfg, u16 *found, int room);
int cfg_map_guest_extcaps(struct pciback_cfg *cfg, u16 *found, int room);

#endif
