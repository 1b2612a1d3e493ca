// SPDX-License-Identifier: GPL-2.0
/* Who may have a function, while others have what it cannot be told from. */
#include <linux/errno.h>
#include <linux/types.h>

#include "ktap.h"
#include "party.h"

#define MEMBERS	3

struct row {
	const char *name;
	enum pciback_holder holder;
	u16 domid;
	struct pciback_member members[MEMBERS];
	int answer;
	unsigned int why;	/* the member in the way */
};

static const struct row rows[] = {
	{ "nobody has any", PCIBACK_HOLDER_GUEST, 3, { }, 0 },
	{ "the guest has them", PCIBACK_HOLDER_GUEST, 3,
	  { { .holder = PCIBACK_HOLDER_GUEST, .domid = 3 },
	    { .holder = PCIBACK_HOLDER_GUEST, .domid = 3 } }, 0 },
	{ "another guest has one", PCIBACK_HOLDER_GUEST, 3,
	  { { .holder = PCIBACK_HOLDER_GUEST, .domid = 3 },
	    { .holder = PCIBACK_HOLDER_GUEST, .domid = 4 } }, -EXDEV, 1 },
	{ "another guest has one, and the first says so", PCIBACK_HOLDER_GUEST, 3,
	  { { .holder = PCIBACK_HOLDER_GUEST, .domid = 5 },
	    { .holder = PCIBACK_HOLDER_GUEST, .domid = 4 } }, -EXDEV, 0 },
	{ "another guest is leaving", PCIBACK_HOLDER_GUEST, 3,
	  { { .holder = PCIBACK_HOLDER_GUEST, .domid = 4, .leaving = true } }, -EAGAIN, 0 },
	{ "one is leaving, one stays", PCIBACK_HOLDER_GUEST, 3,
	  { { .holder = PCIBACK_HOLDER_GUEST, .domid = 4, .leaving = true },
	    { },
	    { .holder = PCIBACK_HOLDER_GUEST, .domid = 5 } }, -EXDEV, 2 },
	{ "one stays, one is leaving", PCIBACK_HOLDER_GUEST, 3,
	  { { .holder = PCIBACK_HOLDER_GUEST, .domid = 5 },
	    { .holder = PCIBACK_HOLDER_GUEST, .domid = 4, .leaving = true } }, -EXDEV, 0 },
	{ "the guest itself is leaving", PCIBACK_HOLDER_GUEST, 3,
	  { { .holder = PCIBACK_HOLDER_GUEST, .domid = 3, .leaving = true } }, 0 },
	{ "dom0's driver has one", PCIBACK_HOLDER_GUEST, 3,
	  { { .holder = PCIBACK_HOLDER_DOM0 } }, -EXDEV, 0 },
	{ "dom0's driver has one, and the guest is number 0", PCIBACK_HOLDER_GUEST, 0,
	  { { .holder = PCIBACK_HOLDER_DOM0 } }, -EXDEV, 0 },
	{ "somebody has one", PCIBACK_HOLDER_GUEST, 0,
	  { { .holder = PCIBACK_HOLDER_UNKNOWN } }, -EXDEV, 0 },
	{ "dom0 wants what it has the others of", PCIBACK_HOLDER_DOM0, 0,
	  { { .holder = PCIBACK_HOLDER_DOM0 }, { .holder = PCIBACK_HOLDER_DOM0 } }, 0 },
	{ "dom0 wants one, a guest has the other", PCIBACK_HOLDER_DOM0, 0,
	  { { .holder = PCIBACK_HOLDER_DOM0 }, { .holder = PCIBACK_HOLDER_GUEST } },
	  -EXDEV, 1 },
	{ "dom0 wants one, somebody has the other", PCIBACK_HOLDER_DOM0, 0,
	  { { .holder = PCIBACK_HOLDER_UNKNOWN } }, -EXDEV, 0 },
};

static void judges_all_members(void)
{
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct pciback_party party = {
			.holder = rows[i].holder,
			.domid = rows[i].domid,
		};

		KTAP_ROW("%s", rows[i].name);
		for (n = 0; n < MEMBERS; n++) {
			struct pciback_member member = rows[i].members[n];

			member.bdf.devfn = n;
			pciback_party_meet(&party, &member);
		}
		EXPECT_EQ(party.answer, rows[i].answer);
		if (party.answer)
			EXPECT_EQ(party.why.bdf.devfn, rows[i].why);
	}
}

KTAP_ROOM(KTAP_CASE(judges_all_members));
