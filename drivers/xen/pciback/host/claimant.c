// SPDX-License-Identifier: GPL-2.0
/*
 * claimant - whoever has functions, or waits for one
 */
#include <linux/container_of.h>
#include <linux/list.h>
#include <linux/mutex.h>

#include "../fn/function.h"
#include "claimant.h"

/* All there are: any of them may be waiting for a function to become free. */
static LIST_HEAD(claimant_list);
static DEFINE_MUTEX(claimant_lock);

void pciback_claimant_init(struct pciback_claimant *claimant,
			   const struct pciback_claimant_ops *ops, u16 domid)
{
	claimant->ops = ops;
	WRITE_ONCE(claimant->is_mute, false);
	pciback_tenant_init(&claimant->tenant, domid);
}

void pciback_claimant_add(struct pciback_claimant *claimant)
{
	mutex_lock(&claimant_lock);
	list_add_tail(&claimant->node, &claimant_list);
	mutex_unlock(&claimant_lock);
}

void pciback_claimant_del(struct pciback_claimant *claimant)
{
	mutex_lock(&claimant_lock);
	list_del(&claimant->node);
	mutex_unlock(&claimant_lock);
}

/* A function became free: everybody who may have waited for it tries again. */
void pciback_claimant_retry_all(void)
{
	struct pciback_claimant *claimant;

	mutex_lock(&claimant_lock);
	list_for_each_entry(claimant, &claimant_list, node)
		claimant->ops->retry(claimant);
	mutex_unlock(&claimant_lock);
}

/* Who has @fn, counted, or NULL. The caller puts it. May sleep. */
struct pciback_claimant *pciback_claimant_of(struct pciback_fn *fn)
{
	struct pciback_claimant *claimant = NULL;

	mutex_lock(&fn->lock);
	if (fn->tenant) {
		claimant = container_of(fn->tenant, struct pciback_claimant, tenant);
		claimant->ops->get(claimant);
	}
	mutex_unlock(&fn->lock);
	return claimant;
}
