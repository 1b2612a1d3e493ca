// SPDX-License-Identifier: GPL-2.0
/*
 * xl-dtdev - gives devices of the device tree to guests
 */
#include <getopt.h>
#include <linux/kernel.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

static const char usage[] =
"xl-dtdev: gives devices of the device tree to guests.\n"
"\n"
"  xl-dtdev check PATH             could it be taken from dom0, and if not, why\n"
"  xl-dtdev release PATH [force=REASON,...]\n"
"                                  takes it from dom0\n"
"  xl-dtdev config PATH... [--guest NAME] [--out DIR] [--no-relay]\n"
"                                  what the guest needs, for all its devices at once:\n"
"                                  prints lines for its xl.cfg and writes NAME.dts,\n"
"                                  NAME.dtb and NAME.cfg to DIR; interrupts that Xen\n"
"                                  cannot give to the guest of that name, dom0 passes on\n"
"  xl-dtdev reclaim PATH           returns it to dom0 and its driver\n"
"  xl-dtdev adopt PATH             gives dom0 what was marked for guests at boot, until the\n"
"                                  machine restarts (Xen 4.19 or newer)\n"
"  xl-dtdev mark PATH...           what the boot loader has to do: an overlay, and in its\n"
"                                  head the same as commands of U-Boot\n"
"  xl-dtdev plan FILE.dtb          each device of that tree: could a guest have it?\n"
"\n"
"  --tree FILE.dtb                 check, config and mark by that tree, without the machine\n"
"  --no-relay                      with release and config: dom0 passes no interrupt on\n"
"  --clock NAME=HZ                 with --tree: the rate of that clock of the device\n"
"\n"
"PATH is that of the node, or an alias. After release and config, `xl create`.\n"
"\n"
"Exit status: 0, 1 it cannot be done (what stands in the way is said), 2 wrong\n"
"usage.\n";

static const struct {
	const char *name;
	int (*run)(struct program *program);
	const char *takes;	/* options */
	const char *missing;	/* what to ask for without a word */
	u32 most;		/* words */
} commands[] = {
	{ "check", do_check, "t", "check what?", 1 },
	{ "release", do_release, "n", "release what?", 2 },
	{ "config", do_config, "togcn", "config for what?", 0xffffffff },
	{ "reclaim", do_reclaim, "", "reclaim what?", 1 },
	{ "adopt", do_adopt, "", "adopt what?", 1 },
	{ "mark", do_mark, "t", "mark what?", 0xffffffff },
	{ "plan", do_plan, "", "plan for which tree?", 1 },
};

void die(const char *format, ...)
{
	va_list args;

	fputs("xl-dtdev: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

void die_usage(const char *format, ...)
{
	va_list args;

	fputs("xl-dtdev: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\n%s", usage);
	exit(2);
}

/* The tree that is meant. */
void program_read(struct program *program)
{
	const char *wrong;

	wrong = program->tree_file ?
		tree_from_file(&program->tree, &program->pool, program->tree_file) :
		tree_from_directory(&program->tree, &program->pool, PROGRAM_BASE);
	if (wrong)
		die("%s: %s", program->tree_file ?: PROGRAM_BASE, wrong);
	judge_read(&program->judge, &program->tree);
}

/* The node of a path or alias. */
const struct tree_node *program_node(struct program *program, const char *word)
{
	const struct tree_node *aliases = tree_find(&program->tree, "/aliases"), *node;
	int first = strcspn(word, "/");
	const char *path = word;
	size_t len;

	if (*word != '/') {
		path = aliases ? tree_string(aliases, pool_text(&program->pool, "%.*s",
								first, word)) : NULL;
		if (!path)
			die("%s: there is no alias '%.*s'", word, first, word);
		path = pool_text(&program->pool, "%s%s", path, word + first);
	}
	len = strlen(path);
	while (len > 1 && path[len - 1] == '/')
		len--;
	node = tree_find(&program->tree, pool_text(&program->pool, "%.*s", (int)len, path));
	if (!node)
		die("%s: there is no such node", word);
	return node;
}

static void program_rate(struct program *program, const char *text)
{
	const char *is = strchr(text, '=');
	unsigned long long rate;
	char *end = NULL;

	rate = is ? strtoull(is + 1, &end, 0) : 0;
	if (!is || is == text || !rate || *end || rate >> 32)
		die_usage("--clock %s: NAME=HZ, please", text);
	if (program->rate_count == RATES_MAX)
		die_usage("--clock: at most %d of them", RATES_MAX);
	program->rates[program->rate_count++] = (struct device_rate){
		pool_text(&program->pool, "%.*s", (int)(is - text), text), rate,
	};
}

static void program_option(struct program *program, int option, const char *value)
{
	switch (option) {
	case 'h':
		fputs(usage, stdout);
		exit(0);
	case 't':
		program->tree_file = value;
		break;
	case 'o':
		program->out = value;
		break;
	case 'g':
		program->guest = value;
		break;
	case 'n':
		program->no_relay = true;
		break;
	case 'c':
		program_rate(program, value);
		break;
	default:
		fputs(usage, stderr);
		exit(2);
	}
}

/* Returns which options there were. */
static void program_parse(struct program *program, int argc, char **argv, char *had)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "tree", required_argument, NULL, 't' },
		{ "out", required_argument, NULL, 'o' },
		{ "guest", required_argument, NULL, 'g' },
		{ "clock", required_argument, NULL, 'c' },
		{ "no-relay", no_argument, NULL, 'n' },
		{ },
	};
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		program_option(program, option, optarg);
		if (!strchr(had, option))
			had[strlen(had)] = option;
	}
	program->words = (const char **)argv + optind;
	program->word_count = argc - optind;
}

int main(int argc, char **argv)
{
	struct program program = { };
	const char *command;
	char had[16] = "";
	int status;
	u32 i;

	program_parse(&program, argc, argv, had);
	command = program.word_count ? program.words[0] : "";
	if (!strcmp(command, "help"))
		program_option(&program, 'h', NULL);
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i].name, command))
			break;
	if (i == ARRAY_SIZE(commands))
		die_usage("what is '%s'?", command);
	if (strspn(had, commands[i].takes) != strlen(had))
		die_usage("%s does not take that option", command);
	program.words++;
	program.word_count--;
	if (!program.word_count || program.word_count > commands[i].most)
		die_usage("%s", commands[i].missing);
	status = commands[i].run(&program);
	if (fflush(stdout))
		die("cannot write the output");
	pool_free(&program.pool);
	return status;
}
