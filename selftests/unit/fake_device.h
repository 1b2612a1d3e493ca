/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fake_device - a function's configuration space in an array
 *
 * Every bit of it can be written, other than on a real device, so that whatever
 * reaches it is seen. Bits named in rw1c[] clear when a 1 is written to them;
 * those in trap[] would start something: they stay, and it is told.
 */
#ifndef UNIT_FAKE_DEVICE_H
#define UNIT_FAKE_DEVICE_H

#include <linux/pci_regs.h>
#include <linux/types.h>

#include "cfg_filter.h"
#include "cfg_build.h"

struct fake_device {
	struct pciback_cfg_reader reader;
	u8 hw[PCI_CFG_SPACE_EXP_SIZE];
	u8 rw1c[PCI_CFG_SPACE_EXP_SIZE];
	u8 trap[PCI_CFG_SPACE_EXP_SIZE];
	bool sprung;			/* a 1 was written to a trap */
	unsigned int reads;		/* through @reader */
	unsigned int highest;		/* position that was read */
};

/* All bytes of the space are @fill; the header is not a device's yet. */
void fake_device_init(struct fake_device *dev, u8 fill);

/* A type 0 header with an empty list of capabilities. */
void fake_device_header(struct fake_device *dev);

/* A capability at @pos; the list goes on at @next. */
void fake_device_cap(struct fake_device *dev, u8 pos, u8 id, u8 next);

/* The same in the extended space; the first stands at 0x100. */
void fake_device_extcap(struct fake_device *dev, u16 pos, u16 id, u16 next);

/* PM at 0x40, MSI at 0x50, MSI-X at 0x70, express at 0x90. */
void fake_device_usual(struct fake_device *dev);

/*
 * The same, then VPD at 0xd0, AF at 0xd8, SHPC (hidden) at 0xe0, PCI-X at 0xe8,
 * and extended: a serial number at 0x100, SR-IOV (hidden) at 0x200, error
 * reporting at 0x300.
 */
void fake_device_rich(struct fake_device *dev);

/* What the host knows of the usual device: all sorts of regions. */
struct pciback_cfg_facts fake_device_facts(u16 size);

/* pciback_cfg_build() on a space of the size that @facts tells. */
int fake_device_build(struct fake_device *dev, struct pciback_cfg *cfg,
		      const struct pciback_cfg_facts *facts);

u32 fake_device_get(const struct fake_device *dev, u16 pos, u8 size);
void fake_device_put(struct fake_device *dev, u16 pos, u8 size, u32 value);

/* A guest's accesses, decided by the engine and carried out on @dev. */
u32 fake_guest_read(struct pciback_cfg *cfg, const struct fake_device *dev,
		    u16 pos, u8 size);
void fake_guest_write(struct pciback_cfg *cfg, struct fake_device *dev,
		      u16 pos, u8 size, u32 value, bool permissive);

#endif
