// SPDX-License-Identifier: GPL-2.0
/*
 * registry - the index of seized functions
 */
#include <linux/err.h>
#include <linux/xarray.h>

#include "../fn/function.h"
#include "registry.h"

/* By pciback_bdf_key(). Its own lock covers a look-up and the count taken. */
static DEFINE_XARRAY(registry_functions);

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

/* Is the function at @bdf ours? Any context. */
bool pciback_registry_has(struct pciback_bdf bdf)
{
	return xa_load(&registry_functions, pciback_bdf_key(bdf));
}

/*
 * pciback_registry_find() for the address that is all of @line. Returns an
 * ERR_PTR: -EINVAL or -ENODEV.
 */
struct pciback_fn *pciback_registry_find_line(const char *line, size_t count)
{
	struct pciback_bdf bdf;

	if (pciback_bdf_parse_line(line, count, &bdf))
		return ERR_PTR(-EINVAL);
	return pciback_registry_find(bdf) ?: ERR_PTR(-ENODEV);
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
