/* SPDX-License-Identifier: GPL-2.0 */
/*
 * blob_maker - writes flattened device trees, good ones and others
 *
 *	struct maker m = { 0 };
 *
 *	maker_begin(&m, "");
 *	maker_u32(&m, "phandle", 1);
 *	maker_end(&m);
 *	maker_finish(&m);
 *
 * What is finished is in memory that ends where it ends, for the sanitizer.
 */
#ifndef UNIT_BLOB_MAKER_H
#define UNIT_BLOB_MAKER_H

#include <linux/types.h>
#include <stdlib.h>
#include <string.h>

#include "blob.h"
#include "check.h"

#define MAKER_MAX	0x200000
#define MAKER_HEADER	56	/* and no memory reservation */

struct maker {
	u8 tokens[MAKER_MAX];
	u32 len;
	char strings[0x10000];
	u32 strings_len;
	u8 *data;
	u32 size;
	struct dtovl_blob blob;
	struct dtovl_fault fault;
};

static inline void maker_put32(u8 *at, u32 value)
{
	at[0] = value >> 24;
	at[1] = value >> 16;
	at[2] = value >> 8;
	at[3] = value;
}

static inline void maker_token(struct maker *m, u32 value)
{
	maker_put32(m->tokens + m->len, value);
	m->len += 4;
}

static inline void maker_bytes(struct maker *m, const void *value, u32 len)
{
	memcpy(m->tokens + m->len, value, len);
	memset(m->tokens + m->len + len, 0, 4);
	m->len += (len + 3) & ~3U;
}

static inline void maker_begin(struct maker *m, const char *name)
{
	maker_token(m, 1);
	maker_bytes(m, name, strlen(name) + 1);
}

static inline void maker_end(struct maker *m)
{
	maker_token(m, 2);
}

static inline u32 maker_string(struct maker *m, const char *name)
{
	u32 at;

	for (at = 0; at < m->strings_len; at += strlen(m->strings + at) + 1)
		if (!strcmp(m->strings + at, name))
			return at;
	memcpy(m->strings + at, name, strlen(name) + 1);
	m->strings_len += strlen(name) + 1;
	return at;
}

static inline void maker_prop(struct maker *m, const char *name, const void *value, u32 len)
{
	maker_token(m, 3);
	maker_token(m, len);
	maker_token(m, maker_string(m, name));
	maker_bytes(m, value, len);
}

static inline void maker_str(struct maker *m, const char *name, const char *value)
{
	maker_prop(m, name, value, strlen(value) + 1);
}

static inline void maker_u32(struct maker *m, const char *name, u32 value)
{
	u8 cell[4];

	maker_put32(cell, value);
	maker_prop(m, name, cell, 4);
}

/* The head of a fragment for the root, and its tail. */
static inline void maker_fragment(struct maker *m)
{
	maker_begin(m, "");
	maker_begin(m, "fragment@0");
	maker_str(m, "target-path", "/");
	maker_begin(m, "__overlay__");
}

static inline void maker_fragment_end(struct maker *m)
{
	maker_end(m);
	maker_end(m);
}

static inline void maker_finish(struct maker *m)
{
	maker_token(m, 9);
	m->size = MAKER_HEADER + m->len + m->strings_len;
	m->data = calloc(1, m->size);
	maker_put32(m->data, 0xd00dfeed);
	maker_put32(m->data + 4, m->size);
	maker_put32(m->data + 8, MAKER_HEADER);
	maker_put32(m->data + 12, MAKER_HEADER + m->len);
	maker_put32(m->data + 16, 40);
	maker_put32(m->data + 20, 17);
	maker_put32(m->data + 24, 16);
	maker_put32(m->data + 32, m->strings_len);
	maker_put32(m->data + 36, m->len);
	memcpy(m->data + MAKER_HEADER, m->tokens, m->len);
	memcpy(m->data + MAKER_HEADER + m->len, m->strings, m->strings_len);
}

/* Reads and checks @size bytes at @data. */
static inline int maker_judge_bytes(struct maker *m, const u8 *data, u32 size)
{
	static struct dtovl_node nodes[DTOVL_NODES_MAX];
	int err;

	m->blob = (struct dtovl_blob){
		.data = data,
		.size = size,
		.nodes = nodes,
		.phandle_base = 0x1000,
	};
	m->fault = (struct dtovl_fault){ "" };
	err = dtovl_blob_read(&m->blob, &m->fault);
	return err ? err : dtovl_check(&m->blob, &m->fault);
}

/*
 * Reads, checks and forgets what has been made. Returns what is wrong, or "". One
 * that is refused without a word is not taken for a good one.
 */
static inline const char *maker_judge(struct maker *m)
{
	int err;

	maker_finish(m);
	err = maker_judge_bytes(m, m->data, m->size);
	free(m->data);
	m->len = 0;
	m->strings_len = 0;
	if (!err)
		return "";
	return *m->fault.what ? m->fault.what : "refused without a word";
}

#define EXPECT_VERDICT(_m, _what) do {					\
	const char *what_ = maker_judge(_m);				\
									\
	KTAP_ROW("%s", what_);						\
	EXPECT(!strcmp(what_, _what));					\
} while (0)

#endif
