/* SPDX-License-Identifier: GPL-2.0 */
/*
 * output - what a guest's owner gets: a tree as text and as blob, lines for xl, and
 * what the boot loader has to do
 */
#ifndef XL_DTDEV_OUTPUT_H
#define XL_DTDEV_OUTPUT_H

#include <stdio.h>

#include "guest.h"

void output_source(FILE *to, const struct tree *tree);
const char *output_blob(const struct tree *tree, void **blob, size_t *size);
void output_lines(FILE *to, const struct guest *guest, const char *blob_file);

void output_mark(FILE *to, const struct tree_node *const *nodes, u32 count);

#endif
