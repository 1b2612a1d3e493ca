// SPDX-License-Identifier: GPL-2.0
/*
 * config - what a guest needs, for all of its devices at once
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <linux/kernel.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "build.h"
#include "live.h"
#include "output.h"
#include "program.h"

/* The nodes that are named, each once. */
static void config_nodes(struct program *program)
{
	struct judge *judge = &program->judge;
	const struct tree_node *node;
	const char *unfit;
	u32 i, j;

	judge->together = pool_take(&program->pool,
				    program->word_count * sizeof(*judge->together));
	for (i = 0; i < program->word_count; i++) {
		node = program_node(program, program->words[i]);
		for (j = 0; j < i; j++)
			if (judge->together[j] == node)
				die_usage("%s: named twice", program->words[i]);
		if (program->tree_file && !judge_is_candidate(judge, node))
			die("%s: it has neither registers nor interrupts", node->path);
		unfit = judge_unfit(judge, node);
		if (unfit)
			die("%s: %s", node->path, unfit);
		judge->together[i] = node;
	}
	judge->together_count = program->word_count;
}

/*
 * Two guests with one device would get its interrupts, and write to its registers, by turns.
 * The one that runs with it may be made ready for its next start.
 */
static void config_owner(struct program *program, struct guest *guest,
			 const struct device *device)
{
	const char *others = live_guests(&program->pool, device, program->guest);

	if (*others)
		die("%s: in use by guest %s: destroy it, unless this is for that one (--guest)",
		    device->node->path, others);
	if (program->guest && live_has(&program->pool, program->guest, device))
		guest_note(guest, pool_text(&program->pool,
					    "%s: guest %s runs with it: this is for its next start",
					    device->node->path, program->guest));
}

static void config_device(struct program *program, struct guest *guest,
			  const struct tree_node *node)
{
	struct device *device;

	device = &guest->devices[guest->device_count++];
	if (program->tree_file)
		device_from_tree(device, &program->judge, node, program->rates,
				 program->rate_count);
	else if (!live_device(device, &program->pool, node))
		die("%s: release it first: its clocks and interrupts are known then", node->path);
	else
		config_owner(program, guest, device);
}

/* Does dom0 pass interrupt @number on for one of the devices already? */
static bool config_is_passed_on(const struct guest *guest, u32 number)
{
	const struct device_irq *irq;
	u32 i;

	for (i = 0; i < guest->device_count; i++) {
		irq = device_irq(&guest->devices[i], number);
		if (irq && irq->relay)
			return true;
	}
	return false;
}

/* What Xen does not give, dom0 passes on to a guest whose name it knows. */
static void config_relay_irq(struct program *program, struct guest *guest,
			     struct device *device, struct device_irq *irq)
{
	if (program->no_relay && irq->relay) {
		irq->relay = 0;
		irq->kept = "is not passed on, as you wish";
	}
	if (!live_is_kept(irq))
		return;
	if (!program->no_relay && program->guest && !config_is_passed_on(guest, irq->number))
		irq->relay = irq->number;
	else if (!program->no_relay && !program->guest)
		guest_note(guest, pool_text(&program->pool,
					    "%s: interrupt %u: with --guest NAME, dom0 passes it on",
					    device->node->path, irq->number));
}

static void config_relay(struct program *program, struct guest *guest)
{
	struct device *device;
	u32 i, j;

	for (i = 0; i < guest->device_count; i++) {
		device = &guest->devices[i];
		for (j = 0; j < device->irq_count; j++)
			config_relay_irq(program, guest, device, &device->irqs[j]);
	}
}

/* dom0 has to know the guest before it can pass anything on. */
static void config_name(struct program *program, const struct guest *guest)
{
	const struct device *device;
	u32 i, j;

	for (i = 0; program->guest && i < guest->device_count; i++) {
		device = &guest->devices[i];
		for (j = 0; j < device->irq_count && !device->irqs[j].relay; j++)
			;
		if (j < device->irq_count)
			live_name(&program->pool, device, program->guest);
	}
}

/* What is not of the devices, but of the moment. */
static void config_notes(struct program *program, struct guest *guest)
{
	struct dtdev_report report;
	u32 i, irqs = 0, index = 0;
	const char *id;

	for (i = 0; i < guest->device_count; i++) {
		irqs += guest->devices[i].irq_count;
		memset(&report, 0, sizeof(report));
		if (program->tree_file)
			judge_node(&program->judge, guest->devices[i].node, &report);
		if (report.reasons)
			guest_note(guest, pool_text(&program->pool, "%s: against it: %s",
						    guest->devices[i].node->path, report.text));
	}
	if (program->tree_file && irqs)
		guest_note(guest, "interrupts: if it is marked at boot: see xl-dtdev mark");
	while (!program->tree_file && irqs && (id = live_dying(&program->pool, &index)))
		guest_note(guest,
			   pool_text(&program->pool,
				     "domain %s is not gone yet: if it had one of these interrupts, xl create fails until it is",
				     id));
}

