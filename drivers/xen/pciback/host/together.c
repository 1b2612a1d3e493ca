// SPDX-License-Identifier: GPL-2.0
/*
 * together - who shares a requester id with whom
 *
 * What is behind a PCIe-to-PCI bridge sends the bridge's, what has phantom functions or
 * is known to err sends others than its own: the PCI core knows these. Xen may know more,
 * by its firmware tables. Two functions are together if any id of the one is one of the
 * other's: whose IOMMU context that id is in can only be one domain's.
 */
#include <linux/kernel.h>
#include <linux/pci.h>
#include <linux/seq_buf.h>
#include <xen/xenbus.h>

#include "../core/party.h"
#include "../core/reason.h"
#include "../fn/function.h"
#include "../fn/requester.h"
#include "../fn/tenant.h"
#include "../fn/xen.h"
#include "hide.h"
#include "owner.h"
#include "registry.h"
#include "together.h"

struct together_search {
	struct pci_dev *other;
	u32 id;
};

static bool together_is_id(u32 id, void *data)
{
	const struct together_search *search = data;

	return id == search->id;
}

static bool together_has_id(u32 id, void *data)
{
	struct together_search *search = data;

	search->id = id;
	return pciback_requester_each(search->other, together_is_id, search);
}

static bool together_says_xen(const struct pciback_fn *fn, struct pci_dev *other)
{
	u32 id = pciback_bdf_key(pciback_fn_bdf(other));
	unsigned int i;

	for (i = 0; i < fn->ngroup; i++)
		if (fn->group[i] == id)
			return true;
	return false;
}

/* Bridges send nothing of their own. */
static bool together_is_member(struct pciback_fn *fn, struct pci_dev *other)
{
	struct together_search search = { .other = other };

	if (other == fn->dev || other->hdr_type != PCI_HEADER_TYPE_NORMAL)
		return false;
	if (together_says_xen(fn, other))
		return true;
	/* What another takes for its own by error is on its bus, what by a bridge, behind that. */
	if (other->bus != fn->dev->bus && !pciback_requester_has_alias(fn->dev))
		return false;
	return pciback_requester_each(fn->dev, together_has_id, &search);
}

/* Are @a and @b, which are together, so by what is above their bus, and by that alone? */
bool pciback_together_by_bus(const struct pci_dev *a, const struct pci_dev *b)
{
	return a->bus == b->bus && !a->dma_alias_mask && !b->dma_alias_mask;
}

/* A stub domain serves the guest it was made for, and has nothing without that. */
u16 pciback_together_principal(u16 domid)
{
	unsigned int target;
	char path[24];

	snprintf(path, sizeof(path), "/local/domain/%u", domid);
	if (xenbus_scanf(XBT_NIL, path, "target", "%u", &target) != 1 ||
	    target >= DOMID_FIRST_RESERVED)
		return domid;
	return target;
}

/* One that we hold. */
static void together_ask_fn(struct pciback_fn *fn, struct pciback_member *member)
{
	int domid;

	mutex_lock(&fn->lock);
	member->leaving = fn->tenant && READ_ONCE(fn->tenant->leaving);
	mutex_unlock(&fn->lock);
	domid = pciback_owner(fn);
	if (domid == PCIBACK_OWNER_NONE)
		return;
	if (domid == PCIBACK_OWNER_UNKNOWN) {
		member->holder = PCIBACK_HOLDER_UNKNOWN;
		return;
	}
	member->holder = PCIBACK_HOLDER_GUEST;
	member->domid = pciback_together_principal(domid);
}

/* Does a driver of dom0 have @dev do DMA for dom0? */
static bool together_is_dom0s(struct pci_dev *dev)
{
	struct device_driver *driver = READ_ONCE(dev->dev.driver);

	return driver && !to_pci_driver(driver)->driver_managed_dma;
}

/* Who has @dev? May sleep. */
void pciback_together_ask(struct pci_dev *dev, struct pciback_member *member)
{
	struct pciback_fn *fn;

	*member = (struct pciback_member){ .bdf = pciback_fn_bdf(dev) };
	fn = pciback_registry_find(member->bdf);
	if (fn) {
		together_ask_fn(fn, member);
		pciback_fn_put(fn);
	} else if (together_is_dom0s(dev)) {
		member->holder = PCIBACK_HOLDER_DOM0;
	} else if (pciback_xen_is_guests(member->bdf)) {
		/* Let go of by us, and it may still reach it. */
		member->holder = PCIBACK_HOLDER_UNKNOWN;
	}
}

