// SPDX-License-Identifier: GPL-2.0
/* Which properties refer to nodes, and what their names tell beyond the table. */
#include <linux/types.h>
#include <string.h>

#include "binding.h"
#include "ktap.h"

static void knows_properties(void)
{
	static const struct {
		const char *property;
		enum dtdev_binding_kind kind;
		const char *cells;
		bool held;
	} rows[] = {
		{ "clocks", DTDEV_BINDING_CELLS, "#clock-cells", true },
		{ "assigned-clocks", DTDEV_BINDING_CELLS, "#clock-cells", true },
		{ "phys", DTDEV_BINDING_CELLS, "#phy-cells", false },
		{ "nvmem-cells", DTDEV_BINDING_CELLS, "#nvmem-cell-cells", false },
		{ "gpio-ranges", DTDEV_BINDING_MAP, NULL, false },
		{ "cd-gpios", DTDEV_BINDING_CELLS, "#gpio-cells", false },
		{ "gpios", DTDEV_BINDING_CELLS, "#gpio-cells", false },
		{ "nr-gpios", DTDEV_BINDING_CELLS, "#gpio-cells", false },
		{ "snps,nr-gpios", DTDEV_BINDING_NONE, NULL, false },
		{ "vmmc-supply", DTDEV_BINDING_PLAIN, NULL, true },
		{ "v-supply", DTDEV_BINDING_PLAIN, NULL, true },
		{ "pinctrl-", DTDEV_BINDING_PLAIN, NULL, true },
		{ "pinctrl-0", DTDEV_BINDING_PLAIN, NULL, true },
		{ "pinctrl_0", DTDEV_BINDING_NONE, NULL, false },
		{ "pinctrl-names", DTDEV_BINDING_NONE, NULL, false },
		{ "syscon-names", DTDEV_BINDING_NONE, NULL, false },
		{ "phy-handle", DTDEV_BINDING_PLAIN, NULL, false },
		{ "rockchip,grf", DTDEV_BINDING_PLAIN, NULL, false },
		{ "fsl,stop-mode", DTDEV_BINDING_FIRST, NULL, false },
		{ "altr,sysmgr-syscon", DTDEV_BINDING_FIRST, NULL, false },
		{ "syscon", DTDEV_BINDING_FIRST, NULL, false },
		{ "interrupt-map", DTDEV_BINDING_ROUTES, NULL, false },
		{ "-supply", DTDEV_BINDING_NONE, NULL, false },
		{ "supply", DTDEV_BINDING_NONE, NULL, false },
		{ "bus-width", DTDEV_BINDING_NONE, NULL, false },
		{ "reg", DTDEV_BINDING_NONE, NULL, false },
		{ "", DTDEV_BINDING_NONE, NULL, false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct dtdev_binding binding = dtdev_binding_find(rows[i].property);

		KTAP_ROW("%s", rows[i].property);
		EXPECT_EQ(binding.kind, rows[i].kind);
		EXPECT_EQ(binding.held, rows[i].held);
		EXPECT(!binding.cells == !rows[i].cells);
		if (rows[i].cells)
			EXPECT(!strcmp(binding.cells, rows[i].cells));
	}
}

static void knows_where_handles_are_in_maps(void)
{
	EXPECT_EQ(dtdev_binding_find("gpio-ranges").column, 0);
	EXPECT_EQ(dtdev_binding_find("msi-map").column, 1);
	EXPECT_EQ(dtdev_binding_find("iommu-map").column, 1);
	EXPECT(dtdev_binding_find("nvmem-cells").optional);
	EXPECT(!dtdev_binding_find("phys").optional);
}

static void guesses_what_a_target_declares(void)
{
	static const struct {
		const char *property;
		unsigned int variant;
		const char *name;	/* NULL: there is none */
	} rows[] = {
		{ "vendor,widget", 0, "#widget-cells" },
		{ "widgets", 0, "#widgets-cells" },
		{ "widgets", 1, "#widget-cells" },
		{ "vendor,big-widgets", 2, "#widget-cells" },
		{ "widget", 2, NULL },
		{ "vendor,", 0, NULL },
		{ "s", 1, NULL },
		{ "widgets", 3, NULL },
		{ "a-", 2, NULL },
	};
	char name[DTDEV_BINDING_NAME_MAX];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		bool is = dtdev_binding_cells_name(rows[i].property, rows[i].variant,
						   name, sizeof(name));

		KTAP_ROW("%s %u", rows[i].property, rows[i].variant);
		EXPECT_EQ(is, !!rows[i].name);
		if (rows[i].name)
			EXPECT(!strcmp(name, rows[i].name));
	}
	EXPECT(!dtdev_binding_cells_name("widget", 0, name, sizeof("#widget-cells") - 1));
	EXPECT(dtdev_binding_cells_name("widget", 0, name, sizeof("#widget-cells")));
}

static void names_the_list_of_names(void)
{
	static const struct {
		const char *property;
		const char *names;
	} rows[] = {
		{ "clocks", "clock-names" },
		{ "nvmem-cells", "nvmem-cell-names" },
		{ "phys", "phy-names" },
		{ "pinctrl-1", "pinctrl-names" },
		{ "memory-region", "memory-region-names" },
	};
	char names[DTDEV_BINDING_NAME_MAX];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s", rows[i].property);
		EXPECT(dtdev_binding_names(rows[i].property, names, sizeof(names)));
		EXPECT(!strcmp(names, rows[i].names));
	}
	EXPECT(!dtdev_binding_names("clocks", names, sizeof("clock-names") - 1));
	EXPECT(dtdev_binding_names("clocks", names, sizeof("clock-names")));
	EXPECT(!dtdev_binding_names("s", names, sizeof(names)));
}

static void tells_numbers_and_needs(void)
{
	EXPECT(dtdev_binding_is_number("reg"));
	EXPECT(dtdev_binding_is_number("interrupts-extended"));
	EXPECT(dtdev_binding_is_number("#clock-cells"));
	EXPECT(!dtdev_binding_is_number("regs"));
	EXPECT(!dtdev_binding_is_number("clocks"));
	EXPECT(!dtdev_binding_is_number(""));
	EXPECT(dtdev_binding_is_needed("thermal-sensors"));
	EXPECT(!dtdev_binding_is_needed("cooling-device"));
}

static void knows_nodes_that_refer_to_nobody(void)
{
	static const struct {
		const char *node;
		bool top;
		bool is;
	} rows[] = {
		{ "__symbols__", true, true },
		{ "__overlay__", false, true },
		{ "aliases", true, true },
		{ "chosen", true, true },
		{ "aliases", false, false },
		{ "chosen", false, false },
		{ "chosen@0", true, false },
		{ "_leds", true, false },
		{ "", true, false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s", rows[i].node);
		EXPECT_EQ(dtdev_binding_is_special(rows[i].node, rows[i].top), rows[i].is);
	}
}

KTAP_ROOM(KTAP_CASE(tells_numbers_and_needs), KTAP_CASE(knows_properties),
	  KTAP_CASE(knows_nodes_that_refer_to_nobody),
	  KTAP_CASE(knows_where_handles_are_in_maps),
	  KTAP_CASE(guesses_what_a_target_declares),
	  KTAP_CASE(names_the_list_of_names));
