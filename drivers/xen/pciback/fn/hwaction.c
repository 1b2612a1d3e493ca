// SPDX-License-Identifier: GPL-2.0
/*
 * hwaction - carries out the actions, through the PCI core wherever it has a way
 *
 * Exclusion: whoever serves the guest's operations (guest/ring.h). All of this
 * may sleep. Returns are PCIBIOS_* or -errno, as the PCI core's; a step whose
 * action fails leaves its shadow as it was.
 */
#include <linux/pci.h>

#include "../core/cfg_field.h"
#include "../core/cfg_filter.h"
#include "../core/cfg_map.h"
#include "attempt.h"
#include "function.h"
#include "hwaction.h"
#include "hwbits.h"
#include "intx.h"
#include "reset.h"
#include "state.h"
#include "tenant.h"
#include "vpd.h"

/* The administrator's choice for all functions; a single word, no lock. */
bool pciback_hwaction_permissive;

bool pciback_hwaction_is_permissive(const struct pciback_fn *fn)
{
	return READ_ONCE(pciback_hwaction_permissive) ||
	       READ_ONCE(fn->permissive);
}

/* What was written, as bits of the whole register. */
static u32 action_value(const struct pciback_cfg_step *step)
{
	return step->value << (8 * (step->pos - step->reg->pos));
}

/* It may not be had: the guest's driver has to do with message interrupts then. */
void pciback_hwaction_line(struct pciback_fn *fn)
{
	if (pciback_attempt_may(fn, PCIBACK_ATTEMPT_LINE))
		pciback_attempt_note(fn, PCIBACK_ATTEMPT_LINE,
				     pciback_intx_enable(&fn->intx));
}

/* Before the guest uses it: it may just have reset it by a register of its own. */
static void action_found_again(struct pciback_fn *fn)
{
	if (pciback_state_is_lost(fn) && pciback_attempt_may(fn, PCIBACK_ATTEMPT_STATE))
		pciback_attempt_note(fn, PCIBACK_ATTEMPT_STATE, pciback_state_restore(fn));
}

/*
 * Bus mastering and MWI follow the guest through the PCI core, which keeps count
 * of them. Decoding stays on, or is put back; a guest that turns it on means to use its
 * interrupt, too.
 */
static int action_command(struct pciback_fn *fn, struct pciback_cfg_step *step)
{
	u16 was = step->reg->shadow, now = step->shadow, change = was ^ now;

	if (now & (PCI_COMMAND_IO | PCI_COMMAND_MEMORY))
		action_found_again(fn);
	if (change & PCI_COMMAND_MASTER)
		pciback_state_master(fn, now & PCI_COMMAND_MASTER);
	if (change & PCI_COMMAND_INVALIDATE) {
		if (!(now & PCI_COMMAND_INVALIDATE))
			pci_clear_mwi(fn->dev);
		else if (pci_set_mwi(fn->dev))
			step->shadow &= ~PCI_COMMAND_INVALIDATE;
	}
	/* Closing is always allowed; open it is only while a handler stands in. */
	if (change & PCI_COMMAND_INTX_DISABLE)
		pciback_intx_mask(&fn->intx, now & PCI_COMMAND_INTX_DISABLE);
	if (now & (PCI_COMMAND_IO | PCI_COMMAND_MEMORY))
		pciback_hwaction_line(fn);
	else
		pciback_intx_suspend(&fn->intx);
	return 0;
}

/* The ROM is decoded where the host put it, while the guest reads it. */
static int action_rom(struct pciback_fn *fn, struct pciback_cfg_step *step)
{
	u32 change = step->reg->shadow ^ step->shadow;

	if (!(change & PCI_ROM_ADDRESS_ENABLE))
		return 0;
	if (step->shadow & PCI_ROM_ADDRESS_ENABLE)
		return pci_enable_rom(fn->dev);
	pci_disable_rom(fn->dev);
	return 0;
}

/* The PCI core calls it done where the function says that it is not. */
static int action_sleep(struct pci_dev *dev, pci_power_t state)
{
	int err = pci_set_power_state(dev, state);

	return err ?: dev->current_state == state ? 0 : -EIO;
}

