/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reset - the ways to bring a function back to the state it was seized in
 */
#ifndef PCIBACK_FN_RESET_H
#define PCIBACK_FN_RESET_H

#include <linux/moduleparam.h>
#include <linux/types.h>

#include "../core/custody.h"

struct pci_dev;
struct pciback_fn;

int pciback_reset_function_locked(struct pciback_fn *fn);
int pciback_reset_for_guest_locked(struct pciback_fn *fn);

/* Where its owner has emptied the list of methods. */
#define PCIBACK_RESET_EMPTY	"its reset_method is empty"

bool pciback_reset_is_known(struct pci_dev *dev);
bool pciback_reset_is_forbidden(const struct pciback_fn *fn);

void pciback_reset_note(struct pciback_fn *fn, const char *method,
			const char *note);

enum pciback_reset_policy pciback_reset_policy_now(void);
extern const struct kernel_param_ops pciback_reset_policy_ops;

#endif
