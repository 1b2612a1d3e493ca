// SPDX-License-Identifier: GPL-2.0
/*
 * stream - the questions to Xen about an IOMMU, and what follows
 *
 * Xen is never asked to take a device from dom0 that a guest may have: some of its
 * drivers do not look whose it is, and would cut off the guest.
 */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/lockdep.h>

#include "../common/xen.h"
#include "node.h"
#include "stream.h"
#include "trace.h"

static bool stream_is_taken(struct dtdev_node *node)
{
	return dtdev_stream_answer(xpt_xen_find_node(node->path)) ==
	       DTDEV_STREAM_TAKEN;
}

/*
 * Of a device that came marked: dom0 has never had its DMA. May sleep. Returns 0,
 * or -EBUSY if a domain has it.
 */
int dtdev_stream_find_free_locked(struct dtdev_node *node)
{
	lockdep_assert_held(&node->lock);
	if (!stream_is_taken(node))
		return 0;
	dev_err(node->dev, "not taken: a guest has it, by dtdev=\n");
	return -EBUSY;
}

static void stream_deassign(struct dtdev_node *node)
{
	struct dtdev_stream *stream = &node->stream;

	stream->answer = xpt_xen_deassign_node(node->path);
	stream->state = stream->answer ? DTDEV_STREAM_TAKEN : DTDEV_STREAM_FREE;
	if (stream->answer)
		dev_warn(node->dev, "its DMA still reaches dom0's memory: Xen answers %d\n",
			 stream->answer);
}

/*
 * Nobody's, or not behind an IOMMU: what is not cannot be assigned. dom0, which we
 * try it with, has it for a moment; the device is at rest.
 */
static void stream_probe(struct dtdev_node *node)
{
	struct dtdev_stream *stream = &node->stream;

	stream->answer = xpt_xen_assign_node(node->path);
	if (!stream->answer)
		stream_deassign(node);
	else if (stream->answer == -EINVAL)
		stream->state = DTDEV_STREAM_NONE;
	else
		stream->state = DTDEV_STREAM_UNKNOWN;
}

/*
 * Takes the DMA of a device that is at rest from dom0. If Xen does not do it, dom0
 * has it as before, and the answer is kept. May sleep.
 */
void dtdev_stream_take_locked(struct dtdev_node *node)
{
	struct dtdev_stream *stream = &node->stream;

	lockdep_assert_held(&node->lock);
	stream->answer = xpt_xen_find_node(node->path);
	stream->state = dtdev_stream_answer(stream->answer);
	if (stream->state == DTDEV_STREAM_TAKEN)
		stream_deassign(node);
	else if (stream->state == DTDEV_STREAM_FREE)
		stream_probe(node);
	trace_dtdev_iommu(node->dev, stream->state == DTDEV_STREAM_FREE);
}

/*
 * Of a device that has been taken: has no guest got it, as far as an IOMMU tells?
 * May sleep. Returns 0 or -EBUSY.
 */
int dtdev_stream_idle_locked(struct dtdev_node *node)
{
	lockdep_assert_held(&node->lock);
	if (node->stream.state != DTDEV_STREAM_FREE || !stream_is_taken(node))
		return 0;
	dev_err(node->dev, "a guest has it, by dtdev=: it stays as it is\n");
	return -EBUSY;
}

/*
 * Lets the DMA of a device that is at rest reach dom0's memory again. May sleep.
 * Returns 0, or -errno, and it stays nobody's.
 */
int dtdev_stream_return_locked(struct dtdev_node *node)
{
	struct dtdev_stream *stream = &node->stream;
	int err;

	lockdep_assert_held(&node->lock);
	if (stream->state != DTDEV_STREAM_FREE)
		return 0;
	err = xpt_xen_assign_node(node->path);
	if (err) {
		dev_err(node->dev, "Xen does not let its DMA reach dom0's memory again: %d\n",
			err);
		return err;
	}
	stream->state = DTDEV_STREAM_TAKEN;
	stream->answer = 0;
	trace_dtdev_iommu(node->dev, false);
	return 0;
}
