/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ktap - the words of the tests of core/, in a kernel: a KUnit suite for each room
 *
 *	static void adds(void)
 *	{
 *		EXPECT_EQ(1 + 1, 2);
 *	}
 *	KTAP_ROOM(KTAP_CASE(adds));
 *
 * The same files are programs of user space, under sanitizers, with a header of the
 * same name. An expectation that fails is reported with the row of the table that
 * KTAP_ROW() named last.
 */
#ifndef XEN_TESTS_KTAP_H
#define XEN_TESTS_KTAP_H

#include <kunit/test.h>
#include <kunit/test-bug.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>

struct ktap_case {
	const char *name;
	void (*run)(void);
};

static char ktap_row[160];	/* what it is at, for messages */
static u64 ktap_seed;		/* what ktap_next_seed() has found */

#define KTAP_CASE(_fn)	{ .name = #_fn, .run = (_fn) }

#define KTAP_ROW(...)	snprintf(ktap_row, sizeof(ktap_row), __VA_ARGS__)

#define EXPECT(_cond)							\
	KUNIT_EXPECT_TRUE_MSG(kunit_get_current_test(), !!(_cond),	\
			      "[%s]", ktap_row)

#define EXPECT_EQ(_got, _want)						\
	KUNIT_EXPECT_EQ_MSG(kunit_get_current_test(),			\
			    (long long)(_got), (long long)(_want),	\
			    "[%s]", ktap_row)

/* One seed is enough here. */
static inline bool ktap_next_seed(void)
{
	ktap_seed = !ktap_seed;
	return ktap_seed;
}

/* Memory that ends where @size ends; there is always some. */
static inline void *ktap_alloc(size_t size)
{
	struct kunit *test = kunit_get_current_test();
	void *data = kunit_kmalloc(test, size ?: 1, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, data);
	return data;
}

static inline void ktap_free(const void *data)
{
	kunit_kfree(kunit_get_current_test(), data);
}

static inline void ktap_describe(const struct ktap_case *one, char *desc)
{
	strscpy(desc, one->name, KUNIT_PARAM_DESC_SIZE);
}

static inline void ktap_run(struct kunit *test)
{
	const struct ktap_case *one = test->param_value;

	ktap_row[0] = '\0';
	ktap_seed = 0;
	one->run();
}

#define KTAP_ROOM(...)							\
static const struct ktap_case ktap_cases[] = { __VA_ARGS__ };		\
KUNIT_ARRAY_PARAM(ktap, ktap_cases, ktap_describe);			\
static struct kunit_case ktap_suite_cases[] = {				\
	KUNIT_CASE_PARAM(ktap_run, ktap_gen_params),			\
	{ }								\
};									\
static struct kunit_suite ktap_suite = {				\
	.name = KBUILD_MODNAME "-" KBUILD_BASENAME,			\
	.test_cases = ktap_suite_cases,					\
};									\
kunit_test_suite(ktap_suite)

#endif
