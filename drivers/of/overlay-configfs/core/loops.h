/* SPDX-License-Identifier: GPL-2.0 */
/*
 * loops - interrupt parents that lead in a circle
 */
#ifndef DTOVL_CORE_LOOPS_H
#define DTOVL_CORE_LOOPS_H

#include "blob.h"

int dtovl_check_loops(struct dtovl_blob *blob, struct dtovl_fault *fault);

#endif
