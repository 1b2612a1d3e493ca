// SPDX-License-Identifier: GPL-2.0
/*
 * Any tree, as a blob or made of words that mean something, through plan and config:
 * what a guest is given are frames and interrupts once each, handles that are there,
 * and a tree that is one.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>
#include <libfdt.h>

#include "build.h"
#include "fuzz.h"
#include "output.h"

#define NODES_MAX	24
#define CELLS_MAX	12
#define DEVICES_MAX	8
#define LONG_SIZE	65536
#define LONGS_MAX	2	/* as long as that, in a tree */

static const char * const names[] = {
	"reg", "ranges", "#address-cells", "#size-cells", "phandle", "interrupts",
	"interrupt-parent", "#interrupt-cells", "interrupt-controller", "interrupt-map",
	"interrupts-extended", "interrupt-map-mask", "clocks", "#clock-cells",
	"clock-frequency", "clock-mult", "clock-div", "assigned-clocks",
	"assigned-clock-rates", "phy-handle", "max-speed", "gpios", "#gpio-cells",
	"gpio-hog", "cd-gpios", "resets", "#reset-cells", "msi-map", "iommus",
	"#iommu-cells", "dma-coherent", "vendor,widget", "#widget-cells", "syscon",
	"interrupt-names", "clock-names", "nvmem-cells", "remote-endpoint",
};

/* What may be long; some are lists, some are read by nobody. */
static const char * const lists[] = {
	"reg", "ranges", "interrupts", "interrupts-extended", "interrupt-map", "resets",
	"gpios", "iommus", "msi-map", "phy-handle", "assigned-clocks", "interrupt-names",
	"clock-names", "compatible", "vendor,widget", "vendor,table",
};

static const char * const texts[] = {
	"compatible", "fixed-clock", "compatible", "fixed-factor-clock", "compatible", "syscon",
	"compatible", "simple-mfd", "status", "okay", "status", "disabled", "device_type", "pci",
	"device_type", "memory", "compatible", "arm,armv8-timer", "clock-names", "core",
	"interrupt-names", "irq", "stdout-path", "/a", "compatible", "arm,gic-v3",
	"compatible", "arm,mmu-500",
};

static const char * const nodes[] = {
	"a", "b", "c@1", "d@1000", "bus", "chosen", "aliases", "__symbols__", "memory",
	"reserved-memory", "passthrough", "clock-0", "fixed-link",
};

/* Numbers that are there for something, more often than not. */
static u32 get_cell(struct fuzz_input *in)
{
	u8 coin = fuzz_u8(in);

	if (coin < 0x80)
		return coin & 0xf;
	if (coin < 0xc0)
		return (u32)fuzz_u8(in) << 12;
	return fuzz_u32(in);
}

/* Most trees have each handle once; those that do not are refused as a whole. */
static bool has_handle(const struct tree *tree, const char *name, const u8 *data, u32 count)
{
	const struct tree_property *handle;
	u32 i;

	if (strcmp(name, "phandle") || !count)
		return false;
	for (i = 0; i < tree->count; i++) {
		handle = tree_property(tree->nodes[i], "phandle");
		if (handle && handle->len >= 4 && !memcmp(handle->data, data, 4))
			return true;
	}
	return false;
}

static void put_number(struct fuzz_input *in, struct tree *tree, struct tree_node *node)
{
	const char *name = names[fuzz_u8(in) % ARRAY_SIZE(names)];
	u32 count = fuzz_u8(in) % (CELLS_MAX + 1), i, cell;
	u8 *data = pool_take(tree->pool, count * 4 + 1);

	for (i = 0; i < count; i++) {
		cell = cpu_to_fdt32(get_cell(in));
		memcpy(data + i * 4, &cell, 4);
	}
	if (!tree_property(node, name) && !has_handle(tree, name, data, count))
		tree_add_property(tree, node, name, data, count * 4);
}

