/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tenant - what a function knows of the domain that has it: its number, and its
 * share of the log
 */
#ifndef PCIBACK_FN_TENANT_H
#define PCIBACK_FN_TENANT_H

#include <linux/ratelimit_types.h>
#include <linux/types.h>

struct pciback_tenant {
	u16 domid;
	bool leaving;			/* what it has will be free soon */
	struct ratelimit_state log;	/* pciback_tenant_may_log() */
};

void pciback_tenant_init(struct pciback_tenant *tenant, u16 domid);
bool pciback_tenant_may_log(struct pciback_tenant *tenant);

#endif