static int action_power(struct pciback_fn *fn, pci_power_t state)
{
	int err;

	if (state == fn->dev->current_state)
		return 0;
	if (!pciback_attempt_may(fn, PCIBACK_ATTEMPT_POWER))
		return PCIBIOS_SET_FAILED;
	if (state == PCI_D0)
		err = pciback_state_wake(fn);
	else
		err = action_sleep(fn->dev, state);
	return pciback_attempt_note(fn, PCIBACK_ATTEMPT_POWER, err);
}

static int action_pm_ctrl(struct pciback_fn *fn, struct pciback_cfg_step *step)
{
	struct pciback_cfg_step rest = *step;
	u32 state_bits = step->write & PCI_PM_CTRL_STATE_MASK;
	int err;

	/* Only the low byte holds the state; the high byte has no part in it. */
	if (step->pos != step->reg->pos)
		return pciback_hwbits_write(fn->dev, step);
	rest.write &= ~state_bits;
	err = pciback_hwbits_write(fn->dev, &rest);
	if (err)
		return err;
	return action_power(fn, (__force pci_power_t)(step->value & state_bits));
}

/*
 * Resets the function for its guest: all it should hold is put back afterwards. It is
 * awakened before a lock of the PCI core's is taken, which has the other order.
 */
static int action_reset(struct pciback_fn *fn)
{
	int err;

	if (!pciback_attempt_may(fn, PCIBACK_ATTEMPT_RESET))
		return PCIBIOS_SET_FAILED;
	err = pciback_state_wake(fn);
	if (!err)
		err = pci_dev_trylock(fn->dev) ? 0 : -EAGAIN;
	if (!err) {
		err = pciback_reset_for_guest_locked(fn);
		pci_dev_unlock(fn->dev);
	}
	if (err && pciback_tenant_may_log(fn->tenant))
		pci_warn(fn->dev, "reset for a guest: %d\n", err);
	return pciback_attempt_note(fn, PCIBACK_ATTEMPT_RESET, err);
}

/* The size goes through the PCI core, which knows what the path needs. */
static int action_read_request(struct pciback_fn *fn, u16 devctl)
{
	int size = 128 << ((devctl & PCI_EXP_DEVCTL_READRQ) >> 12);

	if (size == pcie_get_readrq(fn->dev))
		return 0;
	return pcie_set_readrq(fn->dev, size);
}

static int action_devctl(struct pciback_fn *fn, struct pciback_cfg_step *step)
{
	struct pciback_cfg_step rest = *step;
	u16 devctl = action_value(step);
	bool high = step->pos + step->size == step->reg->pos + 2;
	int err;

	if (high)
		rest.write &= ~((u32)PCI_EXP_DEVCTL_READRQ >>
				(8 * (step->pos - step->reg->pos)));
	err = pciback_hwbits_write(fn->dev, &rest);
	if (err || !high)
		return err;
	err = action_read_request(fn, devctl);
	if (!err && devctl & PCI_EXP_DEVCTL_BCR_FLR &&
	    fn->dev->devcap & PCI_EXP_DEVCAP_FLR)
		err = action_reset(fn);
	return err;
}

static int action_af_ctrl(struct pciback_fn *fn, struct pciback_cfg_step *step)
{
	return step->value & PCI_AF_CTRL_FLR ? action_reset(fn) : 0;
}

static bool action_flag_is_set(struct pci_dev *dev, u8 cap, u8 offset, u16 bit)
{
	u16 flags = 0;

	if (cap)
		pci_read_config_word(dev, cap + offset, &flags);
	return flags & bit;
}

/*
 * The control word of one kind of message interrupt, for device models that
 * switch it themselves (allow_interrupt_control). @other tells whether the other
 * kind is on: both at once are refused.
 */
