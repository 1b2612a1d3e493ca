// SPDX-License-Identifier: GPL-2.0
/* fake_device - a device without a bus, and a host that serves it */
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_field.h"
#include "fake_device.h"

static u8 fake_device_read(const struct pciback_cfg_reader *reader, u16 pos)
{
	/* The reader is the device's first member. */
	struct fake_device *dev = (struct fake_device *)reader;

	dev->reads++;
	if (pos > dev->highest)
		dev->highest = pos;
	return dev->hw[pos];
}

void fake_device_init(struct fake_device *dev, u8 fill)
{
	memset(dev, 0, sizeof(*dev));
	dev->reader.read = fake_device_read;
	memset(dev->hw, fill, sizeof(dev->hw));
}

void fake_device_header(struct fake_device *dev)
{
	static const u8 header[PCI_STD_HEADER_SIZEOF] = {
		0x86, 0x80, 0xd3, 0x10,		/* vendor, device */
		0x07, 0x01, 0x10, 0x00,		/* command, status */
		0x00, 0x00, 0x00, 0x02,		/* revision, class */
		0x10, 0x00, 0x00, 0x00,		/* line, timer, type, BIST */
		[0x2c] = 0x28, 0x10, 0x01, 0x00,	/* subsystem */
		[0x3c] = 0x0b, 0x01,		/* interrupt */
	};

	memcpy(dev->hw, header, sizeof(header));
	dev->rw1c[PCI_STATUS + 1] = 0xf9;
}

void fake_device_cap(struct fake_device *dev, u8 pos, u8 id, u8 next)
{
	dev->hw[pos] = id;
	dev->hw[pos + 1] = next;
	if (id == PCI_CAP_ID_PM)
		dev->rw1c[pos + PCI_PM_CTRL + 1] = 0x80;
}

void fake_device_extcap(struct fake_device *dev, u16 pos, u16 id, u16 next)
{
	dev->hw[pos] = id;
	dev->hw[pos + 1] = id >> 8;
	dev->hw[pos + 2] = 1 | next << 4;
	dev->hw[pos + 3] = next >> 4;
}

void fake_device_usual(struct fake_device *dev)
{
	fake_device_init(dev, 0);
	fake_device_header(dev);
	dev->hw[PCI_CAPABILITY_LIST] = 0x40;
	fake_device_cap(dev, 0x40, PCI_CAP_ID_PM, 0x50);
	fake_device_cap(dev, 0x50, PCI_CAP_ID_MSI, 0x70);
	fake_device_cap(dev, 0x70, PCI_CAP_ID_MSIX, 0x90);
	fake_device_cap(dev, 0x90, PCI_CAP_ID_EXP, 0);
}

void fake_device_rich(struct fake_device *dev)
{
	fake_device_usual(dev);
	fake_device_cap(dev, 0x90, PCI_CAP_ID_EXP, 0xd0);
	fake_device_put(dev, 0x92, 2, 2);
	fake_device_cap(dev, 0xd0, PCI_CAP_ID_VPD, 0xd8);
	fake_device_cap(dev, 0xd8, PCI_CAP_ID_AF, 0xe0);
	fake_device_cap(dev, 0xe0, PCI_CAP_ID_SHPC, 0xe8);
	fake_device_cap(dev, 0xe8, PCI_CAP_ID_PCIX, 0);
	fake_device_extcap(dev, 0x100, PCI_EXT_CAP_ID_DSN, 0x200);
	fake_device_extcap(dev, 0x200, PCI_EXT_CAP_ID_SRIOV, 0x300);
	fake_device_extcap(dev, 0x300, PCI_EXT_CAP_ID_ERR, 0);
}

struct pciback_cfg_facts fake_device_facts(u16 size)
{
	return (struct pciback_cfg_facts){
		.vendor = 0x8086, .device = 0x10ca, .irq_line = 16, .size = size,
		.regions = {
			{ 0xfebc0000, 0x20000, 0, false },
			{ 0xc020, 0x20, 1, false },
			{ 0x380fe0004000, 0x4000, 0xc, true },
			{ 0, 0, 0, false },
			{ 0, 0, 0, false },
			{ 0xfe000010, 0x10, 8, false },
			{ 0xfeb80000, 0x40000, 0, false },
		},
	};
}

int fake_device_build(struct fake_device *dev, struct pciback_cfg *cfg,
		      const struct pciback_cfg_facts *facts)
{
	dev->reader.size = facts->size;
	return pciback_cfg_build(cfg, facts, &dev->reader);
}

u32 fake_device_get(const struct fake_device *dev, u16 pos, u8 size)
{
	u32 value = 0;
	u8 i;

	for (i = 0; i < size; i++)
		value |= (u32)dev->hw[pos + i] << 8 * i;
	return value;
}

void fake_device_put(struct fake_device *dev, u16 pos, u8 size, u32 value)
{
	u8 i;

	for (i = 0; i < size; i++) {
		u8 *hw = &dev->hw[pos + i], rw1c = dev->rw1c[pos + i];
		u8 trap = dev->trap[pos + i];
		u8 written = value >> 8 * i;

		if (written & trap)
			dev->sprung = true;
		*hw = (*hw & (trap | (rw1c & ~written))) |
		      (written & ~(rw1c | trap));
	}
}

u32 fake_guest_read(struct pciback_cfg *cfg, const struct fake_device *dev,
		    u16 pos, u8 size)
{
	struct pciback_cfg_read decision;
	u32 hardware = 0;

	pciback_cfg_decide_read(cfg, pos, size, &decision);
	if (decision.hw)
		hardware = fake_device_get(dev, pos, size);
	return (hardware & decision.hw) | decision.shadow;
}

/* As the host does it; a power state is a write like any other here. */
static void fake_guest_step(struct fake_device *dev,
			    const struct pciback_cfg_step *step)
{
	u32 now = 0;

	if (!(step->write | step->rw1c))
		return;
	if (pciback_cfg_needs_current(step))
		now = fake_device_get(dev, step->pos, step->size);
	fake_device_put(dev, step->pos, step->size,
			pciback_cfg_merge(step, now));
}

void fake_guest_write(struct pciback_cfg *cfg, struct fake_device *dev,
		      u16 pos, u8 size, u32 value, bool permissive)
{
	struct pciback_cfg_write write;
	unsigned int i;

	pciback_cfg_decide_write(cfg, pos, size, value, permissive, &write);
	for (i = 0; i < write.nsteps; i++) {
		fake_guest_step(dev, &write.steps[i]);
		pciback_cfg_commit(cfg, &write.steps[i]);
	}
}
