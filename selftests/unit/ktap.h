/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ktap - a minimal runner: one binary for each room, one line for each case
 *
 *	static void adds(void)
 *	{
 *		EXPECT_EQ(1 + 1, 2);
 *	}
 *	KTAP_ROOM(KTAP_CASE(adds));
 *
 * An expectation that fails is reported with its place, and with the row of
 * the table that KTAP_ROW() named last; the case goes on.
 */
#ifndef UNIT_KTAP_H
#define UNIT_KTAP_H

#include <linux/array_size.h>
#include <stdio.h>

#define KTAP_MESSAGES_MAX	10	/* of one case; the rest is counted */

struct ktap_case {
	const char *name;
	void (*run)(void);
};

static unsigned int ktap_failures;	/* of the case that is running */
static char ktap_row[160];		/* what it is at, for messages */
static const char *ktap_argument;	/* of the command line, or NULL */

static inline int ktap_may_report(void)
{
	return ++ktap_failures <= KTAP_MESSAGES_MAX;
}

#define KTAP_CASE(_fn)	{ .name = #_fn, .run = (_fn) }

#define KTAP_ROW(...)	snprintf(ktap_row, sizeof(ktap_row), __VA_ARGS__)

#define EXPECT(_cond) do {						\
	if (!(_cond) && ktap_may_report())				\
		printf("# %s:%d: not so: %s [%s]\n", __FILE__,		\
		       __LINE__, #_cond, ktap_row);			\
} while (0)

#define EXPECT_EQ(_got, _want) do {					\
	long long got_ = (_got), want_ = (_want);			\
									\
	if (got_ != want_ && ktap_may_report())				\
		printf("# %s:%d: %s is %lld (%#llx), not %lld (%#llx) [%s]\n", \
		       __FILE__, __LINE__, #_got, got_, got_, want_,	\
		       want_, ktap_row);				\
} while (0)

static inline int ktap_run(const struct ktap_case *cases, unsigned int count)
{
	unsigned int i, failed = 0;

	/* What was printed before a crash must be seen after it. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("KTAP version 1\n1..%u\n", count);
	for (i = 0; i < count; i++) {
		ktap_failures = 0;
		ktap_row[0] = '\0';
		cases[i].run();
		if (ktap_failures > KTAP_MESSAGES_MAX)
			printf("# %u more\n", ktap_failures - KTAP_MESSAGES_MAX);
		printf("%s %u %s\n", ktap_failures ? "not ok" : "ok", i + 1,
		       cases[i].name);
		failed += !!ktap_failures;
	}
	return failed ? 1 : 0;
}

/* What KTAP_ROOM() lists. */
extern const struct ktap_case ktap_cases[];
extern const unsigned int ktap_count;

int main(int argc, char **argv)
{
	ktap_argument = argc > 1 ? argv[1] : NULL;
	return ktap_run(ktap_cases, ktap_count);
}

#define KTAP_ROOM(...)							\
const struct ktap_case ktap_cases[] = { __VA_ARGS__ };			\
const unsigned int ktap_count = ARRAY_SIZE(ktap_cases)

#endif
