/* SPDX-License-Identifier: GPL-2.0 */
/*
 * build - makes the guest's tree, and a place for all that is given
 */
#ifndef XL_DTDEV_BUILD_H
#define XL_DTDEV_BUILD_H

#include "guest.h"

const char *build_guest(struct guest *guest);

#endif
