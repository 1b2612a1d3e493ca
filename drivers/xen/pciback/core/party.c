// SPDX-License-Identifier: GPL-2.0
/*
 * party - judges one member after the other
 *
 * Pure: no state, no allocation, any context.
 */
#include <linux/errno.h>
#include <linux/types.h>

#include "party.h"

static int party_judge(const struct pciback_party *party,
		       const struct pciback_member *member)
{
	if (member->holder == PCIBACK_HOLDER_NOBODY)
		return 0;
	if (member->holder == party->holder &&
	    (party->holder == PCIBACK_HOLDER_DOM0 || party->domid == member->domid))
		return 0;
	return member->leaving ? -EAGAIN : -EXDEV;
}

/*
 * Takes @member into account: @party->answer is 0 (it may), -EAGAIN (not yet: who has
 * one is leaving) or -EXDEV (somebody else has one), the last of these coming first.
 */
void pciback_party_meet(struct pciback_party *party,
			const struct pciback_member *member)
{
	int answer = party_judge(party, member);

	if (!answer || party->answer == -EXDEV || party->answer == answer)
		return;
	party->answer = answer;
	party->why = *member;
}
