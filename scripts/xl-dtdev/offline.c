// SPDX-License-Identifier: GPL-2.0
/*
 * offline - commands that need no machine: what could be given of a tree, and what
 * its boot loader must do
 */
#include "dma.h"
#include "offline.h"
#include "output.h"

/* "PATH - ok", or "PATH - no: REASONS". Returns true if it is ok. */
static bool offline_verdict(const struct judge *judge, const struct tree_node *node)
{
	const char *unfit = judge_unfit(judge, node);
	struct dtdev_report report = { };

	if (unfit) {
		printf("%s - no: %s\n", node->path, unfit);
		return false;
	}
	judge_node(judge, node, &report);
	if (report.reasons)
		printf("%s - no: %s\n", node->path, report.text);
	else
		printf("%s - ok%s%s\n", node->path, judge_note(judge, node),
		       dma_note(judge, node));
	return !report.reasons;
}

int offline_check(struct program *program, const struct tree_node *node)
{
	if (!judge_is_candidate(&program->judge, node))
		die("%s: it has neither registers nor interrupts", node->path);
	return !offline_verdict(&program->judge, node);
}

int do_plan(struct program *program)
{
	u32 i, given = 0;

	program->tree_file = program->words[0];
	program_read(program);
	for (i = 0; i < program->judge.device_count; i++)
		given += offline_verdict(&program->judge, program->judge.devices[i]);
	printf("# %u of %u devices could be given\n", given, program->judge.device_count);
	return 0;
}

int do_mark(struct program *program)
{
	const struct tree_node **nodes, *other;
	const char *unfit;
	u32 i;

	program_read(program);
	nodes = pool_take(&program->pool, program->word_count * sizeof(*nodes));
	for (i = 0; i < program->word_count; i++) {
		nodes[i] = program_node(program, program->words[i]);
		if (!judge_is_candidate(&program->judge, nodes[i]))
			die("%s: it has neither registers nor interrupts", nodes[i]->path);
		other = tree_mistaken(nodes[i]);
		if (other)
			die("%s: boot loaders find %s by that path", nodes[i]->path, other->path);
		unfit = judge_unfit(&program->judge, nodes[i]);
		if (unfit)
			fprintf(stderr, "xl-dtdev: %s: no guest can use it: %s\n",
				nodes[i]->path, unfit);
	}
	output_mark(stdout, nodes, program->word_count);
	return 0;
}
