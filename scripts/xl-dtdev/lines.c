// SPDX-License-Identifier: GPL-2.0
/*
 * lines - interrupts of a guest's node
 *
 * Places are kept: one that no guest can have leaves a hole, so that the others keep
 * their numbers and names.
 */
#include <string.h>

#include "interrupts.h"
#include "lines.h"

/* How @interrupt looks to the guest. */
struct lines_entry {
	u32 handle;	/* 0: it is lost */
	u32 cells[INTERRUPT_CELLS_MAX];
	u32 count;
};

/* Interrupt @number of some device that is given; NULL: none has it. */
static const struct device_irq *lines_irq(const struct guest *guest, u32 number)
{
	const struct device_irq *irq = NULL;
	u32 i;

	for (i = 0; i < guest->device_count && !irq; i++)
		irq = device_irq(&guest->devices[i], number);
	return irq;
}

/* By dom0, which calls it by number. */
static void lines_pass_on(struct guest *guest, const struct device_irq *irq,
			  struct lines_entry *entry)
{
	entry->handle = guest_relay(guest);
	entry->count = 2;
	entry->cells[0] = irq->relay;
	entry->cells[1] = irq->trigger;
}

static void lines_lose(struct guest *guest, const struct guest_node *node, u32 index,
		       const struct interrupt *interrupt, const char *why)
{
	const char *of = guest_label(guest, node, "");

	guest_note(guest, interrupt->is_spi ?
		   pool_text(guest->pool, "left out: %s%sinterrupt %u %s", of, *of ? ": " : "",
			     interrupt->spi.number, why) :
		   pool_text(guest->pool,
			     "left out: %s%sinterrupt number %u of the node (%s%s)",
			     of, *of ? ": " : "", index,
			     interrupt->is_nobodys ? "no guest can have it" : "it is one of ",
			     interrupt->is_nobodys ? "" : interrupt->named->path));
}

static void lines_read(struct guest *guest, const struct guest_node *node, u32 index,
		       const struct interrupt *interrupt, struct lines_entry *entry)
{
	struct guest_node *named = interrupt->named ? guest_find(guest, interrupt->named) : NULL;
	const struct device_irq *irq;

	memset(entry, 0, sizeof(*entry));
	if (!interrupt->named)
		return;
	if (named) {
		entry->handle = guest_handle(guest, named->made);
		entry->count = interrupt->count;
		memcpy(entry->cells, interrupt->cells, sizeof(entry->cells));
		return;
	}
	irq = lines_irq(guest, interrupt->is_spi ? interrupt->spi.number : interrupt->other);
	if (irq && irq->relay) {
		lines_pass_on(guest, irq, entry);
		return;
	}
	if (!irq || irq->kept) {
		lines_lose(guest, node, index, interrupt,
			   irq ? irq->kept : "is none of the device's own");
		return;
	}
	entry->handle = GUEST_HANDLE_GIC;
	entry->count = 3;
	entry->cells[1] = interrupt->spi.number - 32;
	entry->cells[2] = interrupt->spi.trigger;
}

static u32 *lines_cells(struct guest *guest, const struct lines_entry *entries,
			u32 count, bool handles, u32 *length)
{
	u32 *cells = pool_take(guest->pool, (size_t)count * (INTERRUPT_CELLS_MAX + 1) * 4);
	u32 i;

	*length = 0;
	for (i = 0; i < count; i++) {
		if (handles)
			cells[(*length)++] = entries[i].handle;
		memcpy(cells + *length, entries[i].cells, entries[i].count * 4);
		*length += entries[i].count;
	}
	return cells;
}

/* What is cut off was never one. */
static void lines_uneven(struct guest *guest, const struct guest_node *node, u32 count)
{
	const char *list = interrupts_uneven(guest->judge->tree, node->host);

	if (list)
		guest_note(guest, pool_text(guest->pool,
					    "%s: not even: what is behind its first %u is left out",
					    guest_label(guest, node, list), count));
}

/* Writes them, and their names. */
void lines_write(struct guest *guest, const struct guest_node *node)
{
	const struct tree_property *names = tree_property(node->host, "interrupt-names");
	u32 count = 0, given = 0, own = 0, length, *cells;
	struct lines_entry *entries = NULL;
	struct interrupt interrupt;
	bool plain;

	while (interrupts_get(guest->judge->tree, node->host, count, &interrupt)) {
		entries = pool_grow(guest->pool, entries, count, sizeof(*entries));
		lines_read(guest, node, count, &interrupt, &entries[count]);
		given += entries[count].handle != 0;
		own += entries[count].handle == GUEST_HANDLE_GIC;
		count++;
	}
	lines_uneven(guest, node, count);
	if (!given)
		return;
	/* By itself the bus is the controller's, but what is below a part need not be. */
	plain = own == count && !strcmp(node->made->parent->name, "passthrough");
	cells = lines_cells(guest, entries, count, !plain, &length);
	guest_put_cells(guest, node->made, plain ? "interrupts" : "interrupts-extended",
			cells, length);
	if (names)
		guest_put(guest, node->made, "interrupt-names", names->data, names->len);
}
