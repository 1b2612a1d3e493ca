/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pages - the functions that have registers in one page of memory with another's
 */
#ifndef PCIBACK_HOST_PAGES_H
#define PCIBACK_HOST_PAGES_H

struct pciback_fn;
struct seq_buf;

void pciback_pages_show(struct pciback_fn *fn, struct seq_buf *s);
void pciback_pages_warn(struct pciback_fn *fn);

#endif
