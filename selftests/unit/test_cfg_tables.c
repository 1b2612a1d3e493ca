// SPDX-License-Identifier: GPL-2.0
/*
 * What every line of every table must hold to, whatever it says. Which tables
 * there are is in test_cfg_names.c.
 */
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "cfg_map.h"
#include "ktap.h"

static bool is_header(const struct pciback_cfg_table *table)
{
	return table == &pciback_cfg_header0 || table == &pciback_cfg_header1;
}

static void each_table(void (*check)(const struct pciback_cfg_table *table))
{
	unsigned int i;

	KTAP_ROW("header 0");
	check(&pciback_cfg_header0);
	KTAP_ROW("header 1");
	check(&pciback_cfg_header1);
	for (i = 0; i < pciback_cfg_ncaps; i++) {
		KTAP_ROW("capability %#x", pciback_cfg_caps[i]->id);
		check(pciback_cfg_caps[i]);
	}
	for (i = 0; i < pciback_cfg_nextcaps; i++) {
		KTAP_ROW("extended capability %#x", pciback_cfg_extcaps[i].id);
		check(&pciback_cfg_extcaps[i]);
	}
}

static void (*field_check)(const struct pciback_cfg_field *field,
			   const struct pciback_cfg_table *table);

static void check_fields(const struct pciback_cfg_table *table)
{
	char name[sizeof(ktap_row)];
	u16 i;

	snprintf(name, sizeof(name), "%s", ktap_row);
	for (i = 0; i < table->count; i++) {
		KTAP_ROW("%.100s, offset %#x", name, table->fields[i].offset);
		field_check(&table->fields[i], table);
	}
}

/* Calls @check for each line, the headers' as well as the capabilities'. */
static void each_field(void (*check)(const struct pciback_cfg_field *field,
				     const struct pciback_cfg_table *table))
{
	field_check = check;
	each_table(check_fields);
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
	EXPECT(field->offset + field->size <= table->size);
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
	EXPECT_EQ(field->hold & (field->write | field->rw1c), 0);
	EXPECT_EQ((field->write | field->rw1c | field->hold) & field->virt, 0);
	EXPECT_EQ(field->vwrite & ~field->virt, 0);
	EXPECT_EQ((field->write | field->rw1c | field->hold | field->virt) &
		  ~bits_of(field), 0);
	/* A shadow that starts with the hardware is one that can be written. */
	if (field->from_hw)
		EXPECT(field->virt && field->virt == field->vwrite);
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
	EXPECT(field->action <= PCIBACK_CFG_AF_CTRL);
}

/* A capability is hidden, has fields, or is left alone: never unsaid why. */
static void check_table(const struct pciback_cfg_table *table)
{
	if (is_header(table))
		return;
	EXPECT(table->size >= 4 || table->length);
	EXPECT(!table->count == !table->fields);
	EXPECT(!(table->hidden && table->count));
	if (!table->count)
		EXPECT(table->reason && strlen(table->reason) > 4);
}

