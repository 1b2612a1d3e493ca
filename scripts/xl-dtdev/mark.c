// SPDX-License-Identifier: GPL-2.0
/*
 * mark - an overlay that marks nodes for Xen, and in its head the same for U-Boot
 */
#include "output.h"

void output_mark(FILE *to, const struct tree_node *const *nodes, u32 count)
{
	u32 i;

	fputs("/*\n * In U-Boot, when the tree is loaded, before Xen is started:\n *\n"
	      " *	fdt addr ${fdt_addr_r}\n", to);
	for (i = 0; i < count; i++)
		fprintf(to, " *	fdt set %s xen,passthrough\n", nodes[i]->path);
	fputs(" *\n * or apply this (dtc -O dtb -o mark.dtbo, fdt resize, fdt apply).\n */\n"
	      "/dts-v1/;\n/plugin/;\n", to);
	for (i = 0; i < count; i++)
		fprintf(to, "\n&{%s} {\n\txen,passthrough;\n};\n", nodes[i]->path);
}
