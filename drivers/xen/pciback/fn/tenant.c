// SPDX-License-Identifier: GPL-2.0
/*
 * tenant - how much of the log one domain can have written
 */
#include <linux/jiffies.h>
#include <linux/ratelimit.h>

#include "tenant.h"

/* Lines, in an interval. */
#define TENANT_LOG_INTERVAL	(60 * HZ)
#define TENANT_LOG_LINES	20

void pciback_tenant_init(struct pciback_tenant *tenant, u16 domid)
{
	tenant->domid = domid;
	tenant->leaving = false;
	ratelimit_state_init(&tenant->log, TENANT_LOG_INTERVAL, TENANT_LOG_LINES);
}

/*
 * Before each message that the guest can bring about as often as it likes: all
 * of them share its part of the log, and another guest's is not touched. Any
 * context.
 */
bool pciback_tenant_may_log(struct pciback_tenant *tenant)
{
	return __ratelimit(&tenant->log);
}
