/* SPDX-License-Identifier: GPL-2.0 */
/*
 * return - gives a function back to dom0
 */
#ifndef PCIBACK_HOST_RETURN_H
#define PCIBACK_HOST_RETURN_H

#include "../core/bdf.h"

int pciback_return(struct pciback_bdf bdf);

#endif
