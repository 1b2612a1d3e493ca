// SPDX-License-Identifier: GPL-2.0
/*
 * every - all devices of a tree file through xl-dtdev's own rooms, in one process
 *
 * For each: what plan says, and what config makes of it, as if all clocks ran at 24
 * MHz; at the end all that could be given, to one guest. Records for check.py: a line
 * "WORD LENGTH", and as many bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "dma.h"
#include "output.h"

#define RATE	24000000

static void record(const char *word, const void *data, size_t size)
{
	printf("%s %zu\n", word, size);
	fwrite(data, 1, size, stdout);
}

static void record_text(const char *word, const char *text)
{
	record(word, text, strlen(text));
}

static bool record_guest(struct guest *guest)
{
	const char *wrong = build_guest(guest);
	char *lines = NULL;
	size_t size;
	void *blob;
	FILE *to;

	if (!wrong)
		wrong = output_blob(&guest->made, &blob, &size);
	if (wrong) {
		record_text("refused", wrong);
		return false;
	}
	record("blob", blob, size);
	free(blob);
	to = open_memstream(&lines, &size);
	if (!to)
		return false;
	output_lines(to, guest, "/guest.dtb");
	fclose(to);
	record("lines", lines, size);
	free(lines);
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
static bool record_device(const struct judge *judge, const struct tree_node *node)
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
	return record_guest(&guest) && !report.reasons;
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
		if (record_device(&judge, judge.devices[i]))
			get_device(&all.devices[all.device_count++], &judge, judge.devices[i]);
	if (all.device_count) {
		record_text("device", "*");
		record_guest(&all);
	}
	pool_free(&pool);
	return ferror(stdout) ? 1 : 0;
}
