// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs - xen-pciback/<host address>/policy, what is whose in one function's
 * configuration space, and why; and xen-pciback/<domain>/<guest's address>/config,
 * what the guest reads there
 *
 * It looks, it decides nothing. A file that cannot be made is not missed.
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>

#include "core/bdf.h"
#include "core/cfg_field.h"
#include "core/cfg_filter.h"
#include "core/cfg_map.h"
#include "debugfs.h"
#include "fn/function.h"
#include "fn/hwcfg.h"

static struct dentry *debugfs_root;

static const char *const debugfs_actions[] = {
	[PCIBACK_CFG_PLAIN] = "plain",
	[PCIBACK_CFG_BAR] = "bar",
	[PCIBACK_CFG_ROM] = "rom",
	[PCIBACK_CFG_COMMAND] = "command",
	[PCIBACK_CFG_PM_CTRL] = "power",
	[PCIBACK_CFG_MSI_FLAGS] = "msi",
	[PCIBACK_CFG_MSIX_FLAGS] = "msix",
	[PCIBACK_CFG_VPD_ADDR] = "vpd",
	[PCIBACK_CFG_DEVCTL] = "devctl",
	[PCIBACK_CFG_AF_CTRL] = "af",
};

/* One register. Returns where the next may begin. */
static u16 policy_show_reg(struct seq_file *m, struct pciback_cfg *cfg,
			   const struct pciback_cfg_reg *reg)
{
	const struct pciback_cfg_field *field = reg->field;
	struct pciback_cfg_read now;

	pciback_cfg_decide_read(cfg, reg->pos, field->size, &now);
	seq_printf(m, "%03x:%u %08x %08x %08x %08x %08x %08x %s: %s\n",
		   reg->pos, field->size, field->virt,
		   now.shadow & field->virt, field->vwrite,
		   field->write, field->rw1c, field->hold,
		   debugfs_actions[field->action], field->reason);
	return reg->pos + field->size;
}

/* A stretch that is hidden. Returns its end. */
static u16 policy_show_hidden(struct seq_file *m, const struct pciback_cfg *cfg,
			      u16 pos)
{
	u16 start = pos;

	while (pos < cfg->size && pciback_cfg_is_hidden(cfg, pos))
		pos++;
	seq_printf(m, "%03x:%u hidden\n", start, pos - start);
	return pos;
}

static int policy_show(struct seq_file *m, void *data)
{
	struct pciback_fn *fn = m->private;
	struct pciback_cfg *cfg = fn->cfg;
	u16 pos = 0;

	while (pos < cfg->size) {
		const struct pciback_cfg_reg *reg = pciback_cfg_owner(cfg, pos);

		if (reg)
			pos = policy_show_reg(m, cfg, reg);
		else if (pciback_cfg_is_hidden(cfg, pos))
			pos = policy_show_hidden(m, cfg, pos);
		else
			pos++;
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(policy);

/* A row of 16 bytes, as lspci -x has it; what cannot be read is all ones. */
static void config_show_row(struct seq_file *m, struct pciback_fn *fn, u16 row)
{
	__le32 words[4];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		u32 value;

		if (pciback_hwcfg_read(fn, row + 4 * i, 4, &value))
			value = ~0;
		words[i] = cpu_to_le32(value);
	}
	seq_printf(m, "%02x: %*ph\n", row, (int)sizeof(words), words);
}

/* For lspci -F, which wants an address first. */
static int config_show(struct seq_file *m, void *data)
{
	struct pciback_fn *fn = m->private;
	struct pciback_bdf at = READ_ONCE(fn->guest_bdf);
	u16 row;

	seq_printf(m, "%04x:%02x:%02x.%u host %s\n", at.domain, at.bus,
		   pciback_bdf_slot(at), pciback_bdf_func(at),
		   pci_name(fn->dev));
	for (row = 0; row < fn->cfg->size; row += 16)
		config_show_row(m, fn, row);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(config);

/* From the driver's probe; the file stays until pciback_debugfs_del(). */
void pciback_debugfs_add(struct pciback_fn *fn)
{
	char name[PCIBACK_BDF_STRLEN];

	pciback_bdf_format(fn->bdf, name);
	fn->debugfs = debugfs_create_dir(name, debugfs_root);
	debugfs_create_file("policy", 0400, fn->debugfs, fn, &policy_fops);
}

/* Waits for readers. */
void pciback_debugfs_del(struct pciback_fn *fn)
{
	debugfs_remove(fn->debugfs);
}

/* A guest's directory, for the functions it has. */
struct dentry *pciback_debugfs_add_guest(domid_t domid)
{
	char name[8];

	snprintf(name, sizeof(name), "%u", domid);
	return debugfs_create_dir(name, debugfs_root);
}

void pciback_debugfs_del_guest(struct dentry *guest)
{
	debugfs_remove(guest);
}

/* The guest sees @fn at @at; the file stays until pciback_debugfs_taken(). */
void pciback_debugfs_given(struct dentry *guest, struct pciback_fn *fn,
			   struct pciback_bdf at)
{
	char name[PCIBACK_BDF_STRLEN];

	pciback_bdf_format(at, name);
	fn->guest_debugfs = debugfs_create_dir(name, guest);
	debugfs_create_file("config", 0400, fn->guest_debugfs, fn, &config_fops);
}

/* Waits for readers. */
void pciback_debugfs_taken(struct pciback_fn *fn)
{
	debugfs_remove(fn->guest_debugfs);
	fn->guest_debugfs = NULL;
}

void pciback_debugfs_init(void)
{
	debugfs_root = debugfs_create_dir("xen-pciback", NULL);
}

void pciback_debugfs_exit(void)
{
	debugfs_remove(debugfs_root);
}
