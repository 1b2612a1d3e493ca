// SPDX-License-Identifier: GPL-2.0
/*
 * notice - uevents
 */
#include <linux/kobject.h>
#include <linux/pci.h>

#include "function.h"
#include "notice.h"
#include "tenant.h"

static const char *const notice_events[] = {
	[PCIBACK_NOTICE_SEIZED] = "PCIBACK_EVENT=seized",
	[PCIBACK_NOTICE_ASSIGNED] = "PCIBACK_EVENT=assigned",
	[PCIBACK_NOTICE_RELEASED] = "PCIBACK_EVENT=released",
	[PCIBACK_NOTICE_RESET_FAILED] = "PCIBACK_EVENT=reset-failed",
	[PCIBACK_NOTICE_ERROR] = "PCIBACK_EVENT=error",
	[PCIBACK_NOTICE_RECOVERED] = "PCIBACK_EVENT=recovered",
	[PCIBACK_NOTICE_ISOLATED] = "PCIBACK_EVENT=isolated",
};

/* May sleep. Nobody waits for an answer, so there is none. */
void pciback_notice(struct pciback_fn *fn, enum pciback_notice notice)
{
	char domid[24] = "", *env[3] = { (char *)notice_events[notice] };

	mutex_lock(&fn->lock);
	if (fn->tenant) {
		snprintf(domid, sizeof(domid), "PCIBACK_DOMID=%u",
			 fn->tenant->domid);
		env[1] = domid;
	}
	mutex_unlock(&fn->lock);
	kobject_uevent_env(&fn->dev->dev.kobj, KOBJ_CHANGE, env);
}
