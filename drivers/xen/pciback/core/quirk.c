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
