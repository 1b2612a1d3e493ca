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
 * A case with dice rolls them for each seed of the command line:
 *
 *	while (ktap_next_seed())
 *		roll(ktap_seed);
 *
 * kunit/ktap.h has the same words for tests that run in a kernel, too.
 *
 * An expectation that fails is reported with its place, and with the row of
 * the table that KTAP_ROW() named last; the case goes on.
 */
#ifndef UNIT_KTAP_H
#define UNIT_KTAP_H

#include <linux/array_size.h>
#include <stdio.h>
#include <stdlib.h>

#define KTAP_MESSAGES_MAX	10	/* of one case; the rest is counted */

struct ktap_case {
	const char *name;
	void (*run)(void);
};

static unsigned int ktap_failures;	/* of the case that is running */
static char ktap_row[160];		/* what it is at, for messages */
static unsigned long long ktap_seed;	/* what ktap_next_seed() has found */
static const char *const *ktap_seeds;	/* the command line's, up to a NULL */
static const char *const *ktap_seed_at;

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

/* Takes the next seed, or ends, and begins anew after that; 1 where none is given. */
static inline int ktap_next_seed(void)
{
	static const char *const none[] = { "1", NULL };

	if (!*ktap_seeds)
		ktap_seeds = none;
	if (!ktap_seed_at)
		ktap_seed_at = ktap_seeds;
	if (!*ktap_seed_at) {
		ktap_seed_at = NULL;
		return 0;
	}
	ktap_seed = strtoull(*ktap_seed_at++, NULL, 0);
	return 1;
}

/* Memory that ends where @size ends, so that the sanitizer sees any look beyond. */
static inline void *ktap_alloc(size_t size)
{
	void *data = malloc(size ? size : 1);

	if (!data)
		abort();
	return data;
}

static inline void ktap_free(const void *data)
{
	free((void *)data);
}

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
	ktap_seeds = (const char *const *)argv + !!argc;
	return ktap_run(ktap_cases, ktap_count);
}

#define KTAP_ROOM(...)							\
const struct ktap_case ktap_cases[] = { __VA_ARGS__ };			\
const unsigned int ktap_count = ARRAY_SIZE(ktap_cases)

#endif
