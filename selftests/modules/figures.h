/* SPDX-License-Identifier: GPL-2.0 */
/*
 * figures - what comes of many durations
 */
#ifndef FIGURES_H
#define FIGURES_H

#include <linux/seq_file.h>
#include <linux/sort.h>
#include <linux/types.h>

struct figures {
	u64 ns;			/* from the first's beginning to the last's end */
	u32 asked, errors;
	u32 p50, p99, max;	/* ns */
	u32 late;		/* had no answer at all */
};

static inline int figures_compare(const void *a, const void *b)
{
	u32 x = *(const u32 *)a, y = *(const u32 *)b;

	return x < y ? -1 : x > y;
}

/* Sorts @took, ns each. */
static inline void figures_make(struct figures *figures, u32 *took, u32 count)
{
	figures->asked = count;
	if (!count)
		return;
	sort(took, count, sizeof(*took), figures_compare, NULL);
	figures->p50 = took[count / 2];
	figures->p99 = took[count - 1 - count / 100];
	figures->max = took[count - 1];
}

static inline void figures_show(struct seq_file *s, const struct figures *figures)
{
	seq_printf(s, "asked %u errors %u ns %llu p50 %u p99 %u max %u late %u\n",
		   figures->asked, figures->errors, figures->ns, figures->p50,
		   figures->p99, figures->max, figures->late);
}

#endif
