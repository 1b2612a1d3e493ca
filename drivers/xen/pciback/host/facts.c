// SPDX-License-Identifier: GPL-2.0
/*
 * facts - what selectors can ask of a device
 */
#include <linux/minmax.h>
#include <linux/pci.h>

#include "../core/bdf.h"
#include "../core/selector.h"
#include "../fn/function.h"
#include "facts.h"

/* The way down to @dev from its root bus; depth 0 where it is too long. */
static void facts_path(struct pci_dev *dev, struct pciback_path *path)
{
	struct pci_dev *at;
	u8 depth = 0, i;

	for (at = dev; at; at = pci_upstream_bridge(at)) {
		if (depth == PCIBACK_PATH_MAX)
			return;
		path->domain = pci_domain_nr(at->bus);
		path->bus = at->bus->number;
		path->devfn[depth++] = at->devfn;
	}
	path->depth = depth;
	for (i = 0; i < depth / 2; i++)
		swap(path->devfn[i], path->devfn[depth - 1 - i]);
}

/* Any context that may look at @dev, which stays as it is for the caller. */
void pciback_facts_of(struct pci_dev *dev, struct pciback_facts *facts)
{
	*facts = (struct pciback_facts){
		.bdf = pciback_fn_bdf(dev),
		.vendor = dev->vendor,
		.device = dev->device,
		.subvendor = dev->subsystem_vendor,
		.subdevice = dev->subsystem_device,
		.class = dev->class,
	};
	facts_path(dev, &facts->path);
}

/* Does @selector name @dev? An address names also all that is behind a bridge. */
bool pciback_facts_match(const struct pciback_selector *selector,
			 struct pci_dev *dev, const struct pciback_facts *facts)
{
	struct pci_dev *up;

	if (pciback_selector_match(selector, facts))
		return true;
	for (up = pci_upstream_bridge(dev); up; up = pci_upstream_bridge(up))
		if (pciback_selector_match_bdf(selector, pciback_fn_bdf(up)))
			return true;
	return false;
}
