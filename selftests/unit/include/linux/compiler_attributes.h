/* SPDX-License-Identifier: GPL-2.0 */
#ifndef UNIT_LINUX_COMPILER_ATTRIBUTES_H
#define UNIT_LINUX_COMPILER_ATTRIBUTES_H

#include <stdnoreturn.h>

#define UNIT_ATTRIBUTE(_attribute)	__attribute__((_attribute))
#define __noreturn			noreturn
#define __printf(_format, _first)	\
	UNIT_ATTRIBUTE(__format__(__printf__, _format, _first))

#endif
