/* SPDX-License-Identifier: GPL-2.0 */
/* Stands in for the kernel header of the same name: what core/ uses of it. */
#ifndef UNIT_LINUX_COMPILER_H
#define UNIT_LINUX_COMPILER_H

#define READ_ONCE(_x)		(_x)
#define WRITE_ONCE(_x, _value)	((_x) = (_value))

#endif