/* Where no IOMMU is, there is nothing that could be told apart. */
static void together_judge(struct pciback_fn *fn, struct pciback_party *party)
{
	struct pci_dev *dev = NULL;
	struct pciback_member member;

	if (!fn->has_iommu ||
	    pciback_hide_force(fn->dev) &
	    PCIBACK_REASON_BIT(PCIBACK_REASON_SHARED_DMA))
		return;
	for_each_pci_dev(dev) {
		if (!together_is_member(fn, dev))
			continue;
		pciback_together_ask(dev, &member);
		pciback_party_meet(party, &member);
	}
}

static void together_judge_guest(struct pciback_fn *fn, u16 domid,
				 struct pciback_party *party)
{
	*party = (struct pciback_party){
		.holder = PCIBACK_HOLDER_GUEST,
		.domid = pciback_together_principal(domid),
	};
	together_judge(fn, party);
}

/*
 * May the guest have @fn, as far as those are concerned that share its requester id? May
 * sleep. Returns 0, -EXDEV (somebody else has one of them) or -EAGAIN (not any more soon).
 */
int pciback_together_for_guest(struct pciback_fn *fn, u16 domid)
{
	struct pciback_party party;

	together_judge_guest(fn, domid, &party);
	return party.answer;
}

/* The same for a driver of dom0. */
int pciback_together_for_dom0(struct pciback_fn *fn)
{
	struct pciback_party party = { .holder = PCIBACK_HOLDER_DOM0 };

	together_judge(fn, &party);
	return party.answer;
}

/* Who have those that share a requester id with @fn? A bit for each enum pciback_holder. */
static u32 together_holders(struct pciback_fn *fn)
{
	struct pci_dev *dev = NULL;
	struct pciback_member member;
	u32 holders = 0;

	for_each_pci_dev(dev) {
		if (!together_is_member(fn, dev))
			continue;
		pciback_together_ask(dev, &member);
		holders |= 1u << member.holder;
	}
	return holders;
}

/* Has neither dom0 nor a guest any of them? May sleep. */
bool pciback_together_is_free(struct pciback_fn *fn)
{
	return !(together_holders(fn) & ~(1u << PCIBACK_HOLDER_NOBODY));
}

/* Does a driver of dom0 run any of them? May sleep. */
bool pciback_together_is_dom0s(struct pciback_fn *fn)
{
	return together_holders(fn) & 1u << PCIBACK_HOLDER_DOM0;
}

/* Calls @visit for each function that is ours and shares its requester id with @dev. */
void pciback_together_each_of_ours(struct pci_dev *dev,
				   void (*visit)(struct pciback_fn *fn, void *data),
				   void *data)
{
	struct pciback_fn *fn;
	unsigned long key;

	for (key = 0; (fn = pciback_registry_next(&key)); key++) {
		if (together_is_member(fn, dev))
			visit(fn, data);
		pciback_fn_put(fn);
	}
}

void pciback_together_say_holder(const struct pciback_member *member, struct seq_buf *s)
{
	switch (member->holder) {
	case PCIBACK_HOLDER_NOBODY:
		seq_buf_printf(s, "nobody");
		break;
	case PCIBACK_HOLDER_DOM0:
		seq_buf_printf(s, "dom0");
		break;
	case PCIBACK_HOLDER_GUEST:
		seq_buf_printf(s, "domain %u", member->domid);
		break;
	case PCIBACK_HOLDER_UNKNOWN:
		seq_buf_printf(s, "a domain");
		break;
	}
}

/* Why the guest may not have the function at @bdf, in words. May sleep. */
void pciback_together_why(struct pciback_bdf bdf, u16 domid,
			  char why[PCIBACK_TOGETHER_WHY])
{
	struct pciback_fn *fn = pciback_registry_find(bdf);
	struct pciback_party party = { };
	char text[PCIBACK_BDF_STRLEN];
	struct seq_buf s;

	seq_buf_init(&s, why, PCIBACK_TOGETHER_WHY);
	seq_buf_printf(&s, "shares its requester id");
	if (fn)
		together_judge_guest(fn, domid, &party);
	if (party.answer) {
		pciback_bdf_format(party.why.bdf, text);
		seq_buf_printf(&s, " with %s of ", text);
		pciback_together_say_holder(&party.why, &s);
	}
	if (fn)
		pciback_fn_put(fn);
}

/* A line for each of them: its address, and who has it. May sleep. */
void pciback_together_show(struct pciback_fn *fn, struct seq_buf *s)
{
	char text[PCIBACK_BDF_STRLEN];
	struct pci_dev *dev = NULL;
	struct pciback_member member;

	for_each_pci_dev(dev) {
		if (!together_is_member(fn, dev))
			continue;
		pciback_together_ask(dev, &member);
		pciback_bdf_format(member.bdf, text);
		seq_buf_printf(s, "%s ", text);
		pciback_together_say_holder(&member, s);
		seq_buf_printf(s, "\n");
	}
}
