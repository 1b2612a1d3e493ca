/* SPDX-License-Identifier: GPL-2.0 */
/*
 * program - the commands, and how they end
 */
#ifndef XL_DTDEV_PROGRAM_H
#define XL_DTDEV_PROGRAM_H

#include <stdio.h>

#include "device.h"
#include "judge.h"
#include "tree.h"

#define RATES_MAX	64

/* Where a kernel shows the tree that it runs with. */
#define PROGRAM_BASE	"/sys/firmware/devicetree/base"

/* What was asked for. */
struct program {
	const char **words;	/* behind the command */
	u32 word_count;
	const char *tree_file;	/* NULL: the machine's own */
	const char *out;	/* directory; NULL: not said */
	const char *guest;
	bool no_relay;
	struct device_rate rates[RATES_MAX];
	u32 rate_count;
	struct pool pool;
	struct tree tree;
	struct judge judge;
};

__noreturn void die(const char *format, ...) __printf(1, 2);
__noreturn void die_usage(const char *format, ...) __printf(1, 2);

void program_read(struct program *program);
const struct tree_node *program_node(struct program *program, const char *word);

int do_check(struct program *program);
int do_release(struct program *program);
int do_config(struct program *program);
int do_reclaim(struct program *program);
int do_adopt(struct program *program);
int do_mark(struct program *program);
int do_plan(struct program *program);

#endif
