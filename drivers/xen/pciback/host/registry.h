/* SPDX-License-Identifier: GPL-2.0 */
/*
 * registry - finds seized functions by address
 */
#ifndef PCIBACK_HOST_REGISTRY_H
#define PCIBACK_HOST_REGISTRY_H

#include "../core/bdf.h"

struct pciback_fn;

int pciback_registry_add(struct pciback_fn *fn);
void pciback_registry_del(struct pciback_fn *fn);

struct pciback_fn *pciback_registry_find(struct pciback_bdf bdf);
bool pciback_registry_has(struct pciback_bdf bdf);
struct pciback_fn *pciback_registry_find_line(const char *line, size_t count);
struct pciback_fn *pciback_registry_next(unsigned long *key);

#endif
