/* SPDX-License-Identifier: GPL-2.0 */
/*
 * progress - how far the kernel came with the overlay that is under way
 *
 * When the kernel's overlay code fails, one may have to undo what it did, and
 * must not undo what it did not do: undoing a list of changes that was never
 * applied tears nodes out that never were in. Its return value does not tell
 * which it is, but its notifiers do, by when they are called:
 *
 *	pre-apply	once for each fragment: nothing has been built. Our first
 *			notifier looks the fragment over and may refuse; our last
 *			one counts those that nobody has refused.
 *	of-reconfig	once for each change: all changes are in the tree, and
 *			devices are made. Who fails keeps our last one from being
 *			called.
 *	post-apply	once for each fragment, after that.
 *
 * One overlay at a time: the caller has a mutex.
 */
#ifndef DTOVL_PROGRESS_H
#define DTOVL_PROGRESS_H

#include <linux/types.h>

struct dtovl_change;

/* Of an overlay that the kernel has failed with. */
enum dtovl_reached {
	DTOVL_REACHED_NOTHING = 0,	/* there is nothing to undo */
	DTOVL_REACHED_LIST,		/* nor can anything be undone */
	DTOVL_REACHED_TREE,		/* all is in the tree */
};

void dtovl_progress_begin(struct dtovl_change *change);
void dtovl_progress_end(void);
bool dtovl_progress_is_ours(void);
enum dtovl_reached dtovl_progress_reached(unsigned int fragments);
void dtovl_progress_say(unsigned int fragments, int err);

int dtovl_progress_init(void);
void dtovl_progress_exit(void);

#endif
