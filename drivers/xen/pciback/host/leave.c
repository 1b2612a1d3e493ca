// SPDX-License-Identifier: GPL-2.0
/*
 * leave - all functions are about to be let go of
 *
 * The PCI core takes them from the driver one after the other, and each should not wait for
 * the resets and the waking of all before it: that is done for all at once, and first.
 */
#include "../fn/function.h"
#include "clean.h"
#include "leave.h"
#include "registry.h"

static void leave_each(void (*visit)(struct pciback_fn *fn))
{
	struct pciback_fn *fn;
	unsigned long key;

	for (key = 0; (fn = pciback_registry_next(&key)); key++) {
		if (fn->found)
			visit(fn);
		pciback_fn_put(fn);
	}
}

/* Caller: no guest has a function, nor will. May sleep, as long as the longest reset. */
void pciback_leave(void)
{
	leave_each(pciback_clean_leave);
	leave_each(pciback_clean_leave_wait);
}
