// SPDX-License-Identifier: GPL-2.0
/*
 * vpd - reads vital product data for a guest
 *
 * The PCI core's accessors wait for as long as a reset keeps everybody from the
 * function's configuration space: so nothing that a reset waits for may be held here.
 */
#include <linux/container_of.h>
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/pci.h>
#include <linux/time64.h>

#include "../core/vpd.h"
#include "attempt.h"
#include "function.h"
#include "vpd.h"

/* What finding out how much there is may take: frontends wait two seconds for an answer. */
#define VPD_PATIENCE	(1500ULL * NSEC_PER_MSEC)

struct vpd_reader {
	struct pciback_vpd_reader reader;
	struct pci_dev *dev;
	u64 until;
};

static int vpd_dword(struct pci_dev *dev, u16 pos, u32 *value)
{
	__le32 dword;
	ssize_t len = pci_read_vpd_any(dev, pos, sizeof(dword), &dword);

	if (len != sizeof(dword))
		return len < 0 ? len : -EIO;
	*value = le32_to_cpu(dword);
	return 0;
}

static int vpd_reader_read(struct pciback_vpd_reader *reader, u16 pos, u32 *value)
{
	struct vpd_reader *this = container_of(reader, struct vpd_reader, reader);

	if (ktime_get_ns() > this->until)
		return -ETIMEDOUT;
	return vpd_dword(this->dev, pos, value);
}

/* Not the PCI core's way: that walks as far as the data send it. */
static u16 vpd_find_size(struct pci_dev *dev)
{
	struct vpd_reader reader = {
		.reader.read = vpd_reader_read,
		.dev = dev,
		.until = ktime_get_ns() + VPD_PATIENCE,
	};

	return pciback_vpd_size(&reader.reader);
}

static int vpd_try(struct pciback_fn *fn, u16 pos, u32 *value)
{
	if (!fn->vpd_size)
		fn->vpd_size = vpd_find_size(fn->dev);
	if (!fn->vpd_size)
		return -EIO;
	/* Some functions hang when they are read beyond the end. */
	if (pos >= fn->vpd_size) {
		*value = 0;
		return 0;
	}
	return vpd_dword(fn->dev, pos, value);
}

/*
 * Reads the four bytes at @pos, a multiple of 4. May sleep, two seconds at most or as long as
 * a reset under way. Caller: alone with the guest's request, but not with the function.
 * Returns 0 or -errno.
 */
int pciback_vpd_read(struct pciback_fn *fn, u16 pos, u32 *value)
{
	if (fn->dev->current_state != PCI_D0 ||
	    !pciback_attempt_may(fn, PCIBACK_ATTEMPT_VPD))
		return -EAGAIN;
	return pciback_attempt_note(fn, PCIBACK_ATTEMPT_VPD, vpd_try(fn, pos, value));
}
