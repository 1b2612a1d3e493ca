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

#define ANY_DEVICE	.device = 0, .device_mask = 0
#define WIRELESS	.class = 0x028000, .class_mask = 0xffff00
#define ETHERNET	.class = 0x020000, .class_mask = 0xffff00
#define UHCI		.class = 0x0c0300, .class_mask = 0xffffff

/* The names are those of the Linux drivers that write these registers. */
#define RETRY_TIMEOUT	.quirk = { 0x41, 1, 0xff }
/* Not the bits beside it, which raise management interrupts on the host. */
#define PIRQ_ENABLE	.quirk = { 0xc0, 2, 0x2000 }

static const struct pciback_quirk_known quirk_known[] = {
	{
		.vendor = 0x8086, ANY_DEVICE, WIRELESS, RETRY_TIMEOUT,
		.source = "iwlwifi: PCI_CFG_RETRY_TIMEOUT, off to keep C3 from breaking DMA",
	}, {
		.vendor = 0x168c, ANY_DEVICE, WIRELESS, RETRY_TIMEOUT,
		.source = "ath9k: retry timeout, off for the same reason",
	}, {
		.vendor = 0x14e4, ANY_DEVICE, ETHERNET,
		.quirk = { 0x68, 4, 0xffffffff },
		.source = "tg3: TG3PCI_MISC_HOST_CTRL, byte order and interrupt mask",
	}, {
		.vendor = 0x14e4, ANY_DEVICE, ETHERNET,
		.quirk = { 0x6c, 4, 0xffffffff },
		.source = "tg3: TG3PCI_DMA_RW_CTRL, burst sizes",
	}, {
		.vendor = 0x14e4, ANY_DEVICE, ETHERNET,
		.quirk = { 0x78, 4, 0xffffffff },
		.source = "tg3: TG3PCI_REG_BASE_ADDR, window to its registers",
	}, {
		.vendor = 0x14e4, ANY_DEVICE, ETHERNET,
		.quirk = { 0x7c, 4, 0xffffffff },
		.source = "tg3: TG3PCI_MEM_WIN_BASE_ADDR, window to its memory",
	}, {
		.vendor = 0x14e4, ANY_DEVICE, ETHERNET,
		.quirk = { 0x80, 4, 0xffffffff },
		.source = "tg3: TG3PCI_REG_DATA, behind the window",
	}, {
		.vendor = 0x14e4, ANY_DEVICE, ETHERNET,
		.quirk = { 0x84, 4, 0xffffffff },
		.source = "tg3: TG3PCI_MEM_WIN_DATA, behind the window",
	}, {
		.vendor = 0x8086, ANY_DEVICE, UHCI, PIRQ_ENABLE,
		.source = "uhci-hcd: USBLEGSUP, on: dom0 has turned interrupts off",
	}, {
		.vendor = 0x1106, ANY_DEVICE, UHCI, PIRQ_ENABLE,
		.source = "uhci-hcd: the same for VIA's",
	}, {
		.vendor = 0x1011, ANY_DEVICE, ETHERNET,
		.quirk = { 0x40, 4, 0xc0000000 },
		.source = "tulip: CFDD, its sleep and snooze modes: off to work",
	},
};

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
		    !((known->device ^ device) & known->device_mask) &&
		    !((known->class ^ class) & known->class_mask))
			return known;
	return NULL;
}
