// SPDX-License-Identifier: GPL-2.0
/* What every line of every table must hold to, whatever it says. */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_map.h"
#include "ktap.h"

/* Calls @check for each line, the header's as well as the capabilities'. */
static void each_field(void (*check)(const struct pciback_cfg_field *field,
				     const struct pciback_cfg_table *table))
{
	int id;
	u16 i;

	for (id = -1; id <= 0xff; id++) {
		const struct pciback_cfg_table *table =
			id < 0 ? &pciback_cfg_header0 : pciback_cfg_cap_table(id);

		for (i = 0; table && i < table->count; i++) {
			KTAP_ROW("table %d, offset %#x", id,
				 table->fields[i].offset);
			check(&table->fields[i], table);
		}
	}
}

static u32 bits_of(const struct pciback_cfg_field *field)
{
	return field->size == 4 ? 0xffffffff : (1u << 8 * field->size) - 1;
}

static void check_place(const struct pciback_cfg_field *field,
			const struct pciback_cfg_table *table)
{
	EXPECT(field->size == 1 || field->size == 2 || field->size == 4);
	EXPECT(!(field->offset & (field->size - 1)));
	EXPECT(field->offset + field->size <= table->length);
}

static void fields_are_aligned_and_inside(void)
{
	each_field(check_place);
}

static void check_masks(const struct pciback_cfg_field *field,
			const struct pciback_cfg_table *table)
{
	(void)table;
	EXPECT_EQ(field->write & field->rw1c, 0);
	EXPECT_EQ((field->write | field->rw1c) & field->virt, 0);
	EXPECT_EQ(field->vwrite & ~field->virt, 0);
	EXPECT_EQ((field->write | field->rw1c | field->virt) & ~bits_of(field), 0);
}

static void a_bit_is_in_one_state(void)
{
	each_field(check_masks);
}

static void check_words(const struct pciback_cfg_field *field,
			const struct pciback_cfg_table *table)
{
	(void)table;
	EXPECT(field->reason && strlen(field->reason) > 8);
	EXPECT(field->action <= PCIBACK_CFG_PM_CTRL);
}

static void each_line_has_a_reason(void)
{
	each_field(check_words);
}

static void check_overlap(const struct pciback_cfg_field *field,
			  const struct pciback_cfg_table *table)
{
	u16 i;

	for (i = 0; i < table->count; i++) {
		const struct pciback_cfg_field *other = &table->fields[i];

		if (other != field)
			EXPECT(other->offset + other->size <= field->offset ||
			       field->offset + field->size <= other->offset);
	}
}

static void lines_do_not_overlap(void)
{
	each_field(check_overlap);
}

/* The two bytes that make the list are nobody's to write. */
static void check_list(const struct pciback_cfg_field *field,
		       const struct pciback_cfg_table *table)
{
	if (table != &pciback_cfg_header0 && field->offset < PCI_CAP_FLAGS)
		EXPECT_EQ(field->write | field->rw1c | field->vwrite, 0);
}

static void capability_lists_stay_as_they_are(void)
{
	each_field(check_list);
}

/* Sizing is answered from the shadow alone, in whole registers. */
static void check_bars(const struct pciback_cfg_field *field,
		       const struct pciback_cfg_table *table)
{
	if (field->action != PCIBACK_CFG_BAR)
		return;
	EXPECT(table == &pciback_cfg_header0);
	EXPECT_EQ(field->size, 4);
	EXPECT_EQ(field->virt, 0xffffffff);
	EXPECT_EQ(field->vwrite | field->write | field->rw1c, 0);
}

static void bars_are_all_shadow(void)
{
	each_field(check_bars);
}

static const struct pciback_cfg_field *header_field(u16 offset)
{
	u16 i;

	for (i = 0; i < pciback_cfg_header0.count; i++)
		if (pciback_cfg_header0.fields[i].offset == offset)
			return &pciback_cfg_header0.fields[i];
	return NULL;
}

static void header_has_what_the_map_needs(void)
{
	static const u16 bars[PCIBACK_CFG_BARS] = {
		PCI_BASE_ADDRESS_0, PCI_BASE_ADDRESS_1, PCI_BASE_ADDRESS_2,
		PCI_BASE_ADDRESS_3, PCI_BASE_ADDRESS_4, PCI_BASE_ADDRESS_5,
		PCI_ROM_ADDRESS,
	};
	unsigned int i;

	EXPECT_EQ(pciback_cfg_header0.length, 64);
	EXPECT(header_field(PCI_VENDOR_ID));
	EXPECT(header_field(PCI_DEVICE_ID));
	EXPECT(header_field(PCI_INTERRUPT_LINE));
	for (i = 0; i < ARRAY_SIZE(bars); i++) {
		const struct pciback_cfg_field *field = header_field(bars[i]);

		KTAP_ROW("BAR %u", i);
		EXPECT(field && field->action == PCIBACK_CFG_BAR);
	}
}

/* XSA-120 and its like: nothing of COMMAND is ever written as it comes. */
static void command_never_passes_through(void)
{
	const struct pciback_cfg_field *command = header_field(PCI_COMMAND);

	EXPECT(command);
	if (!command)
		return;
	EXPECT_EQ(command->action, PCIBACK_CFG_COMMAND);
	EXPECT_EQ(command->size, 2);
	EXPECT_EQ(command->virt, 0xffff);
	EXPECT_EQ(command->write | command->rw1c, 0);
}

static void unknown_capabilities_are_denied(void)
{
	EXPECT(!pciback_cfg_cap_table(0));
	EXPECT(!pciback_cfg_cap_table(0xff));
	EXPECT(!pciback_cfg_cap_table(PCI_CAP_ID_MAX + 1));
}

/* Message control: XSA-337 and its like, only operations switch it. */
static void message_interrupts_are_for_operations(void)
{
	static const u8 ids[] = { PCI_CAP_ID_MSI, PCI_CAP_ID_MSIX };
	unsigned int i;
	u16 f;

	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		const struct pciback_cfg_table *table = pciback_cfg_cap_table(ids[i]);

		KTAP_ROW("capability %#x", ids[i]);
		EXPECT(table);
		for (f = 0; table && f < table->count; f++)
			EXPECT_EQ(table->fields[f].write | table->fields[f].rw1c, 0);
	}
}

/* The worst device there can be has room for all its registers. */
static void the_map_has_room(void)
{
	unsigned int places = (PCI_CFG_SPACE_SIZE - PCI_STD_HEADER_SIZEOF) / 4;
	unsigned int most = 0;
	int id;

	for (id = 0; id <= 0xff; id++) {
		const struct pciback_cfg_table *table = pciback_cfg_cap_table(id);

		if (table && table->count > most)
			most = table->count;
	}
	EXPECT(pciback_cfg_header0.count + places * most <= PCIBACK_CFG_REGS_MAX);
	/* An owner is a number in a byte, and 0 is nobody. */
	EXPECT(PCIBACK_CFG_REGS_MAX <= 0xff);
}

KTAP_ROOM(KTAP_CASE(fields_are_aligned_and_inside),
	  KTAP_CASE(a_bit_is_in_one_state),
	  KTAP_CASE(each_line_has_a_reason),
	  KTAP_CASE(lines_do_not_overlap),
	  KTAP_CASE(capability_lists_stay_as_they_are),
	  KTAP_CASE(bars_are_all_shadow),
	  KTAP_CASE(header_has_what_the_map_needs),
	  KTAP_CASE(command_never_passes_through),
	  KTAP_CASE(unknown_capabilities_are_denied),
	  KTAP_CASE(message_interrupts_are_for_operations),
	  KTAP_CASE(the_map_has_room));
