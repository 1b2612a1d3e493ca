/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fixups - references to labels, references within the overlay, and its own labels
 */
#ifndef DTOVL_CORE_FIXUPS_H
#define DTOVL_CORE_FIXUPS_H

#include "blob.h"

int dtovl_check_fixups(const struct dtovl_blob *blob, struct dtovl_fault *fault);
int dtovl_check_local_fixups(struct dtovl_blob *blob, struct dtovl_fault *fault);
int dtovl_check_symbols(const struct dtovl_blob *blob, struct dtovl_fault *fault);

#endif
