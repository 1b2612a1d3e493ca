/* SPDX-License-Identifier: GPL-2.0 */
/*
 * party - functions that an IOMMU cannot tell apart, and who may have one of them
 *
 * They send the same requester id, and what sends it is looked after for one domain
 * only: whose any of them is, can have the others, and nobody else.
 */
#ifndef PCIBACK_CORE_PARTY_H
#define PCIBACK_CORE_PARTY_H

#include <linux/types.h>

#include "bdf.h"

enum pciback_holder {
	PCIBACK_HOLDER_NOBODY = 0,
	PCIBACK_HOLDER_DOM0,		/* a driver of its own runs it */
	PCIBACK_HOLDER_GUEST,
	PCIBACK_HOLDER_UNKNOWN,		/* a guest, and nobody says which */
};

/* One of them, and who has it. */
struct pciback_member {
	struct pciback_bdf bdf;
	enum pciback_holder holder;
	u16 domid;			/* the guest's */
	bool leaving;			/* it will be nobody's soon */
};

/* A question: may this domain have one of them? */
struct pciback_party {
	enum pciback_holder holder;	/* who asks: a guest, or dom0 */
	u16 domid;
	int answer;			/* so far; see pciback_party_meet() */
	struct pciback_member why;	/* who is in the way, where that is not 0 */
};

void pciback_party_meet(struct pciback_party *party,
			const struct pciback_member *member);

#endif
