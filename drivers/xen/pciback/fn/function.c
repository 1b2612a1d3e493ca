// SPDX-License-Identifier: GPL-2.0
/*
 * function - made, counted, freed
 */
#include <linux/pci.h>
#include <linux/slab.h>

#include "found.h"
#include "function.h"

struct pciback_bdf pciback_fn_bdf(const struct pci_dev *dev)
{
	return (struct pciback_bdf){
		pci_domain_nr(dev->bus), dev->bus->number, dev->devfn,
	};
}

struct pciback_fn *pciback_fn_get(struct pciback_fn *fn)
{
	kref_get(&fn->ref);
	return fn;
}

static void function_free(struct kref *ref)
{
	struct pciback_fn *fn = container_of(ref, struct pciback_fn, ref);

	kvfree(fn->cfg);
	kfree(fn->saved);
	kvfree(fn->found);
	pci_dev_put(fn->dev);
	kfree(fn);
}

void pciback_fn_put(struct pciback_fn *fn)
{
	kref_put(&fn->ref, function_free);
}

/* A function that is nobody's yet, with a count for the caller; NULL for no memory. */
struct pciback_fn *pciback_fn_create(struct pci_dev *dev)
{
	struct pciback_fn *fn = kzalloc(sizeof(*fn), GFP_KERNEL);

	if (!fn)
		return NULL;
	kref_init(&fn->ref);
	mutex_init(&fn->lock);
	init_waitqueue_head(&fn->changed);
	fn->dev = pci_dev_get(dev);
	fn->bdf = pciback_fn_bdf(dev);
	return fn;
}
