/* SPDX-License-Identifier: GPL-2.0 */
/*
 * selector - which functions the administrator means
 *
 * The grammar of the hide= parameter and of new_slot: any number of tokens, each in
 * its own parentheses, or in parentheses separated by commas, or with none, separated
 * by commas or white space. Between tokens both may stand anywhere.
 *
 *	(DDDD:BB:SS.F) (BB:SS.F)	an address; F may be '*', and so may SS
 *					and F together ("*.*", or one '*')
 *	(id=VVVV:DDDD[:SVSV:SDSD])	vendor and device, optionally subsystem
 *	(class=CC[SS[PP]])		base class, sub class, interface
 *	(path=DDDD:BB:SS.F/SS.F...)	a root port and the way down from it,
 *					which bus renumbering does not change; or
 *					DDDD_BB_SS.F-00_SS.F..., as Qubes has it
 *
 * The last thing in parentheses may be " force=REASON[,REASON...]": what else would
 * have kept what they name from being taken, or given.
 *
 * Numbers are hexadecimal; white space and 0x may stand before each. Words may be
 * in capitals.
 *
 * A token that cannot be read never spoils its neighbours.
 */
#ifndef PCIBACK_CORE_SELECTOR_H
#define PCIBACK_CORE_SELECTOR_H

#include <linux/types.h>

#include "bdf.h"

/*
 * Root port, two for each switch, and the function itself: more than a chain of
 * Thunderbolt devices, which are a switch each, can have.
 */
#define PCIBACK_PATH_MAX	32

/* The way to a function: the bus it starts on, then a devfn for each step. */
struct pciback_path {
	u16 domain;
	u8 bus;
	u8 depth;
	u8 devfn[PCIBACK_PATH_MAX];
};

enum pciback_selector_kind {
	PCIBACK_SELECT_NONE = 0,	/* matches nothing */
	PCIBACK_SELECT_BDF,
	PCIBACK_SELECT_ID,
	PCIBACK_SELECT_CLASS,
	PCIBACK_SELECT_PATH,
};

struct pciback_selector {
	enum pciback_selector_kind kind;
	union {
		struct {
			struct pciback_bdf addr;
			u8 devfn_mask;	/* 0xff exact, 0xf8 any function, 0 any */
		} bdf;
		struct {
			u16 vendor, device;
			u16 subvendor, subdevice;
			bool with_subsystem;
		} id;
		struct {
			u32 code;	/* base << 16 | sub << 8 | interface */
			u32 mask;
		} class;
		struct pciback_path path;
	};
};

/* What is known of a function and can be selected by. */
struct pciback_facts {
	struct pciback_bdf bdf;
	u16 vendor, device;
	u16 subvendor, subdevice;
	u32 class;
	struct pciback_path path;	/* depth 0: not known */
};

/* One token of a list, good or bad. */
struct pciback_token {
	const char *text;	/* with its own parentheses; not terminated */
	size_t len;
	struct pciback_selector selector;
	u32 force;		/* PCIBACK_REASON_BIT()s */
	const char *bad;	/* the spot that is wrong; NULL: all is well */
};

/* What is left of a list: { .rest = text } at first. */
struct pciback_list {
	struct xpt_text rest;
	struct xpt_text group;	/* of one pair of parentheses */
	u32 force;		/* and of all in it */
};

int pciback_selector_parse(struct xpt_text *text,
			   struct pciback_selector *selector);
bool pciback_selector_next(struct pciback_list *list,
			   struct pciback_token *token);
bool pciback_selector_match(const struct pciback_selector *selector,
			    const struct pciback_facts *facts);
bool pciback_selector_match_bdf(const struct pciback_selector *selector,
				struct pciback_bdf bdf);
bool pciback_selector_is_name(const struct pciback_selector *selector,
			      const struct pciback_facts *facts);
bool pciback_selector_same(const struct pciback_selector *a,
			   const struct pciback_selector *b);

#endif
