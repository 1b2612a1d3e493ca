// SPDX-License-Identifier: GPL-2.0
/*
 * cfgfault - what a function's configuration space can do wrong
 *
 *	modprobe cfgfault device=0000:00:05.0
 *	echo 1 > remove; echo 1 > /sys/bus/pci/rescan
 *
 * Stands between the kernel and one bus, and changes what one function there says.
 * In /sys/module/cfgfault/parameters, at any time:
 *
 *	delay_us	each access takes that much longer
 *	away		it answers all ones, and writes go nowhere; 0 ends what the next two
 *			have begun, too
 *	pm_away_ms	so long after its power state was written
 *	flr_away_ms	so long after a reset was asked of it
 *	stuck		bits of COMMAND that stay 0, whatever is written
 *	forget		waking from D3hot it has forgotten COMMAND, BARs and device control
 *	cfg_size	what the kernel thinks is the size of its space, in bytes
 *	vpd_at		its vital product data are there; 0, the default, for none. To be
 *			given when the module is loaded: the kernel looks only when it finds
 *			the function.
 *	vpd_ms		so long they take; -1 for ever
 *	vpd		what they are, in hexadecimal, again and again
 *	window_at	instead of vpd_at: a capability of the vendor's own, with two registers, as
 *			if one were an index and the other the data there
 *	seen		accesses that began since this was written: "reads N writes N irq N irq_ns N
 *			flr N window N", where irq are those with interrupts off, flr those of
 *			them in the time that a reset takes, and window the writes to those two
 *			registers
 */
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/processor.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#define FAULT_FLR_MS	100	/* PCI Express Base, 6.6.2 */
#define FAULT_VPD_MAX	256

static char *device = "";
module_param(device, charp, 0400);
MODULE_PARM_DESC(device, "the function's address");

static uint delay_us;
module_param(delay_us, uint, 0600);
MODULE_PARM_DESC(delay_us, "how much longer each access takes");

static bool away;

static uint pm_away_ms;
module_param(pm_away_ms, uint, 0600);
MODULE_PARM_DESC(pm_away_ms, "nothing answers after a write of the power state");

static uint flr_away_ms;
module_param(flr_away_ms, uint, 0600);
MODULE_PARM_DESC(flr_away_ms, "nothing answers after a reset");

static bool forget;
module_param(forget, bool, 0600);
MODULE_PARM_DESC(forget, "what wakes from D3hot has forgotten all");

static ushort stuck;
module_param(stuck, ushort, 0600);
MODULE_PARM_DESC(stuck, "bits of COMMAND that stay 0");

static uint vpd_at;
module_param(vpd_at, uint, 0400);
MODULE_PARM_DESC(vpd_at, "where vital product data are; 0: nowhere");

static uint window_at;
module_param(window_at, uint, 0400);
MODULE_PARM_DESC(window_at, "where a capability with a window is; 0: nowhere");

static int vpd_ms;
module_param(vpd_ms, int, 0600);
MODULE_PARM_DESC(vpd_ms, "how long vital product data take; -1: for ever");

/* Accesses come from any context, and from several CPUs at once. Guards what follows. */
static DEFINE_RAW_SPINLOCK(fault_lock);
static u64 fault_away_until, fault_flr_until, fault_vpd_ready;
static u16 fault_vpd_addr;
/* A name and the end tag, to begin with. */
static u8 fault_vpd[FAULT_VPD_MAX] = {
	0x82, 8, 0, 'c', 'f', 'g', 'f', 'a', 'u', 'l', 't', 0x78
};

static unsigned int fault_vpd_len = 12;
static struct {
	u64 reads, writes, irq, irq_ns, flr, window;
} fault_seen;

#define FAULT_WINDOW_LEN	12
static u8 fault_window[FAULT_WINDOW_LEN] = { PCI_CAP_ID_VNDR, 0, FAULT_WINDOW_LEN };

/* What stood there before; all constant while accesses come. */
static struct pci_ops *fault_base;
static struct pci_ops fault_ops;
static int fault_domain;
static u8 fault_bus, fault_devfn, fault_pm, fault_exp;

static bool fault_is_ours(const struct pci_bus *bus, unsigned int devfn)
{
	return bus->number == fault_bus && devfn == fault_devfn &&
	       pci_domain_nr((struct pci_bus *)bus) == fault_domain;
}

/* Is any of the two bytes at @pos among the @size bytes at @where? */
static bool fault_touches(int where, int size, int pos)
{
	return where < pos + 2 && pos < where + size;
}

static void fault_count(u64 *count, bool irq, u64 now)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&fault_lock, flags);
	(*count)++;
	fault_seen.irq += irq;
	fault_seen.flr += irq && now < fault_flr_until;
	raw_spin_unlock_irqrestore(&fault_lock, flags);
}

