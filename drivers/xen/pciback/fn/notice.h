/* SPDX-License-Identifier: GPL-2.0 */
/*
 * notice - tells user space what becomes of a function
 *
 * A uevent of action "change" on the PCI device, with PCIBACK_EVENT= and, while
 * a guest is concerned, PCIBACK_DOMID=.
 */
#ifndef PCIBACK_FN_NOTICE_H
#define PCIBACK_FN_NOTICE_H

struct pciback_fn;

enum pciback_notice {
	PCIBACK_NOTICE_SEIZED,
	PCIBACK_NOTICE_ASSIGNED,
	PCIBACK_NOTICE_RELEASED,
	PCIBACK_NOTICE_RESET_FAILED,
	PCIBACK_NOTICE_ERROR,
	PCIBACK_NOTICE_RECOVERED,
	PCIBACK_NOTICE_ISOLATED,
};

void pciback_notice(struct pciback_fn *fn, enum pciback_notice notice);

#endif
