/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stream - whose memory a device's DMA reaches
 *
 * An IOMMU sends each device's accesses, its streams, through the memory map of
 * the domain that the device is assigned to. It is Xen that drives it, and what
 * tells dom0 which nodes are behind one Xen takes out of dom0's tree: only Xen's
 * answers tell.
 */
#ifndef DTDEV_CORE_STREAM_H
#define DTDEV_CORE_STREAM_H

enum dtdev_stream_state {
	DTDEV_STREAM_NONE = 0,	/* no IOMMU looks after the device */
	DTDEV_STREAM_FREE,	/* nobody's: dtdev= works */
	DTDEV_STREAM_TAKEN,	/* some domain's */
	DTDEV_STREAM_UNKNOWN,	/* no answer that we know */
};

enum dtdev_stream_state dtdev_stream_answer(int err);
const char *dtdev_stream_state_name(enum dtdev_stream_state state);

#endif
