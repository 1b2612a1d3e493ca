// SPDX-License-Identifier: GPL-2.0
/*
 * reset - one function by itself
 *
 * The methods (device specific, ACPI, FLR, AF FLR, power state, and the slot or
 * the bus where the function is alone there) are the PCI core's, in the order of
 * the device's reset_method attribute.
 */
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "function.h"
#include "reset.h"
#include "state.h"
#include "xen.h"

/* Names of the PCI core's methods, by their number in pci_dev->reset_methods. */
#define RESET_BUS	6
static const char *const reset_names[] = {
	NULL, "device_specific", "acpi", "flr", "af_flr", "pm",
	[RESET_BUS] = "bus", "cxl_bus",
};

/* The method that the PCI core tries first; NULL where it has none. */
static const char *reset_first_method(const struct pci_dev *dev)
{
	u8 method = dev->reset_methods[0];

	return method < ARRAY_SIZE(reset_names) ? reset_names[method] : "other";
}

/* The bridge above, where a method of @dev's, or @first alone, would write to it; or NULL. */
static struct pci_dev *reset_bridge(struct pci_dev *dev, bool first)
{
	unsigned int i;

	for (i = 0; i < (first ? 1 : PCI_NUM_RESET_METHODS) && dev->reset_methods[i]; i++)
		if (dev->reset_methods[i] >= RESET_BUS)
			return pci_upstream_bridge(dev);
	return NULL;
}

/*
 * Did the kernel find a way to reset @dev when it found @dev? Its attribute reset_method is
 * there since, whatever the owner has left in it. May sleep.
 */
bool pciback_reset_is_known(struct pci_dev *dev)
{
	struct kernfs_node *attribute = sysfs_get_dirent(dev->dev.kobj.sd, "reset_method");

	if (!attribute)
		return false;
	sysfs_put(attribute);
	return true;
}

/*
 * Does its owner want no reset of @fn at all? Some cards die of any, and their owners empty
 * the list. Any context.
 */
bool pciback_reset_is_forbidden(const struct pciback_fn *fn)
{
	return fn->resettable && !fn->dev->reset_methods[0];
}

/* The PCI core goes on with the next method, however long one took. Caller: device_lock. */
static int reset_first(struct pci_dev *dev)
{
	u8 second = dev->reset_methods[1];
	int err;

	dev->reset_methods[1] = 0;
	err = __pci_reset_function_locked(dev);
	dev->reset_methods[1] = second;
	return err;
}

/* Keeps what is tried, and who or what stood in the way. May sleep. */
void pciback_reset_note(struct pciback_fn *fn, const char *method,
			const char *note)
{
	mutex_lock(&fn->lock);
	fn->reset_method = method;
	strscpy(fn->reset_note, note, sizeof(fn->reset_note));
	fn->reset_waits = false;
	mutex_unlock(&fn->lock);
}

/* By the @first method alone: if that does not bring it back, no other takes as long. */
static int reset_core(struct pciback_fn *fn, bool first)
{
	struct pci_dev *bridge = reset_bridge(fn->dev, first);
	int err;

	if (pci_num_vf(fn->dev)) {
		pciback_reset_note(fn, NULL, "its virtual functions are there");
		return -EBUSY;
	}
	/* Only tried for: others take the bridge's lock before the function's. */
	if (bridge && !pci_dev_trylock(bridge))
		return -EAGAIN;
	pciback_reset_note(fn, reset_first_method(fn->dev), "");
	/*
	 * Neither DMA nor the line while it is being reset, and nothing decoded: Xen
	 * lets no PVH dom0 restore BARs that it thinks are in use.
	 */
	pci_write_config_word(fn->dev, PCI_COMMAND, PCI_COMMAND_INTX_DISABLE);
	err = first ? reset_first(fn->dev) : __pci_reset_function_locked(fn->dev);
	if (bridge)
		pci_dev_unlock(bridge);
	return err;
}

static int reset_locked(struct pciback_fn *fn, bool first)
{
	int err, restored, told;

	/* The PCI core would wait a minute for it to come back, for each method. */
	if (!pci_device_is_present(fn->dev)) {
		pciback_reset_note(fn, NULL, "it is not there");
		return -ENODEV;
	}
	/* The PCI core resets functions that are awake. */
	pci_set_power_state(fn->dev, PCI_D0);
	err = reset_core(fn, first);
	restored = pciback_state_restore(fn);
	if (restored == -ENODEV)
		return err ?: restored;
	told = pciback_xen_was_reset(fn->dev);
	return err ?: restored ?: told;
}

/*
 * Resets @fn by itself and puts back what it should hold, message interrupts included.
 * Caller: pci_dev_lock, and no operation of a guest's is under way but the caller's own.
 * May sleep, up to the seconds a device may take to come back. Returns 0, -ENOTTY (the
 * function cannot be reset by itself), -EBUSY (fn->reset_note says why), -EAGAIN (somebody
 * holds the bridge: later), -ENODEV (it does not answer) or -errno; what it should hold is
 * put back all the same.
 */
int pciback_reset_function_locked(struct pciback_fn *fn)
{
	return reset_locked(fn, false);
}

/*
 * The same because the guest that has the function wants it, or has it recover: with no other
 * method behind one that did not bring it back, and no lock but the function's, unless the
 * first is a reset of the bus.
 */
int pciback_reset_for_guest_locked(struct pciback_fn *fn)
{
	return reset_locked(fn, true);
}

static const char *const reset_policy_names[] = {
	[PCIBACK_RESET_AUTO] = "auto",
	[PCIBACK_RESET_REQUIRE] = "require",
	[PCIBACK_RESET_WARN] = "warn",
};

static enum pciback_reset_policy reset_policy;

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

/* The administrator's choice; a single word, no lock. */
enum pciback_reset_policy pciback_reset_policy_now(void)
{
	return READ_ONCE(reset_policy);
}
