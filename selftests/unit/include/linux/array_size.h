/* SPDX-License-Identifier: GPL-2.0 */
#ifndef UNIT_LINUX_ARRAY_SIZE_H
#define UNIT_LINUX_ARRAY_SIZE_H

#define ARRAY_SIZE(_array)	(sizeof(_array) / sizeof((_array)[0]))

#endif