/* Counts an access, and makes it last. Returns false if nothing answers it. */
static bool fault_begin(u64 *count)
{
	u64 began = ktime_get_ns(), now;
	bool answers, irq = irqs_disabled();
	u64 end = began + (u64)READ_ONCE(delay_us) * NSEC_PER_USEC;
	unsigned long flags;

	fault_count(count, irq, began);
	while (ktime_get_ns() < end)
		cpu_relax();
	raw_spin_lock_irqsave(&fault_lock, flags);
	now = ktime_get_ns();
	if (irq)
		fault_seen.irq_ns += now - began;
	answers = !READ_ONCE(away) && now >= fault_away_until;
	raw_spin_unlock_irqrestore(&fault_lock, flags);
	return answers;
}

static u32 fault_vpd_head(u8 next)
{
	int ms = READ_ONCE(vpd_ms);
	u32 addr = fault_vpd_addr;

	if (ms >= 0 && fault_vpd_ready && ktime_get_ns() >= fault_vpd_ready)
		addr |= PCI_VPD_ADDR_F;
	return PCI_CAP_ID_VPD | next << 8 | addr << 16;
}

static u32 fault_vpd_data(void)
{
	u32 data = 0;
	int i;

	for (i = 0; i < 4; i++)
		data |= (u32)fault_vpd[(fault_vpd_addr + i) % fault_vpd_len] << (8 * i);
	return data;
}

/* Where the capability is that the function has not. */
static uint fault_extra(void)
{
	return vpd_at ?: window_at;
}

static bool fault_is_window(int where)
{
	return window_at && where >= window_at && where < window_at + FAULT_WINDOW_LEN;
}

/* Changes @dword, what the function has at @pos. */
static u32 fault_dword(struct pci_bus *bus, unsigned int devfn, int pos,
		       u32 dword)
{
	unsigned long flags;
	u32 first = 0;

	if (forget && fault_pm && pos == fault_pm + PCI_PM_CTRL)
		return dword & ~PCI_PM_CTRL_NO_SOFT_RESET;
	if (!fault_extra())
		return dword;
	if (pos == PCI_CAPABILITY_LIST)
		return (dword & ~0xffu) | fault_extra();
	fault_base->read(bus, devfn, PCI_CAPABILITY_LIST, 1, &first);
	raw_spin_lock_irqsave(&fault_lock, flags);
	if (fault_is_window(pos)) {
		memcpy(&dword, &fault_window[pos - window_at], 4);
		dword |= pos == window_at ? first << 8 : 0;
	} else if (pos == vpd_at) {
		dword = fault_vpd_head(first);
	} else {
		dword = fault_vpd_data();
	}
	raw_spin_unlock_irqrestore(&fault_lock, flags);
	return dword;
}

static bool fault_changes(int pos)
{
	return (forget && pos == fault_pm + PCI_PM_CTRL) ||
	       (fault_extra() && pos == PCI_CAPABILITY_LIST) || fault_is_window(pos) ||
	       (vpd_at && (pos == vpd_at || pos == vpd_at + PCI_VPD_DATA));
}

static int fault_read(struct pci_bus *bus, unsigned int devfn, int where,
		      int size, u32 *value)
{
	int pos = where & ~3, err;

	if (!fault_is_ours(bus, devfn))
		return fault_base->read(bus, devfn, where, size, value);
	if (!fault_begin(&fault_seen.reads)) {
		*value = ~0u >> (32 - 8 * size);
		return PCIBIOS_SUCCESSFUL;
	}
	if (!fault_changes(pos))
		return fault_base->read(bus, devfn, where, size, value);
	err = fault_base->read(bus, devfn, pos, 4, value);
	if (err)
		return err;
	*value = fault_dword(bus, devfn, pos, *value) >> (8 * (where & 3));
	*value &= ~0u >> (32 - 8 * size);
	return PCIBIOS_SUCCESSFUL;
}

/* COMMAND first: nothing is decoded while it is nowhere. */
static void fault_forget(struct pci_bus *bus, unsigned int devfn)
{
	int bar;

	fault_base->write(bus, devfn, PCI_COMMAND, 2, 0);
	for (bar = PCI_BASE_ADDRESS_0; bar <= PCI_BASE_ADDRESS_5; bar += 4)
		fault_base->write(bus, devfn, bar, 4, 0);
	if (fault_exp)
		fault_base->write(bus, devfn, fault_exp + PCI_EXP_DEVCTL, 2, 0);
}

static void fault_leave(uint ms)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&fault_lock, flags);
	if (ms)
		fault_away_until = ktime_get_ns() + ms * NSEC_PER_MSEC;
	raw_spin_unlock_irqrestore(&fault_lock, flags);
}

