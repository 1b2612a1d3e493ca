/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stream - takes a device's DMA from dom0's memory, and lets it there again
 */
#ifndef DTDEV_STREAM_H
#define DTDEV_STREAM_H

#include "core/stream.h"

struct dtdev_node;

struct dtdev_stream {
	enum dtdev_stream_state state;
	int answer;	/* Xen's, if the state is dom0's or unknown */
};

int dtdev_stream_find_free_locked(struct dtdev_node *node);
void dtdev_stream_take_locked(struct dtdev_node *node);
int dtdev_stream_idle_locked(struct dtdev_node *node);
int dtdev_stream_return_locked(struct dtdev_node *node);

#endif
