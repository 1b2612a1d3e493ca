/* SPDX-License-Identifier: GPL-2.0 */
/* Xen's public header, under the name the kernel has for it. */
#ifndef UNIT_XEN_PCIIF_H
#define UNIT_XEN_PCIIF_H

#include <stdint.h>
#include <xen/io/pciif.h>

#endif
