// SPDX-License-Identifier: GPL-2.0
/*
 * source - a tree as dtc reads it
 */
#include <ctype.h>
#include <string.h>

#include "output.h"

/* Strings, each with something in it, one after the other? */
static bool source_is_text(const struct tree_property *property)
{
	u32 i;

	if (!property->len || property->data[property->len - 1])
		return false;
	for (i = 0; i < property->len; i++) {
		if (property->data[i] ? property->data[i] < ' ' || property->data[i] > '~' :
					!i || !property->data[i - 1])
			return false;
	}
	return true;
}

static void source_text(FILE *to, const struct tree_property *property)
{
	u32 i;

	fputc('"', to);
	for (i = 0; i + 1 < property->len; i++) {
		if (!property->data[i])
			fputs("\", \"", to);
		else if (strchr("\\\"", property->data[i]))
			fprintf(to, "\\%c", property->data[i]);
		else
			fputc(property->data[i], to);
	}
	fputc('"', to);
}

static void source_numbers(FILE *to, const struct tree_property *property)
{
	u32 i;

	if (property->len % 4) {
		fputc('[', to);
		for (i = 0; i < property->len; i++)
			fprintf(to, "%s%02x", i ? " " : "", property->data[i]);
		fputc(']', to);
		return;
	}
	fputc('<', to);
	for (i = 0; i < tree_cells(property); i++)
		fprintf(to, "%s0x%x", i ? " " : "", tree_cell(property, i));
	fputc('>', to);
}

static void source_indent(FILE *to, u32 depth)
{
	while (depth--)
		fputc('\t', to);
}

static void source_node(FILE *to, const struct tree_node *node)
{
	const struct tree_property *property;
	const struct tree_node *child;
	u32 i;

	source_indent(to, node->depth);
	fprintf(to, "%s {\n", node->parent ? node->name : "/");
	for (i = 0; i < node->property_count; i++) {
		property = &node->properties[i];
		source_indent(to, node->depth + 1);
		fputs(property->name, to);
		if (property->len)
			fputs(" = ", to);
		if (source_is_text(property))
			source_text(to, property);
		else if (property->len)
			source_numbers(to, property);
		fputs(";\n", to);
	}
	for (child = node->child; child; child = child->sibling) {
		fputc('\n', to);
		source_node(to, child);
	}
	source_indent(to, node->depth);
	fputs("};\n", to);
}

void output_source(FILE *to, const struct tree *tree)
{
	fputs("/dts-v1/;\n\n", to);
	source_node(to, tree->nodes[0]);
}
