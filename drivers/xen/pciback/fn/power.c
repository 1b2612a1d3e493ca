// SPDX-License-Identifier: GPL-2.0
/*
 * power - to sleep and awake
 *
 * A function is put to sleep by who has just made it IDLE or is about to, and
 * awakened (state) by who claims or resets it; fn->custody keeps these apart.
 */
#include <linux/pci.h>
#include <linux/vgaarb.h>

#include "function.h"
#include "power.h"
#include "serving.h"
#include "state.h"
#include "tenant.h"
#include "xen.h"

/* The administrator's choice; a single word, no lock. */
bool pciback_power_idle_d3 = true;

/*
 * Not where others would miss it: what is behind a physical function, the screen that Xen
 * and dom0 may be writing to, and what a guest has, or is about to get, without our doing.
 */
static bool power_may_sleep(struct pciback_fn *fn)
{
	struct pci_dev *dev = fn->dev;

	return READ_ONCE(pciback_power_idle_d3) && dev->pm_cap &&
	       !(dev->dev_flags & PCI_DEV_FLAGS_NO_D3) && !pci_num_vf(dev) &&
	       dev != vga_default_device() && !pciback_fn_is_awaited(fn) &&
	       pciback_xen_ask_owner(fn) == PCIBACK_XEN_DOM0;
}

/* Caller: device_lock; nobody uses the function. May sleep. */
void pciback_power_sleep_locked(struct pciback_fn *fn)
{
	if (fn->found && power_may_sleep(fn))
		pci_set_power_state(fn->dev, PCI_D3hot);
}

/* The same without the lock. Who holds it has it awake, and may need that. */
void pciback_power_sleep_maybe(struct pciback_fn *fn)
{
	if (!pci_dev_trylock(fn->dev))
		return;
	pciback_power_sleep_locked(fn);
	pci_dev_unlock(fn->dev);
}

/*
 * The machine goes down, or another kernel takes over, while guests may still be
 * running: what they started stops here, for good.
 */
void pciback_power_shutdown(struct pci_dev *dev)
{
	struct pciback_fn *fn = pci_get_drvdata(dev);

	WRITE_ONCE(fn->no_master, true);
	/* Pairs with the barrier in pciback_state_master(). */
	smp_mb();
	pci_set_power_state(dev, PCI_D0);
	pciback_state_master(fn, false);
}

/*
 * dom0 sleeps: the PCI core saves what a function holds, assigned or not, and
 * puts it into the deepest state there is, since we have callbacks; without,
 * it would leave it in D0. All our workers are frozen meanwhile.
 */
static int power_suspend(struct device *device)
{
	return 0;
}

/*
 * Has a bridge, too, go to sleep with dom0, of which the PCI core would not believe that it
 * can: the port of a machine that otherwise does not come to rest. May sleep.
 */
void pciback_power_force(struct pciback_fn *fn)
{
	device_lock(&fn->dev->dev);
	if (!READ_ONCE(fn->custody.dying) && fn->dev->subordinate && !fn->dev->bridge_d3) {
		fn->dev->bridge_d3 = true;
		WRITE_ONCE(fn->sleeps, true);
	}
	device_unlock(&fn->dev->dev);
}

/* Caller: device_lock. */
void pciback_power_force_end(struct pciback_fn *fn)
{
	if (fn->sleeps)
		fn->dev->bridge_d3 = false;
	WRITE_ONCE(fn->sleeps, false);
}

/* Does it sleep while dom0 does? */
bool pciback_power_sleeps(const struct pciback_fn *fn)
{
	return fn->dev->pm_cap && (!fn->dev->subordinate || fn->dev->bridge_d3);
}

/* By us, and not by a device model, which writes to it without a word. */
static bool power_is_served(struct pciback_fn *fn)
{
	bool is;
	u16 domid = 0;

	mutex_lock(&fn->lock);
	is = fn->tenant;
	if (is)
		domid = fn->tenant->domid;
	mutex_unlock(&fn->lock);
	return is && !pciback_xen_is_hvm(domid);
}

/* The PCI core has awakened it, and restored what it held, whatever that was. */
static int power_resume(struct device *device)
{
	struct pciback_fn *fn = dev_get_drvdata(device);

	if (READ_ONCE(fn->custody.state) == PCIBACK_FN_IDLE) {
		pciback_power_sleep_locked(fn);
	} else if (power_is_served(fn)) {
		pciback_serving_begin(fn);
		pciback_state_restore(fn);
		pciback_serving_end(fn);
	}
	return 0;
}

const struct dev_pm_ops pciback_power_ops = {
	SYSTEM_SLEEP_PM_OPS(power_suspend, power_resume)
};