static bool config_is_same(const struct tree_node *a, const struct tree_node *b,
			   const char *name)
{
	const struct tree_property *left = tree_property(a, name), *right = tree_property(b, name);

	return (!left && !right) || (left && right && left->len == right->len &&
				     !memcmp(left->data, right->data, left->len));
}

/* How @node is another in the machine's own @tree; NULL: not in what matters here. */
static const char *config_difference(const struct tree *tree, const struct tree_node *node,
				     struct pool *pool)
{
	static const char *const lists[] = {
		"compatible", "reg", "interrupts", "interrupts-extended",
	};
	const struct tree_node *own = tree_find(tree, node->path);
	u32 i;

	if (!own)
		return pool_text(pool, "%s is not here", node->path);
	for (i = 0; i < ARRAY_SIZE(lists); i++)
		if (!config_is_same(own, node, lists[i]))
			return pool_text(pool, "%s has other %s there", node->path, lists[i]);
	return NULL;
}

/* On a machine that has a tree, another file may have been meant. */
static void config_compare(struct program *program, struct guest *guest)
{
	const char *difference;
	struct tree tree;
	u32 i;

	if (!program->tree_file ||
	    tree_from_directory(&tree, &program->pool, PROGRAM_BASE))
		return;
	for (i = 0; i < guest->device_count; i++) {
		difference = config_difference(&tree, guest->devices[i].node, &program->pool);
		if (!difference)
			continue;
		guest_note(guest, pool_text(&program->pool, "%s is not this machine's tree: %s",
					    program->tree_file, difference));
		return;
	}
}

static void config_make_directory(const char *path)
{
	char part[PATH_MAX];
	size_t len;

	for (len = 1; len <= strlen(path) && len < sizeof(part); len++) {
		if (path[len] && path[len] != '/')
			continue;
		memcpy(part, path, len);
		part[len] = '\0';
		if (mkdir(part, 0777) && errno != EEXIST)
			die("%s: %s", part, strerror(errno));
	}
}

static FILE *config_create(const char *file)
{
	FILE *to = fopen(file, "w");

	if (!to)
		die("%s: %s", file, strerror(errno));
	return to;
}

static void config_close(FILE *to, const char *file)
{
	if (ferror(to) | fclose(to))
		die("%s: cannot write it", file);
}

/* BASE.dts, BASE.dtb and BASE.cfg, and the last of them to the output. */
static void config_write(struct program *program, struct guest *guest, const char *base)
{
	const char *file, *blob_file = pool_text(&program->pool, "%s.dtb", base), *wrong;
	size_t size, i;
	void *blob;
	FILE *to;

	for (i = 0; blob_file[i]; i++)
		if (iscntrl((unsigned char)blob_file[i]) || strchr("\"\\", blob_file[i]))
			die("%s: xl.cfg cannot name such a file", blob_file);
	wrong = output_blob(&guest->made, &blob, &size);
	if (wrong)
		die("%s: %s", blob_file, wrong);
	to = config_create(blob_file);
	fwrite(blob, 1, size, to);
	free(blob);
	config_close(to, blob_file);
	file = pool_text(&program->pool, "%s.dts", base);
	to = config_create(file);
	output_source(to, &guest->made);
	config_close(to, file);
	file = pool_text(&program->pool, "%s.cfg", base);
	to = config_create(file);
	output_lines(to, guest, blob_file);
	config_close(to, file);
	output_lines(stdout, guest, blob_file);
}

int do_config(struct program *program)
{
	struct guest guest = { .pool = &program->pool, .judge = &program->judge };
	char *out = NULL;
	const char *wrong;
	u32 i;

	if (program->guest && strchr(program->guest, '/'))
		die_usage("--guest %s: a name, please", program->guest);
	program_read(program);
	guest.devices = pool_take(&program->pool, program->word_count * sizeof(*guest.devices));
	config_nodes(program);
	for (i = 0; i < program->word_count; i++)
		config_device(program, &guest, program->judge.together[i]);
	for (i = 0; i < program->rate_count; i++)
		if (!program->rates[i].used)
			die_usage("--clock %s: no device has such a clock", program->rates[i].name);
	config_relay(program, &guest);
	wrong = build_guest(&guest);
	if (wrong)
		die("%s", wrong);
	config_name(program, &guest);
	config_notes(program, &guest);
	config_compare(program, &guest);
	config_make_directory(program->out ?: ".");
	out = realpath(program->out ?: ".", NULL);
	if (!out)
		die("%s: %s", program->out, strerror(errno));
	config_write(program, &guest, pool_text(&program->pool, "%s/%s", out,
						program->guest ?: guest.devices[0].name));
	free(out);
	return 0;
}
