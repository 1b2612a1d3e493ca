// SPDX-License-Identifier: GPL-2.0
/*
 * dma - what the tree tells of a device's IOMMU
 *
 * That is "iommus". The masters that an SMMU of old lists itself ("mmu-masters") are not
 * looked for: no tree of today has them.
 */
#include "dma.h"
#include "iommu.h"
#include "kind.h"

#define DMA_LINE	"no dtdev: %s; if it does DMA, it will not work, and could reach all memory"

static const struct dtdev_iommu *dma_driven(const struct tree_node *iommu)
{
	const struct dtdev_iommu *driven;
	u32 i;

	for (i = 0; (driven = dtdev_iommu(i)); i++)
		if (tree_is_compatible(iommu, driven->compatible))
			return driven;
	return NULL;
}

/* Entry number @index of @iommus; NULL: there is none, or it is nobody. */
static const struct tree_node *dma_entry(const struct judge *judge,
					 const struct tree_property *iommus, u32 index)
{
	return index < iommus->ref_count ?
	       judge->refs.list[iommus->ref + index].target : NULL;
}

/* Why no IOMMU that Xen drives looks after @node; NULL: one does. */
const char *dma_lacks(const struct judge *judge, const struct tree_node *node)
{
	const struct tree_property *iommus = tree_property(node, "iommus");
	const struct tree_node *iommu, *other;
	u32 i;

	if (!iommus)
		return DMA_NO_IOMMU;
	iommu = dma_entry(judge, iommus, 0);
	for (i = 1; iommu && i < iommus->ref_count; i++) {
		other = dma_entry(judge, iommus, i);
		if (other && other != iommu)
			return "several IOMMUs look after it, and Xen takes one";
		iommu = other;
	}
	if (!iommu)
		return "the IOMMU that it refers to is not there";
	if (!dma_driven(iommu))
		return pool_text(judge->tree->pool, "Xen does not drive %s", iommu->path);
	if (!tree_is_enabled(iommu))
		return pool_text(judge->tree->pool, "%s is disabled", iommu->path);
	return NULL;
}

/*
 * What else it takes that Xen drives the IOMMU of @node, which does not lack one; NULL:
 * nothing.
 */
const char *dma_takes(const struct judge *judge, const struct tree_node *node)
{
	const struct tree_node *iommu = dma_entry(judge, tree_property(node, "iommus"), 0);
	const struct dtdev_iommu *driven = dma_driven(iommu);

	return driven->option ? pool_text(judge->tree->pool,
					  "Xen drives %s if it is built with %s",
					  iommu->path, driven->option) : NULL;
}

/*
 * Could it be that @node does DMA of its own? Not if it is of a kind that never does, and
 * nothing says that this one is another case.
 */
bool dma_is_done(const struct tree_node *node)
{
	const struct tree_node *at;

	if (!dtdev_kind_is_quiet(node->name) || tree_property(node, "dma-coherent"))
		return true;
	for (at = node; at; at = at->parent)
		if (tree_property(at, "iommus"))
			return true;
	return false;
}

/* What a verdict on @node ends with; "" if there is nothing to say. */
const char *dma_note(const struct judge *judge, const struct tree_node *node)
{
	const char *lacks = dma_lacks(judge, node), *takes;

	if (lacks)
		return dma_is_done(node) ?
		       pool_text(judge->tree->pool, ", no DMA: %s", lacks) : "";
	takes = dma_takes(judge, node);
	return takes ? pool_text(judge->tree->pool, ", DMA: %s", takes) : "";
}

/* The same beside xl's lines, of @node, whose IOMMU @lacks something; NULL: nothing. */
const char *dma_line(const struct tree_node *node, struct pool *pool, const char *lacks)
{
	return dma_is_done(node) ? pool_text(pool, DMA_LINE, lacks) : NULL;
}