static int fault_write_power(struct pci_bus *bus, unsigned int devfn, int where,
			     int size, u32 value)
{
	u32 was = 0, is = 0;
	int err;

	fault_base->read(bus, devfn, fault_pm + PCI_PM_CTRL, 2, &was);
	err = fault_base->write(bus, devfn, where, size, value);
	fault_base->read(bus, devfn, fault_pm + PCI_PM_CTRL, 2, &is);
	if (forget && (was & PCI_PM_CTRL_STATE_MASK) == 3 &&
	    !(is & PCI_PM_CTRL_STATE_MASK))
		fault_forget(bus, devfn);
	fault_leave(READ_ONCE(pm_away_ms));
	return err;
}

static void fault_write_vpd(int where, int size, u32 value)
{
	unsigned long flags;

	/* The flag is in the last byte: only with that is a request complete. */
	if (where + size < vpd_at + 4 || where >= vpd_at + 4)
		return;
	raw_spin_lock_irqsave(&fault_lock, flags);
	fault_vpd_addr = value << (8 * (where - vpd_at)) >> 16 &
			 PCI_VPD_ADDR_MASK;
	fault_vpd_ready = ktime_get_ns() + max(READ_ONCE(vpd_ms), 0) * NSEC_PER_MSEC;
	raw_spin_unlock_irqrestore(&fault_lock, flags);
}

/* The head stays what it is. */
static void fault_write_window(int where, int size, u32 value)
{
	unsigned int from = where - window_at;
	unsigned long flags;

	raw_spin_lock_irqsave(&fault_lock, flags);
	if (from >= 4 && from + size <= FAULT_WINDOW_LEN) {
		memcpy(&fault_window[from], &value, size);
		fault_seen.window++;
	}
	raw_spin_unlock_irqrestore(&fault_lock, flags);
}

static bool fault_asks_reset(int where, int size, u32 value)
{
	int pos = fault_exp + PCI_EXP_DEVCTL;

	if (!fault_exp || where + size < pos + 2 || where > pos + 1)
		return false;
	return value >> (8 * (pos - where)) & PCI_EXP_DEVCTL_BCR_FLR;
}

/* @value, which is written at @where, without what stays 0 of COMMAND. */
static u32 fault_stick(int where, int size, u32 value)
{
	u64 bits = (u64)READ_ONCE(stuck) << (8 * PCI_COMMAND);

	if (!fault_touches(where, size, PCI_COMMAND))
		return value;
	return value & ~(u32)(bits >> (8 * where));
}

static int fault_write(struct pci_bus *bus, unsigned int devfn, int where,
		       int size, u32 value)
{
	unsigned long flags;
	int err;

	if (!fault_is_ours(bus, devfn))
		return fault_base->write(bus, devfn, where, size, value);
	if (!fault_begin(&fault_seen.writes))
		return PCIBIOS_SUCCESSFUL;
	if (vpd_at && where >= vpd_at && where < vpd_at + 8) {
		fault_write_vpd(where, size, value);
		return PCIBIOS_SUCCESSFUL;
	}
	if (fault_is_window(where)) {
		fault_write_window(where, size, value);
		return PCIBIOS_SUCCESSFUL;
	}
	if (fault_pm && fault_touches(where, size, fault_pm + PCI_PM_CTRL))
		return fault_write_power(bus, devfn, where, size, value);
	err = fault_base->write(bus, devfn, where, size, fault_stick(where, size, value));
	if (fault_asks_reset(where, size, value)) {
		raw_spin_lock_irqsave(&fault_lock, flags);
		fault_flr_until = ktime_get_ns() + FAULT_FLR_MS * NSEC_PER_MSEC;
		raw_spin_unlock_irqrestore(&fault_lock, flags);
		fault_leave(READ_ONCE(flr_away_ms));
	}
	return err;
}

static int fault_away_set(const char *value, const struct kernel_param *kp)
{
	unsigned long flags;
	int err = param_set_bool(value, kp);

	if (err || away)
		return err;
	raw_spin_lock_irqsave(&fault_lock, flags);
	fault_away_until = 0;
	raw_spin_unlock_irqrestore(&fault_lock, flags);
	return 0;
}

static const struct kernel_param_ops fault_away_ops = {
	.set = fault_away_set,
	.get = param_get_bool,
};
module_param_cb(away, &fault_away_ops, &away, 0600);
MODULE_PARM_DESC(away, "nothing answers");

/* As quirks of the kernel's set it, before a driver sees the function. */
static int fault_size_set(const char *value, const struct kernel_param *kp)
{
	struct pci_dev *dev;
	int size, err = kstrtoint(value, 0, &size);

	if (err)
		return err;
	dev = pci_get_domain_bus_and_slot(fault_domain, fault_bus, fault_devfn);
	if (!dev)
		return -ENODEV;
	dev->cfg_size = size;
	pci_dev_put(dev);
	return 0;
}

