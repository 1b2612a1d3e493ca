// SPDX-License-Identifier: GPL-2.0
/*
 * learn - keeps an account of refused writes
 *
 * Pure: any context, no allocation.
 */
#include <linux/types.h>

#include "learn.h"

static void learn_count(u32 *counter)
{
	if (*counter != 0xffffffff)
		(*counter)++;
}

/*
 * Notes that @bits of a write of @value to @size bytes at @offset were refused.
 * Returns true if it is the first for this register.
 */
bool pciback_learn_refused(struct pciback_learn *learn, u16 offset, u8 size,
			   u32 value, u32 bits)
{
	struct pciback_learned *entry = learn->entries;
	u8 i;

	for (i = 0; i < learn->used; i++, entry++)
		if (entry->offset == offset && entry->size == size)
			break;
	if (i == PCIBACK_LEARN_MAX) {
		learn_count(&learn->lost);
		return false;
	}
	if (i == learn->used) {
		*entry = (struct pciback_learned){ .offset = offset, .size = size };
		learn->used++;
	}
	entry->bits |= bits;
	entry->last = value;
	learn_count(&entry->count);
	return entry->count == 1;
}
