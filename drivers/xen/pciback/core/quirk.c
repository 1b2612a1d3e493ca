// SPDX-License-Identifier: GPL-2.0
/*
 * quirk - reads quirk lines and opens registers
 *
 * A quirk adds writable bits to what the tables allow. It opens nothing that
 * has an action, a shadow or a cover, or is closed: BARs, decoding, message
 * interrupts, links of the chains, hidden capabilities. Nothing of a bridge.
 *
 * Pure: any context, no allocation.
 */
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/pci_regs.h>
#include <linux/string.h>
#include <linux/types.h>

#include "bdf.h"
#include "cfg_field.h"
#include "cfg_map.h"
#include "quirk.h"

static u32 quirk_full_mask(u8 size)
{
	return size == 4 ? 0xffffffff : (1u << (8 * size)) - 1;
}

/*
 * Reads one line, white space around it aside. Returns 0 or -EINVAL: malformed,
 * a register that is not all inside the space, a size that is not 1, 2 or 4, a mask
 * wider than the size.
 */
int pciback_quirk_parse(const char *s, size_t len, struct pciback_bdf *bdf,
			struct pciback_quirk *quirk)
{
	struct xpt_text text = { s, s + len };
	u32 reg, size, mask;

	xpt_text_trim(&text);
	if (pciback_bdf_parse(&text, bdf) ||
	    !xpt_text_take(&text, '-') ||
	    pciback_take_hex(&text, PCI_CFG_SPACE_EXP_SIZE - 1, &reg) ||
	    !xpt_text_take(&text, ':') ||
	    pciback_take_hex(&text, 4, &size) ||
	    !xpt_text_take(&text, ':') ||
	    pciback_take_hex(&text, 0xffffffff, &mask) ||
	    text.at != text.end)
		return -EINVAL;
	if ((size != 1 && size != 2 && size != 4) ||
	    reg + size > PCI_CFG_SPACE_EXP_SIZE || mask & ~quirk_full_mask(size))
		return -EINVAL;
	*quirk = (struct pciback_quirk){
		reg, size, mask ? mask : quirk_full_mask(size),
	};
	return 0;
}

static char *quirk_put_hex(char *out, u32 value, unsigned int digits)
{
	while (digits--)
		*out++ = "0123456789abcdef"[value >> (4 * digits) & 15];
	return out;
}

/* Writes the line that pciback_quirk_parse() reads. */
void pciback_quirk_format(struct pciback_bdf bdf,
			  const struct pciback_quirk *quirk,
			  char out[PCIBACK_QUIRK_STRLEN])
{
	pciback_bdf_format(bdf, out);
	out += PCIBACK_BDF_STRLEN - 1;
	*out++ = '-';
	out = quirk_put_hex(out, quirk->reg, 3);
	*out++ = ':';
	out = quirk_put_hex(out, quirk->size, 1);
	*out++ = ':';
	out = quirk_put_hex(out, quirk->mask, 8);
	*out = '\0';
}

/*
 * May @quirk be opened on the function? Returns 0, -EINVAL (beyond its space)
 * or -EPERM (it would open what must stay the host's).
 */
int pciback_quirk_check(struct pciback_cfg *cfg,
			const struct pciback_quirk *quirk)
{
	u16 pos;

	if (quirk->reg + quirk->size > cfg->size)
		return -EINVAL;
	if (cfg->is_bridge)
		return -EPERM;
	for (pos = quirk->reg; pos < quirk->reg + quirk->size; pos++) {
		struct pciback_cfg_reg *reg = pciback_cfg_owner(cfg, pos);
		u8 bits = quirk->mask >> (8 * (pos - quirk->reg));

		if (!bits)
			continue;
		if (pciback_cfg_is_hidden(cfg, pos))
			return -EPERM;
		if (reg && (reg->field->action || reg->field->closed ||
			    (reg->field->virt >> (8 * (pos - reg->pos)) & bits)))
			return -EPERM;
	}
	return 0;
}

/* Opens what pciback_quirk_check() has allowed. */
void pciback_quirk_open(struct pciback_cfg *cfg,
			const struct pciback_quirk *quirk)
{
	u8 i;

	for (i = 0; i < quirk->size; i++)
		cfg->quirk[quirk->reg + i] |= quirk->mask >> (8 * i) & 0xff;
}

void pciback_quirk_close_all(struct pciback_cfg *cfg)
{
	memset(cfg->quirk, 0, sizeof(cfg->quirk));
}

#define WIRELESS	.class = 0x028000, .class_mask = 0xffff00
#define ETHERNET	.class = 0x020000, .class_mask = 0xffff00
#define UHCI		.class = 0x0c0300, .class_mask = 0xffffff

