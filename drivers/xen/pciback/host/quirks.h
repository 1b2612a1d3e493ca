/* SPDX-License-Identifier: GPL-2.0 */
/*
 * quirks - the registers opened on each seized function
 */
#ifndef PCIBACK_HOST_QUIRKS_H
#define PCIBACK_HOST_QUIRKS_H

#include <linux/types.h>

struct pciback_fn;
struct seq_buf;

void pciback_quirks_add_known(struct pciback_fn *fn);
int pciback_quirks_write(const char *line, size_t len);
void pciback_quirks_show(struct pciback_fn *fn, struct seq_buf *s);
void pciback_quirks_suggest(struct pciback_fn *fn, struct seq_buf *s);

#endif
