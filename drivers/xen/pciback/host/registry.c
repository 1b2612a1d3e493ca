// SPDX-License-Identifier: GPL-2.0
/*
 * registry - the index of seized functions
 */
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/xarray.h>

#include "claim.h"
#include "function.h"
#include "registry.h"

/* By pciback_bdf_key(). Its own lock covers a look-up and the count taken. */
static DEFINE_XARRAY(registry_functions);

/* Guests that may be waiting for a function to become free. */
static LIST_HEAD(registry_claims);
static DEFINE_MUTEX(registry_claims_lock);

/*
 * Adds @fn; the caller's count goes over to the index. May sleep.
 * Returns 0, -EBUSY or -ENOMEM.
 */
int pciback_registry_add(struct pciback_fn *fn)
{
	return xa_insert(&registry_functions, pciback_bdf_key(fn->bdf), fn,
			 GFP_KERNEL);
}

/* Takes @fn off the index; the count goes over to the caller. */
void pciback_registry_del(struct pciback_fn *fn)
{
	xa_erase(&registry_functions, pciback_bdf_key(fn->bdf));
}

/* Returns the function at @bdf with a count for the caller, or NULL. */
struct pciback_fn *pciback_registry_find(struct pciback_bdf bdf)
{
	struct pciback_fn *fn;

	xa_lock(&registry_functions);
	fn = xa_load(&registry_functions, pciback_bdf_key(bdf));
	if (fn)
		pciback_fn_get(fn);
	xa_unlock(&registry_functions);
	return fn;
}

/*
 * Walks the index in order of address. Start with *@key 0 and add one after
 * each call. Returns the function at or after *@key with a count for the
 * caller, or NULL at the end.
 */
struct pciback_fn *pciback_registry_next(unsigned long *key)
{
	struct pciback_fn *fn;

	xa_lock(&registry_functions);
	fn = xa_find(&registry_functions, key, ULONG_MAX, XA_PRESENT);
	if (fn)
		pciback_fn_get(fn);
	xa_unlock(&registry_functions);
	return fn;
}

void pciback_registry_add_claim(struct pciback_claim *claim)
{
	mutex_lock(&registry_claims_lock);
	list_add_tail(&claim->node, &registry_claims);
	mutex_unlock(&registry_claims_lock);
}

void pciback_registry_del_claim(struct pciback_claim *claim)
{
	mutex_lock(&registry_claims_lock);
	list_del(&claim->node);
	mutex_unlock(&registry_claims_lock);
}

/* A function became free: everybody who may have waited for it tries again. */
void pciback_registry_retry_all(void)
{
	struct pciback_claim *claim;

	mutex_lock(&registry_claims_lock);
	list_for_each_entry(claim, &registry_claims, node)
		claim->ops->retry(claim);
	mutex_unlock(&registry_claims_lock);
}
