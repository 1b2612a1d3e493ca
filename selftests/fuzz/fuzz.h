/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fuzz - what the targets share: an oracle's verdict, and input in small coin
 *
 * An input that has run out reads as zeros, so that every input means something.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>

#define ORACLE(_cond) do {						\
	if (!(_cond)) {							\
		fprintf(stderr, "%s:%d: oracle: not so: %s\n", __FILE__, \
			__LINE__, #_cond);				\
		abort();						\
	}								\
} while (0)

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

struct fuzz_input {
	const u8 *at;
	const u8 *end;
};

static inline u8 fuzz_u8(struct fuzz_input *in)
{
	return in->at == in->end ? 0 : *in->at++;
}

static inline u16 fuzz_u16(struct fuzz_input *in)
{
	u16 low = fuzz_u8(in);

	return low | fuzz_u8(in) << 8;
}

static inline u32 fuzz_u32(struct fuzz_input *in)
{
	u32 low = fuzz_u16(in);

	return low | (u32)fuzz_u16(in) << 16;
}

static inline bool fuzz_has_more(const struct fuzz_input *in)
{
	return in->at != in->end;
}

#endif
