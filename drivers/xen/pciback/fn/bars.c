// SPDX-License-Identifier: GPL-2.0
/*
 * bars - the regions of a function, as the host has placed them
 *
 * Bridges have a few kilobytes of I/O addresses between them, and some have none: a BAR
 * behind those stays without. Most functions with such a BAR have all they need in memory.
 */
#include <linux/ioport.h>
#include <linux/pci.h>
#include <linux/seq_buf.h>

#include "bars.h"

/* Does the PCI core decode @bar, if it is told to? */
bool pciback_bars_is_placed(const struct pci_dev *dev, int bar)
{
	return dev->resource[bar].parent &&
	       !(dev->resource[bar].flags & IORESOURCE_UNSET);
}

/*
 * Names in @names the BARs of @kind, IORESOURCE_IO or IORESOURCE_MEM, that have no address.
 * Any context. Returns whether there are any.
 */
bool pciback_bars_unplaced(const struct pci_dev *dev, unsigned long kind,
			   char names[PCIBACK_BARS_STRLEN])
{
	struct seq_buf s;
	int bar;

	names[0] = '\0';
	seq_buf_init(&s, names, PCIBACK_BARS_STRLEN);
	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		if (dev->resource[bar].flags & kind &&
		    !pciback_bars_is_placed(dev, bar))
			seq_buf_printf(&s, "%s %d", *names ? "," : "BAR", bar);
	return *names;
}
