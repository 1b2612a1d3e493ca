// SPDX-License-Identifier: GPL-2.0
/*
 * reset - one function by itself, or with all that share its slot or bus
 *
 * A function's own methods (device specific, ACPI, FLR, AF FLR, power state, and
 * the bus where it is alone on it) are the PCI core's, in the order of the
 * device's reset_method attribute. Where none works, the slot or the bus is
 * reset, but only when everything on it is ours and no guest has any of it.
 */
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/string.h>
#include <linux/xarray.h>
#include <xen/pci.h>
#include <xen/xen.h>

#include "claim.h"
#include "function.h"
#include "registry.h"
#include "reset.h"

/* Names of the PCI core's methods, by their number in pci_dev->reset_methods. */
static const char *const reset_names[] = {
	NULL, "device_specific", "acpi", "flr", "af_flr", "pm", "bus", "cxl_bus",
};

/* The method that the PCI core tries first; NULL where it has none. */
static const char *reset_first_method(const struct pci_dev *dev)
{
	u8 method = dev->reset_methods[0];

	return method < ARRAY_SIZE(reset_names) ? reset_names[method] : "other";
}

static void reset_note(struct pciback_fn *fn, const char *method,
		       const char *note)
{
	mutex_lock(&fn->lock);
	fn->reset_method = method;
	strscpy(fn->reset_note, note, sizeof(fn->reset_note));
	mutex_unlock(&fn->lock);
}

/*
 * Puts back what the function held when it was seized: a guest may have left
 * anything in there, so it goes by the first copy. May sleep.
 */
void pciback_reset_restore(struct pciback_fn *fn)
{
	pci_load_saved_state(fn->dev, fn->saved);
	pci_restore_state(fn->dev);
}

/*
 * Resets @fn by itself and restores it. Caller: pci_dev_lock, nobody uses the
 * function. May sleep, up to the seconds a device may take to come back.
 * Returns 0, -ENOTTY (the function cannot be reset by itself) or -errno; the
 * saved state is restored all the same.
 */
int pciback_reset_function_locked(struct pciback_fn *fn)
{
	int err, told = 0;

	reset_note(fn, reset_first_method(fn->dev), "");
	/* The PCI core resets functions that are awake. */
	pci_set_power_state(fn->dev, PCI_D0);
	err = __pci_reset_function_locked(fn->dev);
	if (!xen_pv_domain())
		told = xen_reset_device(fn->dev);
	pciback_reset_restore(fn);
	return err ?: told;
}

/* The functions that a reset of the bus would take along, held. */
struct reset_party {
	struct pciback_fn *fn;		/* who wants it */
	struct xarray others;		/* by pciback_bdf_key() */
	int err;
};

static void reset_blocked(struct reset_party *party, struct pci_dev *dev,
			  const char *why, int err)
{
	char note[PCIBACK_RESET_NOTE];

	snprintf(note, sizeof(note), "%s shares its bus: %s", pci_name(dev), why);
	reset_note(party->fn, NULL, note);
	party->err = err;
}

/* Visits each function on the bus; a non-zero answer ends the walk. */
static int reset_invite(struct pci_dev *dev, void *data)
{
	struct reset_party *party = data;
	struct pciback_fn *fn;

	/* A bridge has nothing of its own: what is behind it is asked. */
	if (dev == party->fn->dev || dev->hdr_type != PCI_HEADER_TYPE_NORMAL)
		return 0;
	fn = pciback_registry_find(pciback_fn_bdf(dev));
	if (!fn) {
		reset_blocked(party, dev, "not seized by pciback", -EBUSY);
		return 1;
	}
	if (pciback_claim_hold(fn)) {
		reset_blocked(party, dev, "in use by a guest", -EBUSY);
		pciback_fn_put(fn);
		return 1;
	}
	party->err = xa_insert(&party->others, pciback_bdf_key(fn->bdf), fn,
			       GFP_KERNEL);
	if (party->err) {
		pciback_claim_unhold(fn);
		pciback_fn_put(fn);
	}
	return party->err;
}

static void reset_dismiss(struct reset_party *party)
{
	struct pciback_fn *fn;
	unsigned long key;

	xa_for_each(&party->others, key, fn) {
		pciback_claim_unhold(fn);
		pciback_fn_put(fn);
	}
	xa_destroy(&party->others);
}

/*
 * Resets the slot or bus that @fn is on, if everything there is ours and idle.
 * Caller: no lock of any device, @fn is CLEANING. May sleep. Returns 0, -ENOTTY
 * (cannot be done here), -EBUSY (fn->reset_note names who is in the way),
 * -EAGAIN (somebody holds a lock: later) or -errno.
 */
int pciback_reset_bus(struct pciback_fn *fn)
{
	struct reset_party party = { .fn = fn };
	struct pci_dev *dev = fn->dev;
	bool by_slot = dev->slot && !pci_probe_reset_slot(dev->slot);

	if (pci_is_root_bus(dev->bus) ||
	    (!by_slot && pci_probe_reset_bus(dev->bus))) {
		reset_note(fn, NULL, "no method fits");
		return -ENOTTY;
	}

	xa_init(&party.others);
	pci_walk_bus(dev->bus, reset_invite, &party);
	if (!party.err) {
		reset_note(fn, by_slot ? "slot" : "bus", "");
		party.err = pci_reset_bus(dev);
		pciback_reset_restore(fn);
	}
	reset_dismiss(&party);
	return party.err;
}

/* May a function whose last reset failed be given away? */
enum reset_policy {
	RESET_POLICY_AUTO,	/* not if a guest has used it since the last good one */
	RESET_POLICY_REQUIRE,	/* never */
	RESET_POLICY_WARN,	/* always: the log has told */
};

static const char *const reset_policy_names[] = {
	[RESET_POLICY_AUTO] = "auto",
	[RESET_POLICY_REQUIRE] = "require",
	[RESET_POLICY_WARN] = "warn",
};

static enum reset_policy reset_policy;

static int reset_policy_set(const char *value, const struct kernel_param *kp)
{
	int policy = sysfs_match_string(reset_policy_names, value);

	if (policy < 0)
		return policy;
	WRITE_ONCE(reset_policy, policy);
	return 0;
}

static int reset_policy_get(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%s\n", reset_policy_names[READ_ONCE(reset_policy)]);
}

const struct kernel_param_ops pciback_reset_policy_ops = {
	.set = reset_policy_set,
	.get = reset_policy_get,
};

/* Caller: fn->lock. */
bool pciback_reset_policy_allows(const struct pciback_fn *fn)
{
	lockdep_assert_held(&fn->lock);
	switch (READ_ONCE(reset_policy)) {
	case RESET_POLICY_REQUIRE:
		return !fn->reset_result && !fn->used;
	case RESET_POLICY_AUTO:
		return !fn->used;
	case RESET_POLICY_WARN:
		break;
	}
	return true;
}
