// SPDX-License-Identifier: GPL-2.0
/*
 * common - the rooms that are built into each module that uses them
 */
#include "../common/lifeline.c"
#include "../common/xen.c"
