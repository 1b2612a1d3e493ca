/* SPDX-License-Identifier: GPL-2.0 */
/*
 * clean - resets functions in the background, between guests and on request
 */
#ifndef PCIBACK_HOST_CLEAN_H
#define PCIBACK_HOST_CLEAN_H

struct pciback_fn;

void pciback_clean_init_fn(struct pciback_fn *fn);
void pciback_clean_begin_locked(struct pciback_fn *fn);
enum pciback_custody_next pciback_clean_look(struct pciback_fn *fn,
					     enum pciback_xen_owner *owner);
void pciback_clean_fresh(struct pciback_fn *fn);
void pciback_clean_fresh_start(struct pciback_fn *fn);
void pciback_clean_leave(struct pciback_fn *fn);
void pciback_clean_leave_wait(struct pciback_fn *fn);
void pciback_clean_for_good(struct pciback_fn *fn);
void pciback_clean_stop(struct pciback_fn *fn);
int pciback_clean_wait(struct pciback_fn *fn);
int pciback_clean_on_request(struct pciback_fn *fn);

int pciback_clean_init(void);
void pciback_clean_exit(void);

#endif