static void each_line_has_a_reason(void)
{
	each_field(check_words);
	each_table(check_table);
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

/* What makes the lists is laid by core/cfg_chain alone. */
static void check_list(const struct pciback_cfg_field *field,
		       const struct pciback_cfg_table *table)
{
	if (is_header(table))
		return;
	EXPECT(field->offset >= PCI_CAP_FLAGS);
	if (pciback_cfg_extcap_table(table->id) == table)
		EXPECT(field->offset >= 4);
}

static void capability_lists_are_not_the_tables(void)
{
	each_field(check_list);
}

/* Sizing is answered from the shadow alone, in whole registers. */
static void check_bars(const struct pciback_cfg_field *field,
		       const struct pciback_cfg_table *table)
{
	bool is_rom = field->action == PCIBACK_CFG_ROM;

	if (field->action != PCIBACK_CFG_BAR && !is_rom)
		return;
	EXPECT(is_header(table));
	EXPECT_EQ(field->size, 4);
	EXPECT_EQ(field->virt, 0xffffffff);
	EXPECT_EQ(field->vwrite, is_rom ? PCI_ROM_ADDRESS_ENABLE : 0);
	EXPECT_EQ(field->write | field->rw1c, 0);
}

static void bars_are_all_shadow(void)
{
	each_field(check_bars);
}

/* A bridge is for those who look: nothing of it is written. */
static void bridges_are_left_alone(void)
{
	u16 i;

	for (i = 0; i < pciback_cfg_header1.count; i++) {
		const struct pciback_cfg_field *field;

		field = &pciback_cfg_header1.fields[i];
		KTAP_ROW("offset %#x", field->offset);
		EXPECT_EQ(field->write | field->rw1c, 0);
	}
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

	EXPECT_EQ(pciback_cfg_header0.size, 64);
	EXPECT_EQ(pciback_cfg_header1.size, 64);
	EXPECT(header_field(PCI_VENDOR_ID));
	EXPECT(header_field(PCI_DEVICE_ID));
	EXPECT(header_field(PCI_INTERRUPT_LINE));
	for (i = 0; i < ARRAY_SIZE(bars); i++) {
		const struct pciback_cfg_field *field = header_field(bars[i]);

		KTAP_ROW("BAR %u", i);
		EXPECT(field && field->action == (i == PCIBACK_CFG_ROM_BAR ?
						  PCIBACK_CFG_ROM : PCIBACK_CFG_BAR));
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

/* Nothing that starts something is ever written as a plain bit. */
static void resets_are_held(void)
{
	const struct pciback_cfg_table *af;
	u16 i;

	af = pciback_cfg_cap_table(PCI_CAP_ID_AF);
	EXPECT(af && af->count == 1);
	EXPECT_EQ(af->fields[0].hold, PCI_AF_CTRL_FLR);
	EXPECT_EQ(af->fields[0].action, PCIBACK_CFG_AF_CTRL);
	for (i = 0; i < pciback_cfg_pcie.count; i++)
		if (pciback_cfg_pcie.fields[i].offset == PCI_EXP_DEVCTL)
			break;
	EXPECT(i < pciback_cfg_pcie.count);
	EXPECT_EQ(pciback_cfg_pcie.fields[i].hold, PCI_EXP_DEVCTL_BCR_FLR);
	EXPECT_EQ(pciback_cfg_pcie.fields[i].action, PCIBACK_CFG_DEVCTL);
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

/* The worst device there can be has room for what matters most. */
static void the_map_has_room(void)
{
	unsigned int places = (PCI_CFG_SPACE_SIZE - PCI_STD_HEADER_SIZEOF) / 4;

	/* A link each, and what ends within four bytes: one field at most. */
	EXPECT(pciback_cfg_header0.count + places * 2 <= PCIBACK_CFG_REGS_MAX);
	/* An owner is a number in a byte, beside nobody and hidden. */
	EXPECT(PCIBACK_CFG_NOBODY == 0);
	EXPECT(PCIBACK_CFG_REGS_MAX < PCIBACK_CFG_HIDDEN);
}

KTAP_ROOM(KTAP_CASE(fields_are_aligned_and_inside),
	  KTAP_CASE(a_bit_is_in_one_state),
	  KTAP_CASE(each_line_has_a_reason),
	  KTAP_CASE(lines_do_not_overlap),
	  KTAP_CASE(capability_lists_are_not_the_tables),
	  KTAP_CASE(bars_are_all_shadow),
	  KTAP_CASE(bridges_are_left_alone),
	  KTAP_CASE(header_has_what_the_map_needs),
	  KTAP_CASE(command_never_passes_through),
	  KTAP_CASE(resets_are_held),
	  KTAP_CASE(message_interrupts_are_for_operations),
	  KTAP_CASE(the_map_has_room));
