// SPDX-License-Identifier: GPL-2.0
/*
 * every - all devices of a tree file through xl-dtdev's own rooms, in one process
 *
 * For each: what plan says, and what config makes of it, as if all clocks ran at 24
 * MHz; at the end all that could be given, to one guest, and what marks some of them.
 * Records for check.py: a line "WORD LENGTH", and as many bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "dma.h"
#include "output.h"

#define RATE	24000000
#define SOURCES	20	/* of one device in as many, the source, too */
#define MARKS	3

static void record(const char *word, const void *data, size_t size)
{
	printf("%s %zu\n", word, size);
	fwrite(data, 1, size, stdout);
}

static void record_text(const char *word, const char *text)
{
	record(word, text, strlen(text));
}

/* What @print makes of @data. */
static void record_printed(const char *word, void (*print)(FILE *to, const void *data),
			   const void *data)
{
	char *text = NULL;
	size_t size;
	FILE *to;

	to = open_memstream(&text, &size);
	if (!to)
		return;
	print(to, data);
	fclose(to);
	record(word, text, size);
	free(text);
}

static void print_source(FILE *to, const void *tree)
{
	output_source(to, tree);
}

static void print_lines(FILE *to, const void *guest)
{
	output_lines(to, guest, "/guest.dtb");
}

static bool record_guest(struct guest *guest, bool source)
{
	const char *wrong = build_guest(guest);
	size_t size;
	void *blob;

	if (!wrong)
		wrong = output_blob(&guest->made, &blob, &size);
	if (wrong) {
		record_text("refused", wrong);
		return false;
	}
	record("blob", blob, size);
	free(blob);
	if (source)
		record_printed("source", print_source, &guest->made);
	record_printed("lines", print_lines, guest);
	return true;
}

static void get_device(struct device *device, const struct judge *judge,
		       const struct tree_node *node)
{
	u32 i;

	device_from_tree(device, judge, node, NULL, 0);
	for (i = 0; i < device->clock_count; i++)
		if (!device->clocks[i].rate)
			device->clocks[i].rate = RATE;
}

/* Returns true if it can be given as it is. */
static bool record_device(const struct judge *judge, const struct tree_node *node, bool source)
{
	struct guest guest = { .pool = judge->tree->pool, .judge = judge };
	const char *unfit = judge_unfit(judge, node);
	struct dtdev_report report = { };

	record_text("device", node->path);
	if (unfit) {
		record_text("unfit", unfit);
		return false;
	}
	judge_node(judge, node, &report);
	record_text("reasons", report.text);
	record_text("note", dma_note(judge, node));
	guest.devices = pool_take(guest.pool, sizeof(*guest.devices));
	guest.device_count = 1;
	get_device(guest.devices, judge, node);
	return record_guest(&guest, source) && !report.reasons;
}

/* The first, the last, and one between, as far as their paths are theirs. */
static u32 get_marked(const struct judge *judge, const struct tree_node **nodes)
{
	const struct tree_node *node, *last = NULL;
	u32 i, count = 0;

	for (i = 0; i < MARKS; i++) {
		node = judge->devices[(u64)i * (judge->device_count - 1) / (MARKS - 1)];
		if (node != last && !tree_mistaken(node))
			nodes[count++] = node;
		last = node;
	}
	return count;
}

static void print_mark(FILE *to, const void *data)
{
	const struct tree_node *nodes[MARKS];

	output_mark(to, nodes, get_marked(data, nodes));
}

static void record_marks(const struct judge *judge)
{
	const struct tree_node *nodes[MARKS];
	u32 i, count = get_marked(judge, nodes);

	for (i = 0; i < count; i++)
		record_text("marked", nodes[i]->path);
	if (count)
		record_printed("mark", print_mark, judge);
}

int main(int argc, char **argv)
{
	struct guest all = { };
	struct pool pool = { };
	struct judge judge;
	struct tree tree;
	const char *wrong;
	u32 i;

	if (argc != 2)
		return 2;
	wrong = tree_from_file(&tree, &pool, argv[1]);
	if (wrong) {
		fprintf(stderr, "%s: %s\n", argv[1], wrong);
		return 1;
	}
	judge_read(&judge, &tree);
	all.pool = &pool;
	all.judge = &judge;
	all.devices = pool_take(&pool, (judge.device_count + 1) * sizeof(*all.devices));
	for (i = 0; i < judge.device_count; i++)
		if (record_device(&judge, judge.devices[i], i % SOURCES == 0))
			get_device(&all.devices[all.device_count++], &judge, judge.devices[i]);
	if (all.device_count) {
		record_text("device", "*");
		record_guest(&all, true);
	}
	if (judge.device_count)
		record_marks(&judge);
	pool_free(&pool);
	return ferror(stdout) ? 1 : 0;
}
