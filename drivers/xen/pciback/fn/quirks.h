/* SPDX-License-Identifier: GPL-2.0 */
/*
 * quirks - the registers opened on each seized function
 */
#ifndef PCIBACK_FN_QUIRKS_H
#define PCIBACK_FN_QUIRKS_H

struct pciback_fn;
struct pciback_quirk;
struct seq_buf;

void pciback_quirks_add_known(struct pciback_fn *fn);
int pciback_quirks_add(struct pciback_fn *fn, const struct pciback_quirk *quirk);
int pciback_quirks_remove(struct pciback_fn *fn,
			  const struct pciback_quirk *quirk);
void pciback_quirks_show(struct pciback_fn *fn, struct seq_buf *s);
void pciback_quirks_suggest(struct pciback_fn *fn, struct seq_buf *s);

#endif
