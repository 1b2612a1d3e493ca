// SPDX-License-Identifier: GPL-2.0
/*
 * state - a function awake, and as the host wants it
 *
 * Exclusion: whoever serves the guest's operations, or has the function to itself.
 */
#include <linux/errno.h>
#include <linux/pci.h>

#include "../core/cfg_field.h"
#include "../core/cfg_filter.h"
#include "../core/cfg_map.h"
#include "function.h"
#include "hwbits.h"
#include "intx.h"
#include "state.h"

/*
 * Keeps what @fn holds now for good. Caller: device_lock, nobody has used the function
 * yet, it masters no bus and its gate is closed. May sleep. Returns 0 or -errno.
 */
int pciback_state_save(struct pciback_fn *fn)
{
	int err = pci_save_state(fn->dev);

	if (err)
		return err;
	fn->saved = pci_store_saved_state(fn->dev);
	return fn->saved ? 0 : -ENOMEM;
}

/* Not any more when the machine goes down, however that and this meet. May sleep. */
void pciback_state_master(struct pciback_fn *fn, bool on)
{
	if (on && !READ_ONCE(fn->no_master))
		pci_set_master(fn->dev);
	else
		pci_clear_master(fn->dev);
	/* Pairs with the barrier in pciback_power_shutdown(). */
	smp_mb();
	if (on && !READ_ONCE(fn->no_master))
		return;
	/* One that was closing the gate may have written what it had read before. */
	pciback_intx_settle(&fn->intx);
	pci_clear_master(fn->dev);
}

/* What the guest set as plain bits; what is more than that is not repeated. */
static void state_give(struct pciback_fn *fn)
{
	struct pciback_cfg_step step;
	unsigned int next = 0;

	while (pciback_cfg_next_given(fn->cfg, &next, &step)) {
		if (step.action == PCIBACK_CFG_DEVCTL) {
			if (step.write & PCI_EXP_DEVCTL_READRQ)
				pcie_set_readrq(fn->dev, 128 << ((step.value &
						PCI_EXP_DEVCTL_READRQ) >> 12));
			step.write &= ~(u32)PCI_EXP_DEVCTL_READRQ;
		} else if (step.action == PCIBACK_CFG_PM_CTRL) {
			step.write &= ~(u32)PCI_PM_CTRL_STATE_MASK;
		} else if (step.action != PCIBACK_CFG_PLAIN || step.pos == PCI_BIST) {
			/* A self test would begin again. */
			continue;
		}
		pciback_hwbits_write(fn->dev, &step);
	}
}

static void state_command(struct pciback_fn *fn)
{
	u16 command = pciback_cfg_owner(fn->cfg, PCI_COMMAND)->shadow;

	if (command & PCI_COMMAND_INVALIDATE)
		pci_try_set_mwi(fn->dev);
	pciback_state_master(fn, command & PCI_COMMAND_MASTER);
}

/* The bits of COMMAND that it had when it was seized. */
static u16 state_decoded(const struct pci_dev *dev)
{
	return dev->saved_config_space[PCI_COMMAND / 4] &
	       (PCI_COMMAND_IO | PCI_COMMAND_MEMORY);
}

static bool state_is_decoding(struct pci_dev *dev)
{
	u16 decoded = state_decoded(dev), command;

	pci_read_config_word(dev, PCI_COMMAND, &command);
	return !PCI_POSSIBLE_ERROR(command) && (command & decoded) == decoded;
}

/* The PCI core writes BARs, and says nothing of what comes of it. */
static bool state_holds_bars(struct pci_dev *dev)
{
	unsigned int i;
	u32 value;

	for (i = PCI_BASE_ADDRESS_0 / 4; i <= PCI_BASE_ADDRESS_5 / 4; i++) {
		pci_read_config_dword(dev, 4 * i, &value);
		if (value != dev->saved_config_space[i])
			return false;
	}
	return true;
}

/*
 * Has @fn lost where it decodes, or that it does? Drivers have chips reset themselves, and
 * then write back what those forgot: BARs, which a guest cannot, and COMMAND. Any context.
 */
bool pciback_state_is_lost(struct pciback_fn *fn)
{
	struct pci_dev *dev = fn->dev;
	u16 decoded = state_decoded(dev), command;

	pci_read_config_word(dev, PCI_COMMAND, &command);
	if (dev->current_state != PCI_D0 || PCI_POSSIBLE_ERROR(command))
		return false;
	return (command & decoded) != decoded || !state_holds_bars(dev);
}

/*
 * Xen refuses to put message interrupts back where nothing is decoded, of which the kernel
 * warns: is it, once all that takes has been written? Caller: pci_load_saved_state().
 */
static bool state_decodes(struct pci_dev *dev)
{
	u16 decoded = state_decoded(dev), command;
	unsigned int i;
	u32 value;

	for (i = PCI_BASE_ADDRESS_0 / 4; i <= PCI_BASE_ADDRESS_5 / 4; i++) {
		pci_read_config_dword(dev, 4 * i, &value);
		if (value != dev->saved_config_space[i])
			pci_write_config_dword(dev, 4 * i, dev->saved_config_space[i]);
	}
	pci_read_config_word(dev, PCI_COMMAND, &command);
	if ((command & decoded) != decoded)
		pci_write_config_word(dev, PCI_COMMAND,
				      command | decoded | PCI_COMMAND_INTX_DISABLE);
	return state_is_decoding(dev) && state_holds_bars(dev);
}

/*
 * Puts back what @fn should hold, message interrupts included. Caller: the function is in
 * D0. May sleep. Returns 0, -EIO: it does not hold what is written, or, with nothing
 * written, -ENODEV: it does not answer.
 */
int pciback_state_restore(struct pciback_fn *fn)
{
	if (!pci_device_is_present(fn->dev))
		return -ENODEV;
	pci_load_saved_state(fn->dev, fn->saved);
	if (pci_dev_msi_enabled(fn->dev) && !state_decodes(fn->dev)) {
		fn->dev->state_saved = false;
		return -EIO;
	}
	pci_restore_state(fn->dev);
	/* A bridge's are the host's alone. */
	if (fn->cfg->is_bridge)
		return 0;
	state_give(fn);
	state_command(fn);
	pciback_intx_reapply(&fn->intx);
	return state_is_decoding(fn->dev) && state_holds_bars(fn->dev) ? 0 : -EIO;
}

/*
 * Brings @fn to D0, whatever it holds there. Asked before is whether it is there at all: the
 * PCI core would wait for it. Caller, context: as pciback_state_wake(). Returns 0, -ENODEV
 * (it does not answer) or that it does not wake.
 */
int pciback_state_awake(struct pciback_fn *fn)
{
	int err;

	if (fn->dev->current_state == PCI_D0)
		return 0;
	if (!pci_device_is_present(fn->dev))
		return -ENODEV;
	err = pci_set_power_state(fn->dev, PCI_D0);
	if (!err && fn->dev->current_state != PCI_D0)
		err = -EIO;
	return err;
}

/*
 * Brings @fn to D0, where it is not, as it should be there. May sleep. Caller: holds
 * neither fn->lock nor pci_bus_sem. Returns 0 or -errno: it does not wake.
 */
int pciback_state_wake(struct pciback_fn *fn)
{
	int err;

	if (fn->dev->current_state == PCI_D0)
		return 0;
	err = pciback_state_awake(fn);
	return err ?: pciback_state_restore(fn);
}
