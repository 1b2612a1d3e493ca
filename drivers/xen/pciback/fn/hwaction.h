/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hwaction - writes that mean more than bits: each action of core/cfg_field
 */
#ifndef PCIBACK_FN_HWACTION_H
#define PCIBACK_FN_HWACTION_H

#include <linux/types.h>

struct pciback_cfg_step;
struct pciback_fn;

int pciback_hwaction(struct pciback_fn *fn, struct pciback_cfg_step *step);
bool pciback_hwaction_needs_turn(u8 action);
void pciback_hwaction_line(struct pciback_fn *fn);
bool pciback_hwaction_is_decoding(const struct pciback_fn *fn);

extern bool pciback_hwaction_permissive;
bool pciback_hwaction_is_permissive(const struct pciback_fn *fn);

#endif
