// SPDX-License-Identifier: GPL-2.0
/*
 * Any bytes as an overlay. What an oracle calls good is accepted, and what it calls
 * bad is refused; what is accepted bears what the kernel does with it, which believes
 * it; the blob is not written to; what is refused is refused with a place that is in
 * it. The header says the right size, or hardly anything would get beyond it.
 */
#include <linux/types.h>
#include <string.h>

#include "blob.h"
#include "check.h"
#include "fuzz.h"
#include "kernel_overlay.h"
#include "overlay_oracle.h"

#define PHANDLE_BASE	0x1000

static void check_accepted(const struct dtovl_blob *blob)
{
	struct overlay_node *root = overlay_unflatten(blob->data);

	overlay_resolve(root, PHANDLE_BASE);
	overlay_follow_interrupts(root, root);
	overlay_free(root);
}

static void check_refused(const struct dtovl_blob *blob, const struct dtovl_fault *fault)
{
	ORACLE(fault->what && *fault->what);
	ORACLE(fault->at <= blob->size);
	ORACLE(fault->node == DTOVL_NONE || fault->node < blob->node_count);
}

static void check_verdict(enum overlay_verdict verdict, bool accepted)
{
	ORACLE(verdict != OVERLAY_GOOD || accepted);
	ORACLE(verdict != OVERLAY_BAD || !accepted);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	static struct dtovl_node nodes[DTOVL_NODES_MAX];
	struct dtovl_blob blob = { .size = size, .nodes = nodes, .phandle_base = PHANDLE_BASE };
	struct dtovl_fault fault = { NULL };
	u8 *own = malloc(size ? size : 1), *before = malloc(size ? size : 1);
	int err;

	memcpy(own, data, size);
	if (size >= 8) {
		own[4] = size >> 24;
		own[5] = size >> 16;
		own[6] = size >> 8;
		own[7] = size;
	}
	memcpy(before, own, size);
	blob.data = own;
	err = dtovl_blob_read(&blob, &fault);
	if (!err)
		err = dtovl_check(&blob, &fault);
	ORACLE(!memcmp(own, before, size));
	check_verdict(overlay_judge(own, size, PHANDLE_BASE), !err);
	if (err)
		check_refused(&blob, &fault);
	else
		check_accepted(&blob);
	free(own);
	free(before);
	return 0;
}
