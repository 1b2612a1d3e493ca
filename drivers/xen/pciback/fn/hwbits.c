// SPDX-License-Identifier: GPL-2.0
/*
 * hwbits - plain accesses of 1, 2 or 4 bytes, and what a step of a write may write
 */
#include <linux/pci.h>

#include "../core/cfg_filter.h"
#include "hwbits.h"

/* Any context. Returns PCIBIOS_*. */
int pciback_hwbits_get(struct pci_dev *dev, u16 pos, u8 size, u32 *value)
{
	u16 word;
	u8 byte;
	int err;

	switch (size) {
	case 1:
		err = pci_read_config_byte(dev, pos, &byte);
		*value = byte;
		return err;
	case 2:
		err = pci_read_config_word(dev, pos, &word);
		*value = word;
		return err;
	default:
		return pci_read_config_dword(dev, pos, value);
	}
}

/* Any context. Returns PCIBIOS_*. */
int pciback_hwbits_put(struct pci_dev *dev, u16 pos, u8 size, u32 value)
{
	switch (size) {
	case 1:
		return pci_write_config_byte(dev, pos, value);
	case 2:
		return pci_write_config_word(dev, pos, value);
	default:
		return pci_write_config_dword(dev, pos, value);
	}
}

/*
 * What the host's bits in a register are. One that is away for a moment reads as all ones,
 * and must not have them written to it when it is back.
 */
static int hwbits_current(struct pci_dev *dev, const struct pciback_cfg_step *step, u32 *now)
{
	u32 ones = ~0u >> (32 - 8 * step->size);
	int err = pciback_hwbits_get(dev, step->pos, step->size, now);

	if (err || *now != ones)
		return err;
	if (!pci_device_is_present(dev))
		return PCIBIOS_DEVICE_NOT_FOUND;
	return pciback_hwbits_get(dev, step->pos, step->size, now);
}

/*
 * Writes what a step may write to the hardware, as plain bits. Any context.
 * Returns PCIBIOS_*.
 */
int pciback_hwbits_write(struct pci_dev *dev,
			 const struct pciback_cfg_step *step)
{
	u32 now = 0;
	int err;

	if (!(step->write | step->rw1c))
		return 0;
	if (pciback_cfg_needs_current(step)) {
		err = hwbits_current(dev, step, &now);
		if (err)
			return err;
	}
	return pciback_hwbits_put(dev, step->pos, step->size,
			 pciback_cfg_merge(step, now));
}
