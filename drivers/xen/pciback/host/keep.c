// SPDX-License-Identifier: GPL-2.0
/*
 * keep - what had better stay with dom0, whoever asks for it
 *
 * What dom0 lives on, by what its drivers have made of the function or of what is
 * behind it; and the bridges that make the machine, unless somebody names the very one.
 * A driver that was unbound before we were asked has made nothing any more.
 */
#include <linux/delay.h>
#include <linux/pci.h>
#include <linux/seq_buf.h>

#include "../../common/lifeline.h"
#include "../core/reason.h"
#include "keep.h"

struct keep_look {
	struct pciback_keep *keep;
	struct seq_buf text;
	u32 force;
};

/* Of several with the same reason the first stands for all. */
static void keep_add(struct keep_look *look, enum pciback_reason reason,
		     const char *name)
{
	u32 bit = PCIBACK_REASON_BIT(reason);

	if ((look->force | look->keep->reasons) & bit)
		return;
	seq_buf_printf(&look->text, "%s%s%s%s", look->keep->reasons ? "; " : "",
		       pciback_reason_name(reason), name ? " " : "", name ?: "");
	look->keep->reasons |= bit;
}

static void keep_lifeline(enum xpt_lifeline kind, const char *name, void *data)
{
	static const enum pciback_reason reasons[] = {
		[XPT_LIFELINE_CONSOLE] = PCIBACK_REASON_CONSOLE,
		[XPT_LIFELINE_DISK] = PCIBACK_REASON_STORAGE,
		[XPT_LIFELINE_NETWORK] = PCIBACK_REASON_NETWORK,
		[XPT_LIFELINE_WATCHDOG] = PCIBACK_REASON_WATCHDOG,
	};

	keep_add(data, reasons[kind], name);
}

/* Fills @keep with the reasons against taking @dev that @force does not have. May sleep. */
void pciback_keep_look(struct pci_dev *dev, u32 force, struct pciback_keep *keep)
{
	struct keep_look look = { .keep = keep, .force = force };
	u32 class = pciback_reason_of_class(dev->class);
	unsigned int i;

	*keep = (struct pciback_keep){ };
	seq_buf_init(&look.text, keep->text, sizeof(keep->text));
	for (i = 0; i < PCIBACK_REASONS; i++)
		if (class & PCIBACK_REASON_BIT(i))
			keep_add(&look, i, NULL);
	xpt_lifeline_below(&dev->dev, keep_lifeline, &look);
	keep->text[sizeof(keep->text) - 1] = '\0';
}

/* How often a disk is looked at that somebody has open, and how long between, in ms. */
#define KEEP_TRIES	20
#define KEEP_PAUSE	50

/*
 * Is there a reason against taking @dev? A disk that was found just now is opened for a
 * moment by who looks what is on it: that is waited for. May sleep for a second.
 */
bool pciback_keep_patiently(struct pci_dev *dev, u32 force)
{
	unsigned int tries = KEEP_TRIES;
	struct pciback_keep keep;

	for (;;) {
		pciback_keep_look(dev, force, &keep);
		if (keep.reasons != PCIBACK_REASON_BIT(PCIBACK_REASON_STORAGE) ||
		    !--tries)
			return keep.reasons;
		msleep(KEEP_PAUSE);
	}
}
