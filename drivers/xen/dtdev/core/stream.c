// SPDX-License-Identifier: GPL-2.0
/*
 * stream - Xen's answers about an IOMMU, in words
 *
 * Pure: any context, no allocation.
 */
#include <linux/errno.h>

#include "stream.h"

/*
 * What Xen's answer to the question means whether a node is assigned to a domain.
 * Of one that no IOMMU looks after Xen says, too, that it is nobody's.
 */
enum dtdev_stream_state dtdev_stream_answer(int err)
{
	switch (err) {
	case 0:
		return DTDEV_STREAM_FREE;
	case -EINVAL:
		return DTDEV_STREAM_TAKEN;
	case -EOPNOTSUPP:	/* dom0 is not behind an IOMMU */
	case -ENODEV:		/* only PCI functions are */
	case -ESRCH:		/* Xen has no such node */
		return DTDEV_STREAM_NONE;
	}
	return DTDEV_STREAM_UNKNOWN;
}

/* As the administrator sees it: of those that are ours, TAKEN is dom0's. */
const char *dtdev_stream_state_name(enum dtdev_stream_state state)
{
	static const char * const names[] = {
		[DTDEV_STREAM_NONE] = "none",
		[DTDEV_STREAM_FREE] = "deassigned",
		[DTDEV_STREAM_TAKEN] = "dom0",
		[DTDEV_STREAM_UNKNOWN] = "unknown",
	};

	return names[state];
}
