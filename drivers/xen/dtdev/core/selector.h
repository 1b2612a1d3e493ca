/* SPDX-License-Identifier: GPL-2.0 */
/*
 * selector - which nodes the administrator means
 *
 * The grammar of the hide= parameter and of new_node: any number of tokens,
 * each in its own parentheses, white space between them allowed.
 *
 *	(/soc/ethernet@fff51000)	a path
 *	(serial1)  (i2c0/rtc@68)	an alias, and a path below it
 *	(compatible=calxeda,hb-xgmac)	all nodes that are compatible
 *
 * each of them followed, if need be, by " force=REASON[,REASON...]": what else
 * would have kept the node from being taken. A token that cannot be read never
 * spoils its neighbours.
 */
#ifndef DTDEV_CORE_SELECTOR_H
#define DTDEV_CORE_SELECTOR_H

#include <linux/types.h>
#include <xen/xpt_text.h>

#define DTDEV_NAME_MAX	256	/* of a path or alias, without a zero */

enum dtdev_selector_kind {
	DTDEV_SELECT_NONE = 0,	/* matches nothing */
	DTDEV_SELECT_PATH,	/* also an alias */
	DTDEV_SELECT_COMPATIBLE,
};

struct dtdev_selector {
	enum dtdev_selector_kind kind;
	const char *name;	/* within the text; not terminated */
	size_t len;
	u32 force;		/* DTDEV_REASON_BIT()s */
};

/* One token of a list, good or bad. */
struct dtdev_token {
	const char *text;	/* from its '(' on; not terminated */
	size_t len;
	struct dtdev_selector selector;
	const char *bad;	/* the spot that is wrong; NULL: all is well */
};

int dtdev_selector_parse(struct xpt_text *text,
			 struct dtdev_selector *selector);
bool dtdev_selector_next(struct xpt_text *list, struct dtdev_token *token);

#endif