/* The names are those of the Linux drivers that write these registers. */
#define RETRY_TIMEOUT	.quirk = { 0x41, 1, 0xff }
/* Not the bits beside it, which raise management interrupts on the host. */
#define PIRQ_ENABLE	.quirk = { 0xc0, 2, 0x2000 }

/* Elsewhere in the vendor's cards there may be anything at these places. */
static const u16 quirk_tg3[] = {
	0x1600, 0x1601, 0x1641, 0x1642, 0x1643, 0x1644, 0x1645, 0x1646, 0x1647,
	0x1648, 0x1649, 0x164d, 0x1653, 0x1654, 0x1655, 0x1656, 0x1657, 0x1659,
	0x165a, 0x165b, 0x165d, 0x165e, 0x165f, 0x1665, 0x1668, 0x1669, 0x166a,
	0x166b, 0x166e, 0x1672, 0x1673, 0x1674, 0x1676, 0x1677, 0x1678, 0x1679,
	0x167a, 0x167b, 0x167d, 0x167e, 0x167f, 0x1680, 0x1681, 0x1682, 0x1683,
	0x1684, 0x1686, 0x1687, 0x1688, 0x1689, 0x1690, 0x1691, 0x1692, 0x1693,
	0x1694, 0x1696, 0x1698, 0x1699, 0x169a, 0x169b, 0x169c, 0x169d, 0x16a0,
	0x16a6, 0x16a7, 0x16a8, 0x16b0, 0x16b1, 0x16b2, 0x16b3, 0x16b4, 0x16b5,
	0x16b6, 0x16b7, 0x16c6, 0x16c7, 0x16dd, 0x16f3, 0x16f7, 0x16fd, 0x16fe,
	0x170d, 0x170e, 0x1712, 0x1713, 0,
};

#define TG3		.vendor = 0x14e4, .devices = quirk_tg3, ETHERNET

/* 21040, 21041, 21142 and 21143: the 21140 has no such modes. */
static const u16 quirk_tulip[] = { 0x0002, 0x0014, 0x0019, 0 };

static const struct pciback_quirk_known quirk_known[] = {
	{
		.vendor = 0x8086, WIRELESS, RETRY_TIMEOUT,
		.source = "iwlwifi: PCI_CFG_RETRY_TIMEOUT, off to keep C3 from breaking DMA",
	}, {
		.vendor = 0x168c, WIRELESS, RETRY_TIMEOUT,
		.source = "ath9k: retry timeout, off for the same reason",
	}, {
		TG3, .quirk = { 0x68, 4, 0xffffffff },
		.source = "tg3: TG3PCI_MISC_HOST_CTRL, byte order and interrupt mask",
	}, {
		TG3, .quirk = { 0x70, 4, 0x00072060 },
		.source = "tg3: TG3PCI_PCISTATE, retries and ways to its firmware, after a reset",
	}, {
		TG3, .quirk = { 0x78, 4, 0xffffffff },
		.source = "tg3: TG3PCI_REG_BASE_ADDR, window to its registers",
	}, {
		TG3, .quirk = { 0x7c, 4, 0xffffffff },
		.source = "tg3: TG3PCI_MEM_WIN_BASE_ADDR, window to its memory",
	}, {
		TG3, .quirk = { 0x80, 4, 0xffffffff },
		.source = "tg3: TG3PCI_REG_DATA, behind the window",
	}, {
		TG3, .quirk = { 0x84, 4, 0xffffffff },
		.source = "tg3: TG3PCI_MEM_WIN_DATA, behind the window",
	}, {
		.vendor = 0x8086, UHCI, PIRQ_ENABLE,
		.source = "uhci-hcd: USBLEGSUP, on: dom0 has turned interrupts off",
	}, {
		.vendor = 0x1106, UHCI, PIRQ_ENABLE,
		.source = "uhci-hcd: the same for VIA's",
	}, {
		.vendor = 0x1011, .devices = quirk_tulip, ETHERNET,
		.quirk = { 0x40, 4, 0xc0000000 },
		.source = "tulip: CFDD, its sleep and snooze modes: off to work",
	},
};

static bool quirk_is_of(const struct pciback_quirk_known *known, u16 device)
{
	const u16 *at = known->devices;

	if (!at)
		return true;
	while (*at && *at != device)
		at++;
	return *at;
}

/* Walks the known quirks of a device; start with @last NULL, ends with NULL. */
const struct pciback_quirk_known *
pciback_quirk_known_next(const struct pciback_quirk_known *last, u16 vendor,
			 u16 device, u32 class)
{
	const struct pciback_quirk_known *known;
	const struct pciback_quirk_known *end;

	end = quirk_known + ARRAY_SIZE(quirk_known);
	for (known = last ? last + 1 : quirk_known; known < end; known++)
		if (known->vendor == vendor &&
		    quirk_is_of(known, device) &&
		    !((known->class ^ class) & known->class_mask))
			return known;
	return NULL;
}
