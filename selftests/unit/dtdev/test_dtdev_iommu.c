// SPDX-License-Identifier: GPL-2.0
/* IOMMUs that Xen drives: those of its drivers, by the names that these match, no others. */
#include <linux/types.h>
#include <string.h>

#include "iommu.h"
#include "ktap.h"

static const struct dtdev_iommu *find(const char *compatible)
{
	const struct dtdev_iommu *iommu;
	unsigned int i;

	for (i = 0; (iommu = dtdev_iommu(i)); i++)
		if (!strcmp(iommu->compatible, compatible))
			return iommu;
	return NULL;
}

static void knows_those_of_xens_drivers(void)
{
	static const struct {
		const char *compatible;
		const char *option;	/* NULL: Xen's default has it */
	} rows[] = {
		{ "arm,smmu-v1" },
		{ "arm,smmu-v2" },
		{ "arm,mmu-400" },
		{ "arm,mmu-401" },
		{ "arm,mmu-500" },
		{ "arm,smmu-v3", "CONFIG_ARM_SMMU_V3" },
		{ "renesas,ipmmu-r8a7795", "CONFIG_IPMMU_VMSA" },
		{ "renesas,ipmmu-r8a7796", "CONFIG_IPMMU_VMSA" },
		{ "renesas,ipmmu-r8a77961", "CONFIG_IPMMU_VMSA" },
		{ "renesas,ipmmu-r8a77965", "CONFIG_IPMMU_VMSA" },
		{ "renesas,ipmmu-r8a779f0", "CONFIG_IPMMU_VMSA" },
		{ "renesas,ipmmu-r8a779g0", "CONFIG_IPMMU_VMSA" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct dtdev_iommu *iommu = find(rows[i].compatible);

		KTAP_ROW("%s", rows[i].compatible);
		EXPECT(iommu);
		if (!iommu)
			continue;
		EXPECT(!iommu->option == !rows[i].option);
		if (iommu->option && rows[i].option)
			EXPECT(!strcmp(iommu->option, rows[i].option));
	}
	EXPECT(!dtdev_iommu(ARRAY_SIZE(rows)));
}

static void knows_no_others(void)
{
	static const char * const others[] = {
		"allwinner,sun50i-h6-iommu", "marvell,ap806-smmu-500", "mediatek,mt8183-m4u",
		"nvidia,smmu-500", "nvidia,tegra210-mc", "qcom,msm-iommu-v1", "qcom,smmu-500",
		"qcom,smmu-v2", "renesas,ipmmu-r8a774a1", "renesas,ipmmu-r8a779h0",
		"renesas,rcar-gen4-ipmmu-vmsa", "rockchip,iommu", "samsung,exynos-sysmmu",
		"ti,omap2-iommu", "",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(others); i++) {
		KTAP_ROW("%s", others[i]);
		EXPECT(!find(others[i]));
	}
}

KTAP_ROOM(KTAP_CASE(knows_those_of_xens_drivers), KTAP_CASE(knows_no_others));