static void put_text(struct fuzz_input *in, struct tree *tree, struct tree_node *node)
{
	u32 which = fuzz_u8(in) % (ARRAY_SIZE(texts) / 2) * 2;

	if (!tree_property(node, texts[which]))
		tree_add_property(tree, node, texts[which], texts[which + 1],
				  strlen(texts[which + 1]) + 1);
}

/* Some numbers again and again, each time by one step further on; 64 KiB, and up to 3 bytes. */
static void put_long(struct fuzz_input *in, struct tree *tree, struct tree_node *node)
{
	const char *name = lists[fuzz_u8(in) % ARRAY_SIZE(lists)];
	u32 len = LONG_SIZE + fuzz_u8(in) % 4, count = 1 + fuzz_u8(in) % CELLS_MAX, i, cell;
	u8 *data = pool_take(tree->pool, len);
	u32 cells[CELLS_MAX], steps[CELLS_MAX];

	for (i = 0; i < count; i++) {
		cells[i] = get_cell(in);
		steps[i] = get_cell(in);
	}
	for (i = 0; i < LONG_SIZE / 4; i++) {
		cell = cpu_to_fdt32(cells[i % count] + i / count * steps[i % count]);
		memcpy(data + i * 4, &cell, 4);
	}
	if (!tree_property(node, name))
		tree_add_property(tree, node, name, data, len);
}

/* A name that no sibling has, as in all trees that are read. */
static struct tree_node *put_node(struct tree *tree, struct tree_node *parent,
				  const char *name)
{
	return tree_child(parent, name) ?: tree_add(tree, parent, name);
}

static const char *make_tree(struct fuzz_input *in, struct tree *tree, struct pool *pool)
{
	struct tree_node *node;
	u32 longs = 0;
	u8 coin;

	memset(tree, 0, sizeof(*tree));
	tree->pool = pool;
	node = tree_add(tree, NULL, "");
	while (fuzz_has_more(in)) {
		coin = fuzz_u8(in);
		if (coin >= 0xe0 && node->parent)
			node = node->parent;
		else if (coin >= 0xb0 && tree->count < NODES_MAX)
			node = put_node(tree, node, nodes[coin % ARRAY_SIZE(nodes)]);
		else if (coin == 0xa8 && longs++ < LONGS_MAX)
			put_long(in, tree, node);
		else if (coin & 1)
			put_text(in, tree, node);
		else
			put_number(in, tree, node);
	}
	return tree_finish(tree);
}

static bool overlap(u64 a, u64 b, u64 a_length, u64 b_length)
{
	return a <= b + b_length && b <= a + a_length;
}

static void check_frames(const struct guest *guest)
{
	const struct place_run *a, *b;
	u64 length, other;
	u32 i, j;

	for (i = 0; i < guest->place.count; i++) {
		a = &guest->place.runs[i];
		length = a->last - a->first;
		ORACLE(a->placed && a->guest + length <= 0x1ffff);
		for (j = 0; j < i; j++) {
			b = &guest->place.runs[j];
			other = b->last - b->first;
			ORACLE(!overlap(a->first, b->first, length, other));
			ORACLE(!overlap(a->guest, b->guest, length, other));
		}
	}
}

/* Handles are once each, and what was taken over as one is that of a node here. */
static void check_handles(const struct guest *guest)
{
	const struct tree_node *node;
	const struct tree_property *property;
	u32 i, j, k, cell;

	for (i = 0; i < guest->made.count; i++) {
		node = guest->made.nodes[i];
		ORACLE(!node->handle || node->handle - GUEST_HANDLE_FIRST < guest->handles);
		for (j = 0; j < i; j++)
			ORACLE(!node->handle || node->handle != guest->made.nodes[j]->handle);
		property = tree_property(node, "phy-handle");
		for (k = 0; k < tree_cells(property); k++) {
			cell = tree_cell(property, k);
			for (j = 0; j < guest->made.count; j++)
				if (guest->made.nodes[j]->handle == cell)
					break;
			ORACLE(!cell || cell == 0xffffffff || j < guest->made.count);
		}
	}
}

