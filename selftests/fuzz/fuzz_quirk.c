// SPDX-License-Identifier: GPL-2.0
/*
 * Any text as a quirk line: taken where another reader takes it, with the same
 * meaning, which is that of the line it is written as. Then opened on a rich
 * device, where that oracle would, and nothing else with it.
 */
#include <linux/errno.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "bdf.h"
#include "cfg_map.h"
#include "cfg_oracle.h"
#include "fake_device.h"
#include "fuzz.h"
#include "quirk.h"
#include "quirk_oracle.h"

static struct fake_device dev;
static struct pciback_cfg cfg;
static struct cfg_oracle oracle;

static bool is_same(const struct pciback_quirk *a, const struct pciback_quirk *b)
{
	return a->reg == b->reg && a->size == b->size && a->mask == b->mask;
}

static void check_round_trip(struct pciback_bdf bdf,
			     const struct pciback_quirk *quirk)
{
	char text[PCIBACK_QUIRK_STRLEN];
	struct pciback_quirk back;
	struct pciback_bdf bdf_back;

	pciback_quirk_format(bdf, quirk, text);
	ORACLE(strlen(text) == PCIBACK_QUIRK_STRLEN - 1);
	ORACLE(!pciback_quirk_parse(text, strlen(text), &bdf_back, &back));
	ORACLE(pciback_bdf_key(bdf) == pciback_bdf_key(bdf_back));
	ORACLE(is_same(quirk, &back));
}

static void make_device(void)
{
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_EXP_SIZE);

	fake_device_rich(&dev);
	cfg_oracle_build(&oracle, &facts, dev.hw);
	ORACLE(!fake_device_build(&dev, &cfg, &facts));
}

static void check_device(const struct pciback_quirk *quirk)
{
	static u8 none[PCI_CFG_SPACE_EXP_SIZE];
	u16 i;

	if (!cfg.size)
		make_device();
	memset(oracle.opened, 0, sizeof(oracle.opened));
	if (pciback_quirk_check(&cfg, quirk)) {
		ORACLE(cfg_oracle_quirk(&oracle, quirk) == -EPERM);
		return;
	}
	ORACLE(!cfg_oracle_quirk(&oracle, quirk));
	pciback_quirk_open(&cfg, quirk);
	ORACLE(!memcmp(cfg.quirk, oracle.opened, sizeof(cfg.quirk)));
	for (i = 0; i < quirk->size; i++)
		ORACLE(cfg.quirk[quirk->reg + i] ==
		       (quirk->mask >> 8 * i & 0xff));
	pciback_quirk_close_all(&cfg);
	ORACLE(!memcmp(cfg.quirk, none, sizeof(none)));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	const char *s = (const char *)data;
	struct pciback_quirk quirk = { 0 }, other = { 0 };
	struct pciback_bdf bdf = { 0 }, other_bdf = { 0 };
	int err = pciback_quirk_parse(s, size, &bdf, &quirk);

	ORACLE(!err || err == -EINVAL);
	ORACLE(!err == quirk_oracle_parse(s, size, &other_bdf, &other));
	if (err)
		return 0;
	ORACLE(pciback_bdf_key(bdf) == pciback_bdf_key(other_bdf));
	ORACLE(is_same(&quirk, &other));
	check_round_trip(bdf, &quirk);
	check_device(&quirk);
	return 0;
}
