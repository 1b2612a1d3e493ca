/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dma - whose memory a device reaches by itself
 *
 * A guest's addresses are not the machine's. Between them stands an IOMMU, if one looks
 * after the device, is enabled, and Xen drives it; without, no guest can use a device's
 * DMA, and it could reach the memory of all.
 */
#ifndef XL_DTDEV_DMA_H
#define XL_DTDEV_DMA_H

#include "judge.h"

/* Of a device that no IOMMU is named for. */
#define DMA_NO_IOMMU	"no IOMMU looks after it"

const char *dma_lacks(const struct judge *judge, const struct tree_node *node);
const char *dma_takes(const struct judge *judge, const struct tree_node *node);
bool dma_is_done(const struct tree_node *node);
const char *dma_note(const struct judge *judge, const struct tree_node *node);
const char *dma_line(const struct tree_node *node, struct pool *pool, const char *lacks);

#endif
