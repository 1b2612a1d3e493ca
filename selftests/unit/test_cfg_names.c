// SPDX-License-Identifier: GPL-2.0
/* Which capabilities have a table: all that have a name, and each once. */
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "ktap.h"

static void unknown_capabilities_are_denied(void)
{
	EXPECT(!pciback_cfg_cap_table(0));
	EXPECT(!pciback_cfg_cap_table(0xff));
	EXPECT(!pciback_cfg_cap_table(PCI_CAP_ID_MAX + 1));
	EXPECT(!pciback_cfg_extcap_table(0));
	EXPECT(!pciback_cfg_extcap_table(0xffff));
}

/* What the header has names for, as it is where this is built. */
#define NAME(_name, _extended)	{ #_name, _name, _extended },
static const struct {
	const char *text;
	u16 id;
	bool extended;
} names[] = {
#include "cap_names.h"
};

static void each_name_has_its_line(void)
{
	unsigned int i;

	EXPECT(ARRAY_SIZE(names) >= 50);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		const struct pciback_cfg_table *table;

		KTAP_ROW("%s", names[i].text);
		table = names[i].extended ?
			pciback_cfg_extcap_table(names[i].id) :
			pciback_cfg_cap_table(names[i].id);
		EXPECT(table && table->id == names[i].id);
	}
}

/* A second line for an id would never be found. */
static void each_line_is_found(void)
{
	unsigned int i;

	for (i = 0; i < pciback_cfg_ncaps; i++) {
		const struct pciback_cfg_table *table = pciback_cfg_caps[i];

		KTAP_ROW("capability %#x", table->id);
		EXPECT(pciback_cfg_cap_table(table->id) == table);
	}
	for (i = 0; i < pciback_cfg_nextcaps; i++) {
		const struct pciback_cfg_table *table = &pciback_cfg_extcaps[i];

		KTAP_ROW("extended capability %#x", table->id);
		EXPECT(pciback_cfg_extcap_table(table->id) == table);
	}
}

/* What may go on beyond the function, or needs what a guest has not. */
static void the_hosts_are_hidden(void)
{
	static const u16 ids[] = {
		PCI_EXT_CAP_ID_SRIOV, PCI_EXT_CAP_ID_MRIOV, PCI_EXT_CAP_ID_ATS,
		PCI_EXT_CAP_ID_PRI, PCI_EXT_CAP_ID_PASID, PCI_EXT_CAP_ID_ACS,
		PCI_EXT_CAP_ID_REBAR, PCI_EXT_CAP_ID_VF_REBAR,
		PCI_EXT_CAP_ID_DPC, PCI_EXT_CAP_ID_L1SS, PCI_EXT_CAP_ID_PTM,
		PCI_EXT_CAP_ID_MCAST, PCI_EXT_CAP_ID_DOE,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ids); i++) {
		const struct pciback_cfg_table *table;

		KTAP_ROW("extended capability %#x", ids[i]);
		table = pciback_cfg_extcap_table(ids[i]);
		EXPECT(table && table->hidden);
	}
}

KTAP_ROOM(KTAP_CASE(unknown_capabilities_are_denied),
	  KTAP_CASE(each_name_has_its_line),
	  KTAP_CASE(each_line_is_found),
	  KTAP_CASE(the_hosts_are_hidden));
