// SPDX-License-Identifier: GPL-2.0
/*
 * iommu - what Xen's drivers match: smmu.c, smmu-v3.c and ipmmu-vmsa.c in
 * xen/drivers/passthrough/arm
 *
 * Debian's hypervisor is built with Xen's defaults, of 4.17 as of 4.20.
 *
 * Pure: any context, no allocation.
 */
#include <linux/kernel.h>
#include <linux/types.h>

#include "iommu.h"

#define SMMU_V3	"CONFIG_ARM_SMMU_V3"
#define IPMMU	"CONFIG_IPMMU_VMSA"

static const struct dtdev_iommu iommus[] = {
	{ "arm,smmu-v1" },
	{ "arm,smmu-v2" },
	{ "arm,mmu-400" },
	{ "arm,mmu-401" },
	{ "arm,mmu-500" },
	{ "arm,smmu-v3", SMMU_V3 },	/* asked for by CONFIG_EXPERT only */
	{ "renesas,ipmmu-r8a7795", IPMMU },	/* H3, from ES3.0 on */
	{ "renesas,ipmmu-r8a7796", IPMMU },	/* M3-W */
	{ "renesas,ipmmu-r8a77961", IPMMU },	/* M3-W+ */
	{ "renesas,ipmmu-r8a77965", IPMMU },	/* M3-N */
	{ "renesas,ipmmu-r8a779f0", IPMMU },	/* S4 */
	{ "renesas,ipmmu-r8a779g0", IPMMU },	/* V4H, from Xen 4.20 on */
};

/* Number @index of those that Xen drives; NULL: there are no more. */
const struct dtdev_iommu *dtdev_iommu(unsigned int index)
{
	return index < ARRAY_SIZE(iommus) ? &iommus[index] : NULL;
}
