// SPDX-License-Identifier: GPL-2.0
/*
 * online - commands of a running dom0
 */
#include <string.h>

#include "dma.h"
#include "interrupts.h"
#include "live.h"
#include "offline.h"
#include "program.h"

/*
 * What is known of the DMA of a device that has not been taken. The tree has no "iommus" of
 * what is behind an IOMMU that Xen drives; of others it has what the board's tree had.
 */
static const char *online_dma(struct program *program, const struct tree_node *node)
{
	if (!dma_is_done(node))
		return "";
	if (tree_property(node, "iommus") || !live_has_iommu(&program->pool))
		return pool_text(&program->pool, ", no DMA: %s",
				 dma_lacks(&program->judge, node) ?:
				 "Xen does not drive its IOMMU");
	return ", DMA: release tells whether Xen's IOMMU looks after it";
}

int do_check(struct program *program)
{
	const struct tree_node *node;
	char *text, *line;
	const char *unfit;

	if (!program->tree_file)
		live_load_module();
	program_read(program);
	node = program_node(program, program->words[0]);
	if (program->tree_file)
		return offline_check(program, node);
	text = live_answer(&program->pool, LIVE_CHECK, node->path);
	if (!text)
		die("no " LIVE_CHECK ": is debugfs mounted?");
	line = live_next_line(&text);
	if (!line)
		die("%s: it has neither registers nor interrupts", node->path);
	unfit = judge_unfit(&program->judge, node);
	if (strstr(line, " no: "))
		printf("%s\n", line);
	else if (unfit)
		printf("%s - no: %s\n", node->path, unfit);
	else
		printf("%s%s%s\n", line, judge_note(&program->judge, node),
		       online_dma(program, node));
	return unfit || strstr(line, " no: ");
}

/* The lines of an attribute as one. */
static const char *online_joined(struct pool *pool, const char *dir, const char *name)
{
	char *text = live_read(pool, pool_text(pool, "%s/%s", dir, name));
	const char *all = "";
	char *line;

	while (text && (line = live_next_line(&text)))
		all = pool_text(pool, "%s%s%s", all, *all ? " " : "", line);
	return all;
}

/* Lines that have been printed. */
struct online_said {
	const char **lines;
	u32 count;
};

/* Once: a node may list one interrupt several times. */
static void online_say(struct online_said *said, struct pool *pool, const char *line)
{
	u32 i;

	for (i = 0; i < said->count; i++)
		if (!strcmp(said->lines[i], line))
			return;
	said->lines = pool_grow(pool, said->lines, said->count, sizeof(*said->lines));
	said->lines[said->count++] = line;
	printf("%s\n", line);
}

/* Which way each interrupt will go, as far as the tree tells. */
static void online_lines(struct program *program, const struct tree_node *node)
{
	struct pool *pool = &program->pool;
	const char *way = "it is dom0's: if Xen cannot move it, config --guest has it passed on";
	const char *other = "config --guest has dom0 pass it on";
	struct online_said said = { };
	struct interrupt interrupt;
	const char *line;
	u32 i;

	if (!tree_is_enabled(node))
		way = "Xen gives it to the guest, if the node was marked at boot";
	else if (program->no_relay)
		way = "it is dom0's: if Xen cannot move it, no guest gets it";
	if (program->no_relay)
		other = "no guest gets it";
	for (i = 0; interrupts_get(&program->tree, node, i, &interrupt); i++) {
		if (!interrupt.named)
			continue;
		if (interrupt.is_spi)
			line = pool_text(pool, "%u: %s", interrupt.spi.number, way);
		else if (interrupt.is_nobodys)
			line = pool_text(pool, "number %u of the node: no guest can have such", i);
		else
			line = pool_text(pool, "number %u of the node: %s's: %s",
					 i, interrupt.named->path, other);
		online_say(&said, pool, pool_text(pool, "%s: interrupt %s", node->path, line));
	}
	fflush(stdout);
}

/* What has become of each. */
static void online_interrupts(struct pool *pool, const struct tree_node *node, const char *dir)
{
	char *text = live_read(pool, pool_text(pool, "%s/interrupts", dir)), *line;
	struct online_said said = { };

	while (text && (line = live_next_line(&text)))
		online_say(&said, pool, pool_text(pool, "%s: interrupt %s", node->path, line));
}

int do_release(struct program *program)
{
	struct pool *pool = &program->pool;
	const char *force = program->word_count > 1 ? program->words[1] : NULL;
	const struct tree_node *node;
	const char *dir, *unfit;
	char *text;

	if (force && strncmp(force, "force=", 6))
		die_usage("release what?");
	live_load_module();
	program_read(program);
	node = program_node(program, program->words[0]);
	unfit = judge_unfit(&program->judge, node);
	if (unfit)
		die("%s: %s", node->path, unfit);
	online_lines(program, node);
	live_ask(pool, LIVE_DRIVER "/new_node",
		 pool_text(pool, "%s%s%s", node->path, force ? " " : "", force ?: ""), node->path);
	dir = live_directory(pool, node->path);
	if (!dir)
		die("%s: it has been taken, and is gone again", node->path);
	printf("%s: %s, reset %s (%s), fence %s\n", node->path,
	       online_joined(pool, dir, "state"), online_joined(pool, dir, "reset_result"),
	       online_joined(pool, dir, "reset_method"), online_joined(pool, dir, "fence"));
	text = live_read(pool, pool_text(pool, "%s/iommu", dir));
	if (text && !strcmp(live_next_line(&text) ?: "", "none") && dma_is_done(node))
		printf("%s: no DMA: " DMA_NO_IOMMU "\n", node->path);
	online_interrupts(pool, node, dir);
	return 0;
}

/* Has no guest's configuration any of it? Or dies. */
static void online_free(struct program *program, const struct device *device)
{
	const char *guests = live_guests(&program->pool, device, NULL);

	if (*guests)
		die("%s: in use by guest %s", device->node->path, guests);
}

int do_reclaim(struct program *program)
{
	struct pool *pool = &program->pool;
	const struct tree_node *node;
	struct device device;
	const char *driver;

	program_read(program);
	node = program_node(program, program->words[0]);
	if (!live_device(&device, pool, node))
		die("%s: it has not been taken", node->path);
	online_free(program, &device);
	live_ask(pool, LIVE_DRIVER "/remove_node", node->path, node->path);
	driver = live_driver(pool, device.name);
	if (driver)
		printf("%s: returned to dom0, and %s has it\n", node->path, driver);
	else
		printf("%s: returned to dom0, where no driver has it\n", node->path);
	return 0;
}

int do_adopt(struct program *program)
{
	struct pool *pool = &program->pool;
	const struct tree_node *node;
	struct device device;
	const char *driver;

	live_load_module();
	program_read(program);
	node = program_node(program, program->words[0]);
	if (live_directory(pool, node->path))
		die("%s: it has been taken for guests: reclaim it first", node->path);
	device_from_tree(&device, &program->judge, node, NULL, 0);
	online_free(program, &device);
	live_ask(pool, LIVE_DRIVER "/adopt_node", node->path, node->path);
	driver = live_driver(pool, device.name);
	printf("%s: dom0's until the machine restarts, and %s has it\n", node->path,
	       driver ?: "no driver");
	return 0;
}
