// SPDX-License-Identifier: GPL-2.0
/*
 * Changes one thing in the policy tables before a test program's main() runs:
 * TABLE_MUTANT=N the Nth, TABLE_MUTANT=list tells all. Built with tables that can be
 * written to.
 *
 * Left out is what cannot differ. A bit that the guest writes and one that it clears by
 * writing 1 both go to the bus as the guest has them. What is hidden is never read, so
 * nothing of it is fixed; the first bytes of a capability are, whatever the table says,
 * or are the engine's; a header has one place, and what it shadows is not read there.
 */
#include <linux/kernel.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cfg_field.h"

static long number, wanted;

/* Is it the one? In a list, it gets its line. */
static bool chosen(const char *table, unsigned int line, const char *what, unsigned int which)
{
	if (wanted < 0)
		printf("%s, line %u: %s %#x\n", table, line, what, which);
	return number++ == wanted;
}

/* The state of a bit, as the masks virt, vwrite, write, rw1c, hold. */
static const u8 states[] = { 0, 1, 3, 4, 8, 16 };

static u32 *mask_of(struct pciback_cfg_field *field, unsigned int i)
{
	u32 *masks[] = {
		&field->virt, &field->vwrite, &field->write, &field->rw1c, &field->hold,
	};

	return masks[i];
}

static u8 state_of(struct pciback_cfg_field *field, u32 bit)
{
	u8 state = 0;
	unsigned int i;

	for (i = 0; i < 5; i++)
		if (*mask_of(field, i) & bit)
			state |= 1 << i;
	return state;
}

static void set_state(struct pciback_cfg_field *field, u32 bit, u8 state)
{
	unsigned int i;

	for (i = 0; i < 5; i++) {
		*mask_of(field, i) &= ~bit;
		if (state & 1 << i)
			*mask_of(field, i) |= bit;
	}
}

static void change_bits(struct pciback_cfg_field *field, const char *table, unsigned int line)
{
	static const char *const names[] = { "r", "s", "v", "w", "c", "h" };
	unsigned int bit, i;

	for (bit = 0; bit < 8u * field->size; bit++)
		for (i = 0; i < ARRAY_SIZE(states); i++) {
			u8 now = state_of(field, 1u << bit);

			if (now == states[i] || (now & 12 && states[i] & 12))
				continue;
			if (chosen(table, line, names[i], bit))
				set_state(field, 1u << bit, states[i]);
		}
}

static void change_field(struct pciback_cfg_field *field, const char *table, unsigned int line)
{
	unsigned int action;
	u8 was = field->action;

	change_bits(field, table, line);
	for (action = 0; action <= PCIBACK_CFG_AF_CTRL; action++)
		if (action != was && chosen(table, line, "action", action))
			field->action = action;
	if (chosen(table, line, "moved", 0))
		field->offset += field->size;
}

static bool is_header(const struct pciback_cfg_table *table)
{
	return table == &pciback_cfg_header0 || table == &pciback_cfg_header1;
}

/* Does it matter whether the byte is fixed? */
static bool is_read(const struct pciback_cfg_table *table, unsigned int byte,
		    unsigned int links)
{
	unsigned int i;

	if (table->hidden || byte >= table->size || byte < links)
		return false;
	for (i = 0; is_header(table) && i < table->count; i++) {
		const struct pciback_cfg_field *field = &table->fields[i];

		if (byte >= field->offset && byte < field->offset + field->size &&
		    (field->virt >> 8 * (byte - field->offset) & 0xff) == 0xff)
			return false;
	}
	return true;
}

/* The first @links bytes are laid by the engine itself. */
static void change_table(struct pciback_cfg_table *table, const char *name,
			 unsigned int links)
{
	unsigned int i;

	for (i = 0; i < table->count; i++)
		change_field((struct pciback_cfg_field *)&table->fields[i], name, i);
	for (i = 0; i < 64; i++)
		if (is_read(table, i, links) && chosen(name, 0, "fixed", i))
			table->fixed ^= 1ULL << i;
	if (!is_header(table) && chosen(name, 0, "hidden", !table->hidden))
		table->hidden = !table->hidden;
	if (table->count && chosen(name, 0, "count", table->count - 1))
		table->count--;
}

__attribute__((constructor)) static void change_one(void)
{
	const char *which = getenv("TABLE_MUTANT");
	char name[32];
	unsigned int i;

	if (!which)
		return;
	wanted = strcmp(which, "list") ? atol(which) : -1;
	change_table((struct pciback_cfg_table *)&pciback_cfg_header0, "header0", 0);
	change_table((struct pciback_cfg_table *)&pciback_cfg_header1, "header1", 0);
	for (i = 0; i < pciback_cfg_ncaps; i++) {
		snprintf(name, sizeof(name), "capability %#x", pciback_cfg_caps[i]->id);
		change_table((struct pciback_cfg_table *)pciback_cfg_caps[i], name, 2);
	}
	for (i = 0; i < pciback_cfg_nextcaps; i++) {
		snprintf(name, sizeof(name), "extended %#x", pciback_cfg_extcaps[i].id);
		change_table((struct pciback_cfg_table *)&pciback_cfg_extcaps[i], name, 4);
	}
	if (wanted < 0)
		exit(0);
}
