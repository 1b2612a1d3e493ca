// SPDX-License-Identifier: GPL-2.0
/*
 * topology - chooses between the two; the host's is no more than this
 *
 * Pure: exclusion is the caller's.
 */
#include <linux/errno.h>
#include <linux/types.h>

#include "bdf.h"
#include "topology.h"

/* As pciback_topology_virtual_place(); the host's own addresses never clash. */
int pciback_topology_place(struct pciback_topology *topology,
			   const struct pciback_placement *placement,
			   struct pciback_bdf *guest)
{
	if (!topology->is_host)
		return pciback_topology_virtual_place(topology, placement, guest);
	*guest = placement->host;
	return 0;
}

void pciback_topology_unplace(struct pciback_topology *topology,
			      struct pciback_bdf guest)
{
	if (!topology->is_host)
		pciback_topology_virtual_unplace(topology, guest);
}
