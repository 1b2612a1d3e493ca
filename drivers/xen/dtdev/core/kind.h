/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kind - what a device is, by the name of its node
 *
 * Nodes are called by what they are, not by their model (Devicetree specification, 2.2.2).
 */
#ifndef DTDEV_CORE_KIND_H
#define DTDEV_CORE_KIND_H

#include <linux/types.h>

bool dtdev_kind_is_quiet(const char *node);

#endif
