// SPDX-License-Identifier: GPL-2.0
/*
 * Devices that say something else the second time, or each time: the map may
 * make no sense to a guest, but it holds together, and is soon done.
 */
#include <linux/pci_regs.h>
#include <linux/types.h>

#include "chain_world.h"
#include "random_device.h"

#define DEVICES	1000

/* What comes first from a byte, and what comes from then on. */
struct shifty {
	struct pciback_cfg_reader reader;
	struct fake_device *then;
	const struct fake_device *first;
	bool any;			/* as the dice fall, instead */
	unsigned int reads;
	bool seen[PCI_CFG_SPACE_EXP_SIZE];
};

static u8 shifty_read(const struct pciback_cfg_reader *reader, u16 pos)
{
	/* The reader is its first member. */
	struct shifty *shifty = (struct shifty *)reader;
	bool again = shifty->seen[pos];

	shifty->reads++;
	shifty->seen[pos] = true;
	if (shifty->any)
		return random_value();
	return again ? shifty->then->hw[pos] : shifty->first->hw[pos];
}

static void build_from(struct shifty *shifty, u16 size)
{
	struct pciback_cfg_facts facts = fake_device_facts(size);
	const char *broken;

	shifty->reader.read = shifty_read;
	shifty->reader.size = size;
	EXPECT_EQ(pciback_cfg_build(&cfg, &facts, &shifty->reader), 0);
	EXPECT(shifty->reads <= CFG_MAP_READS_MAX);
	broken = cfg_map_broken(&cfg);
	if (broken)
		printf("# %s [%s]\n", broken, ktap_row);
	EXPECT(!broken);
}

/* The second list goes where the first has not been. */
static void the_second_list_leads_elsewhere(void)
{
	static struct fake_device first;
	struct shifty shifty = { .then = &dev, .first = &first };

	fake_device_usual(&first);
	fake_device_usual(&dev);
	fake_device_cap(&dev, 0x40, PCI_CAP_ID_PM, 0x44);
	fake_device_cap(&dev, 0x44, PCI_CAP_ID_MSI, 0xc0);
	build_from(&shifty, PCI_CFG_SPACE_SIZE);
	/* What would stand on another's register ends the list. */
	CHECK_CAPS(0x40);
	EXPECT(owns(0x44, 0x44));

	shifty = (struct shifty){ .then = &dev, .first = &first };
	fake_device_cap(&dev, 0x40, PCI_CAP_ID_PM, 0xc0);
	fake_device_cap(&dev, 0xc0, PCI_CAP_ID_MSI, 0);
	build_from(&shifty, PCI_CFG_SPACE_SIZE);
	CHECK_CAPS(0x40, 0xc0);
}

/* It turns hidden, and would cover what has been shown. */
static void hiding_takes_nothing_away(void)
{
	static struct fake_device first;
	struct shifty shifty = { .then = &dev, .first = &first };

	fake_device_usual(&first);
	fake_device_usual(&dev);
	fake_device_cap(&dev, 0x50, PCI_CAP_ID_SECDEV, 0x38);
	dev.hw[0x41] = 0x54;
	fake_device_cap(&dev, 0x54, PCI_CAP_ID_MSI, 0x50);
	fake_device_cap(&first, 0x54, PCI_CAP_ID_MSI, 0x50);
	build_from(&shifty, PCI_CFG_SPACE_SIZE);
	CHECK_CAPS(0x40, 0x54);
	EXPECT(owns(0x55, 0x55) && owns(0x56, 0x56));
	EXPECT(pciback_cfg_is_hidden(&cfg, 0x50));
	EXPECT(owns(0x5c, 0x5c));
	EXPECT(pciback_cfg_is_hidden(&cfg, 0x5e));
}

/* What the extended list begins with is hidden, or is not, the second time. */
static void the_first_header_turns(void)
{
	static struct fake_device first;
	struct shifty shifty = { .then = &dev, .first = &first };

	bare_device(0);
	first = dev;
	fake_device_extcap(&first, 0x100, PCI_EXT_CAP_ID_DSN, 0x200);
	fake_device_extcap(&dev, 0x100, PCI_EXT_CAP_ID_ATS, 0x300);
	fake_device_extcap(&first, 0x300, PCI_EXT_CAP_ID_DSN, 0);
	build_from(&shifty, PCI_CFG_SPACE_EXP_SIZE);
	CHECK_EXTCAPS(0x100, 0x300);
	check_hidden(0x104, 0x108);

	/* It says that it is gone. */
	shifty = (struct shifty){ .then = &dev, .first = &first };
	fake_device_put(&dev, 0x100, 4, 0xffffffff);
	build_from(&shifty, PCI_CFG_SPACE_EXP_SIZE);
	check_extcaps(NULL, 0);
}

static void each_look_is_another(void)
{
	unsigned int i;

	while (ktap_next_seed()) {
		random_seed(ktap_seed);
		for (i = 0; i < DEVICES; i++) {
			struct shifty shifty = { .any = true };

			KTAP_ROW("seed %llu, device %u", ktap_seed, i);
			build_from(&shifty, i & 1 ? PCI_CFG_SPACE_EXP_SIZE :
						    PCI_CFG_SPACE_SIZE);
		}
	}
}

/* Two devices that make sense, of which nobody knows which is the one. */
static void two_devices_in_one(void)
{
	static struct fake_device first;
	struct pciback_cfg_facts facts;
	unsigned int i;

	while (ktap_next_seed()) {
		random_seed(ktap_seed);
		for (i = 0; i < DEVICES; i++) {
			struct shifty shifty = { .then = &dev, .first = &first };

			KTAP_ROW("seed %llu, device %u", ktap_seed, i);
			random_device(&first, &facts);
			random_device(&dev, &facts);
			build_from(&shifty, facts.size);
		}
	}
}

KTAP_ROOM(KTAP_CASE(the_second_list_leads_elsewhere),
	  KTAP_CASE(hiding_takes_nothing_away),
	  KTAP_CASE(the_first_header_turns),
	  KTAP_CASE(each_look_is_another),
	  KTAP_CASE(two_devices_in_one));
