/* SPDX-License-Identifier: GPL-2.0 */
/*
 * power - functions that nobody uses sleep in D3hot
 */
#ifndef PCIBACK_FN_POWER_H
#define PCIBACK_FN_POWER_H

#include <linux/pm.h>
#include <linux/types.h>

struct pciback_fn;
struct pci_dev;

extern bool pciback_power_idle_d3;

void pciback_power_sleep_locked(struct pciback_fn *fn);
void pciback_power_sleep_maybe(struct pciback_fn *fn);
void pciback_power_force(struct pciback_fn *fn);
void pciback_power_force_end(struct pciback_fn *fn);
bool pciback_power_sleeps(const struct pciback_fn *fn);
void pciback_power_shutdown(struct pci_dev *dev);

extern const struct dev_pm_ops pciback_power_ops;

#endif
