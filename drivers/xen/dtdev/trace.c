// SPDX-License-Identifier: GPL-2.0
/*
 * trace - makes the events
 */
#define CREATE_TRACE_POINTS
#include "trace.h"