static const struct kernel_param_ops fault_size_ops = {
	.set = fault_size_set,
};
module_param_cb(cfg_size, &fault_size_ops, NULL, 0200);
MODULE_PARM_DESC(cfg_size, "the size of its space, for the kernel");

static int fault_vpd_set(const char *value, const struct kernel_param *kp)
{
	u8 bytes[FAULT_VPD_MAX];
	size_t len = strcspn(value, "\n") / 2, i;
	unsigned long flags;

	if (!len || len > sizeof(bytes))
		return -EINVAL;
	for (i = 0; i < len; i++)
		if (sscanf(value + 2 * i, "%2hhx", &bytes[i]) != 1)
			return -EINVAL;
	raw_spin_lock_irqsave(&fault_lock, flags);
	memcpy(fault_vpd, bytes, len);
	fault_vpd_len = len;
	raw_spin_unlock_irqrestore(&fault_lock, flags);
	return 0;
}

static const struct kernel_param_ops fault_vpd_ops = {
	.set = fault_vpd_set,
};
module_param_cb(vpd, &fault_vpd_ops, NULL, 0200);
MODULE_PARM_DESC(vpd, "the vital product data, in hexadecimal");

static int fault_seen_set(const char *value, const struct kernel_param *kp)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&fault_lock, flags);
	memset(&fault_seen, 0, sizeof(fault_seen));
	raw_spin_unlock_irqrestore(&fault_lock, flags);
	return 0;
}

static int fault_seen_get(char *buf, const struct kernel_param *kp)
{
	unsigned long flags;
	int len;

	raw_spin_lock_irqsave(&fault_lock, flags);
	len = sysfs_emit(buf, "reads %llu writes %llu irq %llu irq_ns %llu flr %llu window %llu\n",
			 fault_seen.reads, fault_seen.writes, fault_seen.irq,
			 fault_seen.irq_ns, fault_seen.flr, fault_seen.window);
	raw_spin_unlock_irqrestore(&fault_lock, flags);
	return len;
}

static const struct kernel_param_ops fault_seen_ops = {
	.set = fault_seen_set,
	.get = fault_seen_get,
};
module_param_cb(seen, &fault_seen_ops, NULL, 0600);
MODULE_PARM_DESC(seen, "what was accessed since this was written");

/* Buses that were found behind ours have its way of access. Caller: the rescan lock. */
static void fault_put_back(struct pci_bus *bus)
{
	struct pci_bus *child;

	if (bus->ops == &fault_ops)
		pci_bus_set_ops(bus, fault_base);
	list_for_each_entry(child, &bus->children, node)
		fault_put_back(child);
}

static int fault_stand_between(struct pci_bus *bus)
{
	uint extra = fault_extra();

	if (extra & 3 || (extra && extra < 0x40) || vpd_at > 0xf8 || window_at > 0xf4 ||
	    (vpd_at && window_at))
		return -EINVAL;
	fault_pm = pci_bus_find_capability(bus, fault_devfn, PCI_CAP_ID_PM);
	fault_exp = pci_bus_find_capability(bus, fault_devfn, PCI_CAP_ID_EXP);
	fault_base = bus->ops;
	fault_ops = *bus->ops;
	fault_ops.read = fault_read;
	fault_ops.write = fault_write;
	pci_bus_set_ops(bus, &fault_ops);
	return 0;
}

static int __init fault_init(void)
{
	unsigned int domain, number, slot, func;
	struct pci_bus *bus;
	int err = -ENODEV;

	if (sscanf(device, "%x:%x:%x.%x", &domain, &number, &slot, &func) != 4)
		return -EINVAL;
	fault_domain = domain;
	fault_bus = number;
	fault_devfn = PCI_DEVFN(slot, func);
	pci_lock_rescan_remove();
	bus = pci_find_bus(domain, number);
	if (bus)
		err = fault_stand_between(bus);
	pci_unlock_rescan_remove();
	return err;
}

static void __exit fault_exit(void)
{
	struct pci_bus *root = NULL;

	pci_lock_rescan_remove();
	while ((root = pci_find_next_bus(root)))
		fault_put_back(root);
	pci_unlock_rescan_remove();
	/* Nobody sleeps in an access: whoever was in one is out of it then. */
	synchronize_rcu_tasks();
	synchronize_rcu();
}

module_init(fault_init);
module_exit(fault_exit);

MODULE_DESCRIPTION("Plays PCI functions that do not answer as they should");
MODULE_LICENSE("GPL");
