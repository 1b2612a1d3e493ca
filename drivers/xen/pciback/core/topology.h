/* SPDX-License-Identifier: GPL-2.0 */
/*
 * topology - at which address a guest sees a function
 *
 * virtual	one made-up domain 0; functions fill its slots in order, functions
 *		of one device stay together under their function numbers
 * host		where dom0 sees it
 */
#ifndef PCIBACK_CORE_TOPOLOGY_H
#define PCIBACK_CORE_TOPOLOGY_H

#include <linux/types.h>

#include "bdf.h"

#define PCIBACK_VIRTUAL_BUSES	8
#define PCIBACK_VIRTUAL_SLOTS	(32 * PCIBACK_VIRTUAL_BUSES)

#define PCIBACK_ANY_DEVFN	(-1)

/*
 * A function to be placed. Toolstacks can only say which slot: of functions of one device
 * that are wished for the same, each has its own number there.
 */
struct pciback_placement {
	struct pciback_bdf host;
	bool is_virtfn;
	bool has_siblings;	/* others of its device are wished for the same devfn */
	int wish;		/* devfn on bus 0, or PCIBACK_ANY_DEVFN */
};

struct pciback_topology {
	bool is_host;
	struct {
		u32 device;	/* host address of the first one, function 0 */
		u8 used;	/* a bit for each function number taken */
		bool alone;	/* a virtual function 0, which has no siblings */
	} slots[PCIBACK_VIRTUAL_SLOTS];
};

int pciback_topology_place(struct pciback_topology *topology,
			   const struct pciback_placement *placement,
			   struct pciback_bdf *guest);
void pciback_topology_unplace(struct pciback_topology *topology,
			      struct pciback_bdf guest);

int pciback_topology_virtual_place(struct pciback_topology *topology,
				   const struct pciback_placement *placement,
				   struct pciback_bdf *guest);
void pciback_topology_virtual_unplace(struct pciback_topology *topology,
				      struct pciback_bdf guest);

#endif
