// SPDX-License-Identifier: GPL-2.0
/*
 * topology_virtual - fills the slots of made-up buses
 *
 * Pure: exclusion is the caller's.
 */
#include <linux/errno.h>
#include <linux/types.h>

#include "bdf.h"
#include "topology.h"

static u32 virtual_device(struct pciback_bdf host)
{
	return pciback_bdf_key(host) & ~7u;
}

static struct pciback_bdf virtual_address(unsigned int slot, u8 func)
{
	return (struct pciback_bdf){ 0, slot / 32, slot % 32 << 3 | func };
}

static void virtual_take(struct pciback_topology *topology, unsigned int slot,
			 u8 func, const struct pciback_placement *placement,
			 struct pciback_bdf *guest)
{
	if (!topology->slots[slot].used) {
		topology->slots[slot].device = virtual_device(placement->host);
		topology->slots[slot].alone = placement->is_virtfn &&
			!pciback_bdf_func(placement->host);
	}
	topology->slots[slot].used |= 1 << func;
	*guest = virtual_address(slot, func);
}

/* A slot that holds functions of the same device and has this number free. */
static int virtual_find_siblings(const struct pciback_topology *topology,
				 const struct pciback_placement *placement)
{
	u8 func = pciback_bdf_func(placement->host);
	unsigned int i;

	/*
	 * A virtual function 0 is no multi-function device: with others behind
	 * it, a guest would not look for them.
	 */
	if (placement->is_virtfn && !func)
		return -ENOENT;
	for (i = 0; i < PCIBACK_VIRTUAL_SLOTS; i++) {
		if (!topology->slots[i].used || topology->slots[i].alone ||
		    topology->slots[i].used & 1 << func)
			continue;
		if (topology->slots[i].device == virtual_device(placement->host))
			return i;
	}
	return -ENOENT;
}

static int virtual_find_empty(const struct pciback_topology *topology)
{
	unsigned int i;

	for (i = 0; i < PCIBACK_VIRTUAL_SLOTS; i++)
		if (!topology->slots[i].used)
			return i;
	return -ENOSPC;
}

static bool virtual_is_free(const struct pciback_topology *topology,
			    unsigned int slot, u8 func)
{
	return !(topology->slots[slot].used & 1 << func);
}

/*
 * Its number in the slot it is wished for, or -EBUSY. Alone, it is function 0, whatever it
 * is on the host: the one that guests look for. Siblings have the host's numbers, or if
 * one has come alone before the others, what is free.
 */
static int virtual_wished_func(const struct pciback_topology *topology,
			       const struct pciback_placement *placement)
{
	u8 own = pciback_bdf_func(placement->host), func = placement->wish & 7;
	unsigned int slot = placement->wish >> 3;
	bool is_others = topology->slots[slot].used &&
		topology->slots[slot].device != virtual_device(placement->host);

	if (func || is_others)
		return virtual_is_free(topology, slot, func) ? func : -EBUSY;
	if (!placement->has_siblings && virtual_is_free(topology, slot, 0))
		return 0;
	if (virtual_is_free(topology, slot, own))
		return own;
	while (func < 8 && !virtual_is_free(topology, slot, func))
		func++;
	return func < 8 ? func : -EBUSY;
}

/*
 * Finds a place and takes it. The slot that is wished for is granted or refused, never
 * replaced. Returns 0, -EBUSY (the wished place is taken), -EINVAL (no such place) or
 * -ENOSPC.
 */
int pciback_topology_virtual_place(struct pciback_topology *topology,
				   const struct pciback_placement *placement,
				   struct pciback_bdf *guest)
{
	int func = pciback_bdf_func(placement->host), slot;

	if (placement->wish != PCIBACK_ANY_DEVFN) {
		if (placement->wish < 0 || placement->wish > 0xff)
			return -EINVAL;
		slot = placement->wish >> 3;
		func = virtual_wished_func(topology, placement);
		if (func < 0)
			return func;
	} else {
		slot = virtual_find_siblings(topology, placement);
		if (slot < 0)
			slot = virtual_find_empty(topology);
		if (slot < 0)
			return slot;
	}
	virtual_take(topology, slot, func, placement, guest);
	return 0;
}

void pciback_topology_virtual_unplace(struct pciback_topology *topology,
				      struct pciback_bdf guest)
{
	unsigned int slot = guest.bus * 32 + pciback_bdf_slot(guest);

	if (slot < PCIBACK_VIRTUAL_SLOTS)
		topology->slots[slot].used &= ~(1 << pciback_bdf_func(guest));
}
