// SPDX-License-Identifier: GPL-2.0
/*
 * return - gives a function back to dom0
 */
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/pci.h>

#include "../fn/function.h"
#include "../fn/reset.h"
#include "clean.h"
#include "hide.h"
#include "newcomer.h"
#include "origin.h"
#include "owner.h"
#include "registry.h"
#include "return.h"
#include "stub.h"
#include "together.h"

static void return_complain(const struct pciback_fn *fn, int err)
{
	const char *separator = *fn->reset_note ? ", " : "";

	if (err)
		pci_warn(fn->dev,
			 "not returned: a guest has used it, and it could not be reset: %d%s%s\n",
			 fn->custody.reset_result, separator, fn->reset_note);
	else
		pci_warn(fn->dev,
			 "returned all the same: a guest has used it, and it could not be reset: %d%s%s\n",
			 fn->custody.reset_result, separator, fn->reset_note);
}

/*
 * A guest has used the function, and nothing has reset it since: dom0's driver would turn
 * on bus mastering with whatever the guest has set up in it. Returns 0 where the
 * administrator will have it so, else why not.
 */
static int return_unreset(struct pciback_fn *fn)
{
	int err;

	mutex_lock(&fn->lock);
	err = pciback_custody_may_return(&fn->custody, pciback_reset_policy_now());
	if (fn->custody.used && fn->custody.state != PCIBACK_FN_ASSIGNED)
		return_complain(fn, err);
	mutex_unlock(&fn->lock);
	return err;
}

/* May @fn go? Waits for its cleaning, and tries that once more where it has failed. */
static int return_may(struct pciback_fn *fn)
{
	int err;

	if (fn->cfg->is_bridge)
		return 0;
	err = pciback_clean_wait(fn);
	if (err)
		return err;
	if (pciback_owner_is_guest(fn)) {
		pci_warn(fn->dev, "not returned: a domain has it\n");
		return -EBUSY;
	}
	if (pciback_together_for_dom0(fn)) {
		pci_warn(fn->dev, "not returned: a guest has another that shares its requester id\n");
		return -EBUSY;
	}
	if (READ_ONCE(fn->custody.used))
		pciback_clean_on_request(fn);
	return return_unreset(fn);
}

/*
 * Gives the function at @bdf back to dom0: to the driver it came from, or that
 * its driver_override asks for. May sleep long, killable. Returns 0, -ENODEV (not ours),
 * -EBUSY (a guest has it, or a neighbour keeps it from being reset), -EPERM (it was not
 * reset after its last guest, and reset_policy minds) or -errno.
 */
int pciback_return(struct pciback_bdf bdf)
{
	struct pciback_fn *fn = pciback_registry_find(bdf);
	struct pci_dev *dev;
	int err;

	if (!fn)
		return -ENODEV;
	dev = pci_dev_get(fn->dev);
	err = return_may(fn);
	pciback_fn_put(fn);
	if (!err)
		err = pciback_hide_except(bdf);
	if (!err) {
		pciback_newcomer_settle();
		/* Somebody may have unbound it, and bound another driver, meanwhile. */
		if (pciback_stub_owns(dev))
			device_release_driver(&dev->dev);
		err = pciback_origin_attach(dev);
		pci_info(dev, "returned to %s\n",
			 err > 0 ? dev_driver_string(&dev->dev) : "no driver");
		err = min(err, 0);
	}
	pci_dev_put(dev);
	return err;
}
