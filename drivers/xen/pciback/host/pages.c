// SPDX-License-Identifier: GPL-2.0
/*
 * pages - who has registers in one page of memory with whom
 *
 * A guest maps whole pages. Where BARs are smaller, the kernel or firmware may have put
 * those of two functions into one: who has one of them reaches the other. The kernel can be
 * told to part them.
 */
#include <linux/align.h>
#include <linux/ioport.h>
#include <linux/pci.h>
#include <linux/seq_buf.h>
#include <xen/page.h>

#include "../core/party.h"
#include "../fn/bars.h"
#include "../fn/function.h"
#include "../fn/tenant.h"
#include "pages.h"
#include "together.h"

/* One that shares a page, with which of our BARs, and who has it. */
struct pages_neighbour {
	int bar;
	struct pciback_member member;
};

typedef void (*pages_visit)(struct pciback_fn *fn,
			    const struct pages_neighbour *neighbour, void *data);

static bool pages_is_memory(const struct pci_dev *dev, int bar)
{
	return dev->resource[bar].flags & IORESOURCE_MEM &&
	       pciback_bars_is_placed(dev, bar);
}

static bool pages_meet(const struct resource *one, const struct resource *two)
{
	return ALIGN_DOWN(one->start, XEN_PAGE_SIZE) <= ALIGN_DOWN(two->end, XEN_PAGE_SIZE) &&
	       ALIGN_DOWN(two->start, XEN_PAGE_SIZE) <= ALIGN_DOWN(one->end, XEN_PAGE_SIZE);
}

/* The first BAR of @dev that has a page with one of @other, or -1. */
static int pages_shared_bar(const struct pci_dev *dev, const struct pci_dev *other)
{
	int bar, its;

	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		if (!pages_is_memory(dev, bar))
			continue;
		for (its = 0; its < PCI_STD_NUM_BARS; its++)
			if (pages_is_memory(other, its) &&
			    pages_meet(&dev->resource[bar], &other->resource[its]))
				return bar;
	}
	return -1;
}

static void pages_each(struct pciback_fn *fn, pages_visit visit, void *data)
{
	struct pages_neighbour neighbour;
	struct pci_dev *other = NULL;

	for_each_pci_dev(other) {
		if (other == fn->dev)
			continue;
		neighbour.bar = pages_shared_bar(fn->dev, other);
		if (neighbour.bar < 0)
			continue;
		pciback_together_ask(other, &neighbour.member);
		visit(fn, &neighbour, data);
	}
}

static void pages_say(struct pciback_fn *fn, const struct pages_neighbour *neighbour,
		      void *data)
{
	char text[PCIBACK_BDF_STRLEN];
	struct seq_buf *s = data;

	pciback_bdf_format(neighbour->member.bdf, text);
	seq_buf_printf(s, "BAR %d %s ", neighbour->bar, text);
	pciback_together_say_holder(&neighbour->member, s);
	seq_buf_printf(s, "\n");
}

/* A line for each: which BAR, the other's address, and who has it. May sleep. */
void pciback_pages_show(struct pciback_fn *fn, struct seq_buf *s)
{
	pages_each(fn, pages_say, s);
}

static void pages_warn_of(struct pciback_fn *fn, const struct pages_neighbour *neighbour,
			  void *data)
{
	const struct pciback_member *member = &neighbour->member;
	char text[PCIBACK_BDF_STRLEN], holder[24];
	const u16 *domid = data;
	struct seq_buf s;

	if (member->holder == PCIBACK_HOLDER_NOBODY ||
	    (member->holder == PCIBACK_HOLDER_GUEST && member->domid == *domid) ||
	    !pciback_tenant_may_log(fn->tenant))
		return;
	pciback_bdf_format(member->bdf, text);
	seq_buf_init(&s, holder, sizeof(holder));
	pciback_together_say_holder(member, &s);
	pci_warn(fn->dev, "BAR %d is in one page with %s of %.*s, which its guest reaches, too; pci=resource_alignment=%d@%s parts them\n",
		 neighbour->bar, text, (int)seq_buf_used(&s), holder, XEN_PAGE_SHIFT,
		 pci_name(fn->dev));
}

/*
 * Says whose functions the guest that has @fn can reach beside its own. Caller: the
 * guest's lock. May sleep.
 */
void pciback_pages_warn(struct pciback_fn *fn)
{
	u16 domid = pciback_together_principal(fn->tenant->domid);

	pages_each(fn, pages_warn_of, &domid);
}
