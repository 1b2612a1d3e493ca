/* SPDX-License-Identifier: GPL-2.0 */
/*
 * iommu - which IOMMUs Xen drives on Arm
 *
 * As its drivers match them in 4.17 to 4.20. What looks after a device and is not among
 * these is dom0's: to a guest's device it is no help.
 */
#ifndef DTDEV_CORE_IOMMU_H
#define DTDEV_CORE_IOMMU_H

struct dtdev_iommu {
	const char *compatible;
	const char *option;	/* that Xen must be built with; NULL: its default has it */
};

const struct dtdev_iommu *dtdev_iommu(unsigned int index);

#endif