static int action_msi_control(struct pciback_fn *fn,
			      struct pciback_cfg_step *step, u16 allowed,
			      u16 enable, bool other)
{
	u16 value = action_value(step);

	if (pciback_hwaction_is_permissive(fn))
		return pciback_hwbits_write(fn->dev, step);
	if (!READ_ONCE(fn->allow_interrupt_control))
		return 0;
	if (value & enable && other)
		return PCIBIOS_SET_FAILED;
	step->write = allowed >> (8 * (step->pos - step->reg->pos));
	return pciback_hwbits_write(fn->dev, step);
}

static int action_msi_flags(struct pciback_fn *fn, struct pciback_cfg_step *step)
{
	bool msix = action_flag_is_set(fn->dev, fn->dev->msix_cap,
				       PCI_MSIX_FLAGS, PCI_MSIX_FLAGS_ENABLE);

	return action_msi_control(fn, step, PCI_MSI_FLAGS_ENABLE,
				  PCI_MSI_FLAGS_ENABLE, msix);
}

static int action_msix_flags(struct pciback_fn *fn,
			     struct pciback_cfg_step *step)
{
	bool msi = action_flag_is_set(fn->dev, fn->dev->msi_cap, PCI_MSI_FLAGS,
				      PCI_MSI_FLAGS_ENABLE);

	return action_msi_control(fn, step,
				  PCI_MSIX_FLAGS_ENABLE | PCI_MSIX_FLAGS_MASKALL,
				  PCI_MSIX_FLAGS_ENABLE, msi);
}

/*
 * An address without the flag asks for a read: the answer is there at once, with
 * the flag set. Where there is none, and for writes, which are refused, the flag
 * stays as the guest wrote it, until it gives up waiting.
 */
static int action_vpd_addr(struct pciback_fn *fn, struct pciback_cfg_step *step)
{
	struct pciback_cfg_reg *data;

	/* The flag is in the high byte: only with that is a request complete. */
	if (step->pos + step->size != step->reg->pos + 2)
		return 0;
	step->shadow &= PCI_VPD_ADDR_MASK;
	if (action_value(step) & PCI_VPD_ADDR_F) {
		step->shadow |= PCI_VPD_ADDR_F;
		return 0;
	}
	data = pciback_cfg_owner(fn->cfg, step->reg->pos + PCI_VPD_DATA);
	if (data && !pciback_vpd_read(fn, step->shadow & ~3u, &data->shadow))
		step->shadow |= PCI_VPD_ADDR_F;
	return 0;
}

static int (*const hwactions[])(struct pciback_fn *fn,
				struct pciback_cfg_step *step) = {
	[PCIBACK_CFG_ROM] = action_rom,
	[PCIBACK_CFG_COMMAND] = action_command,
	[PCIBACK_CFG_PM_CTRL] = action_pm_ctrl,
	[PCIBACK_CFG_MSI_FLAGS] = action_msi_flags,
	[PCIBACK_CFG_MSIX_FLAGS] = action_msix_flags,
	[PCIBACK_CFG_VPD_ADDR] = action_vpd_addr,
	[PCIBACK_CFG_DEVCTL] = action_devctl,
	[PCIBACK_CFG_AF_CTRL] = action_af_ctrl,
};

/* Carries out @step; may change the shadow it is to leave. */
int pciback_hwaction(struct pciback_fn *fn, struct pciback_cfg_step *step)
{
	if (step->action == PCIBACK_CFG_PLAIN)
		return pciback_hwbits_write(fn->dev, step);
	if (step->action == PCIBACK_CFG_BAR)
		return 0;
	return hwactions[step->action](fn, step);
}

/* Has the guest turned decoding on, as far as it knows? */
bool pciback_hwaction_is_decoding(const struct pciback_fn *fn)
{
	const struct pciback_cfg_reg *command;

	command = pciback_cfg_owner(fn->cfg, PCI_COMMAND);
	return command->shadow & (PCI_COMMAND_IO | PCI_COMMAND_MEMORY);
}

/*
 * May @action only be carried out by who has the function's turn (serving.h)? Not what
 * waits for configuration access, for which a reset keeps the turn.
 */
bool pciback_hwaction_needs_turn(u8 action)
{
	return action != PCIBACK_CFG_VPD_ADDR;
}