/* What dtc demands: no two properties of a node have one name, nor two of its nodes. */
static void check_names(const struct tree_node *node)
{
	const struct tree_node *child, *other;
	u32 i, j;

	for (i = 0; i < node->property_count; i++)
		for (j = 0; j < i; j++)
			ORACLE(strcmp(node->properties[i].name, node->properties[j].name));
	for (child = node->child; child; child = child->sibling)
		for (other = node->child; other != child; other = other->sibling)
			ORACLE(strcmp(child->name, other->name));
}

/* A node begins or ends on a line, or a property is all there. */
static void check_source(char *text)
{
	char *line;

	for (line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		ORACLE(strchr("{;", line[strlen(line) - 1]));
}

/* A line is a comment, or one of those that there may be, each once. */
static void check_lines(char *text)
{
	static const char * const keys[] = {
		"device_tree = ", "dtdev = [ ", "irqs = [ ", "iomem = [ ",
	};
	u32 seen[ARRAY_SIZE(keys)] = { }, i;
	char *line;

	for (line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		for (i = 0; i < ARRAY_SIZE(keys); i++)
			if (!strncmp(line, keys[i], strlen(keys[i])))
				break;
		ORACLE(i < ARRAY_SIZE(keys) || !strncmp(line, "# ", 2));
		if (i < ARRAY_SIZE(keys))
			ORACLE(!seen[i]++ && line[strlen(keys[i])] != ' ');
	}
	ORACLE(seen[0]);
}

/* How many cells follow @handle in the guest's tree. */
static u32 specifier_cells(const struct guest *guest, u32 handle)
{
	u32 cells = 0, i;

	if (handle == GUEST_HANDLE_GIC)
		return 3;
	for (i = 0; handle && i < guest->made.count; i++)
		if (guest->made.nodes[i]->handle == handle)
			tree_u32(guest->made.nodes[i], "#interrupt-cells", &cells);
	return cells;
}

/* By the relay comes what dom0 passes on, and by the guest's own what it does not. */
static bool check_specifier(const struct guest *guest, u32 handle, u32 number)
{
	const struct device_irq *irq = NULL;
	bool relayed = guest->relay && handle == guest->relay->handle;
	u32 i;

	if (!relayed && handle != GUEST_HANDLE_GIC)
		return false;
	for (i = 0; i < guest->device_count && !irq; i++)
		irq = device_irq(&guest->devices[i], number);
	ORACLE(irq && (relayed ? irq->relay == number : !irq->relay && !irq->kept));
	return relayed;
}

static void check_relay(const struct guest *guest)
{
	const struct tree_property *list;
	u32 i, at, handle;
	bool used = false;

	for (i = 0; i < guest->made.count; i++) {
		list = tree_property(guest->made.nodes[i], "interrupts-extended");
		for (at = 0; at < tree_cells(list); at += 1 + specifier_cells(guest, handle)) {
			handle = tree_cell(list, at);
			used |= check_specifier(guest, handle, handle == GUEST_HANDLE_GIC ?
						tree_cell(list, at + 2) + 32 :
						tree_cell(list, at + 1));
		}
	}
	ORACLE(used == !!guest->relay);
}

static void check_output(const struct guest *guest)
{
	size_t size, length;
	struct pool pool = { };
	struct tree again;
	char *text = NULL;
	void *blob;
	FILE *to;
	u32 i;

	for (i = 0; i < guest->made.count; i++)
		check_names(guest->made.nodes[i]);
	ORACLE(!output_blob(&guest->made, &blob, &size));
	ORACLE(!fdt_check_full(blob, size));
	ORACLE(!tree_from_blob(&again, &pool, blob, size));
	ORACLE(again.count == guest->made.count);
	pool_free(&pool);
	free(blob);
	to = open_memstream(&text, &length);
	output_source(to, &guest->made);
	fclose(to);
	ORACLE(length && strlen(text) == length);
	check_source(text);
	free(text);
	to = open_memstream(&text, &length);
	output_lines(to, guest, "guest.dtb");
	fclose(to);
	ORACLE(strlen(text) == length);
	check_lines(text);
	free(text);
}

/* The comment ends once, and nothing but marks follows. */
static void check_marks(const struct judge *judge)
{
	static const char * const behind[] = {
		"/dts-v1/;", "/plugin/;", "&{/", "\txen,passthrough;", "};",
	};
	char *text = NULL, *line;
	bool head = true;
	size_t length;
	FILE *to;
	u32 i;

	to = open_memstream(&text, &length);
	output_mark(to, (const struct tree_node *const *)judge->devices, judge->device_count);
	fclose(to);
	ORACLE(strlen(text) == length);
	line = strtok(text, "\n");
	ORACLE(line && !strcmp(line, "/*"));
	while ((line = strtok(NULL, "\n"))) {
		if (head) {
			ORACLE(!strncmp(line, " *", 2));
			head = !strstr(line, "*/");
			continue;
		}
		for (i = 0; i < ARRAY_SIZE(behind); i++)
			if (!strncmp(line, behind[i], strlen(behind[i])))
				break;
		ORACLE(i < ARRAY_SIZE(behind) && !strstr(line, "*/"));
	}
	ORACLE(!head);
	free(text);
}

static void check_guest(struct judge *judge, struct device *devices, u32 count)
{
	struct guest guest = {
		.pool = judge->tree->pool, .judge = judge,
		.devices = devices, .device_count = count,
	};

	if (!count || build_guest(&guest))
		return;
	check_frames(&guest);
	check_handles(&guest);
	check_relay(&guest);
	check_output(&guest);
}

/* Some interrupts dom0 keeps, and passes half of them on. */
static void pass_on(struct device *device)
{
	u32 i;

	for (i = 0; i < device->irq_count; i++) {
		if (device->irqs[i].number & 2)
			device->irqs[i].kept = "is routed to dom0";
		if ((device->irqs[i].number & 6) == 6)
			device->irqs[i].relay = device->irqs[i].number;
	}
}

static void check_tree(const struct tree *tree)
{
	struct device devices[DEVICES_MAX];
	struct dtdev_report report;
	struct judge judge;
	u32 i, count;

	for (i = 0; i < tree->count; i++)
		if (tree->nodes[i]->handle)
			ORACLE(tree_by_handle(tree, tree->nodes[i]->handle) == tree->nodes[i]);
	judge_read(&judge, tree);
	count = judge.device_count < DEVICES_MAX ? judge.device_count : DEVICES_MAX;
	for (i = 0; i < count; i++) {
		memset(&report, 0, sizeof(report));
		judge_unfit(&judge, judge.devices[i]);
		judge_node(&judge, judge.devices[i], &report);
		ORACLE(!report.reasons == !report.len);
		device_from_tree(&devices[i], &judge, judge.devices[i], NULL, 0);
		ORACLE(!devices[i].dtdev || tree_property(judge.devices[i], "iommus"));
		pass_on(&devices[i]);
		check_guest(&judge, &devices[i], 1);
	}
	check_guest(&judge, devices, count);
	if (judge.device_count)
		check_marks(&judge);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct fuzz_input in = { data, data + size };
	struct pool pool = { };
	struct tree tree;
	void *blob;

	if (size > FDT_V1_SIZE && !memcmp(data, "\xd0\x0d\xfe\xed", 4)) {
		blob = pool_take(&pool, size);
		memcpy(blob, data, size);
		if (!tree_from_blob(&tree, &pool, blob, size))
			check_tree(&tree);
	} else if (size) {
		if (!make_tree(&in, &tree, &pool))
			check_tree(&tree);
	}
	pool_free(&pool);
	return 0;
}
