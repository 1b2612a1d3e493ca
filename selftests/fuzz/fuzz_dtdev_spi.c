// SPDX-License-Identifier: GPL-2.0
/*
 * Any interrupt specifier and any answer of Xen: what is taken is a number that a
 * guest can have, and nothing is without a word.
 */
#include <linux/errno.h>
#include <linux/types.h>

#include "fuzz.h"
#include "spi.h"
#include "stream.h"

#define CELLS	4

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct fuzz_input in = { data, data + size };
	struct dtdev_spi spi = { 0 };
	u32 cells[CELLS];
	unsigned int count = fuzz_u8(&in) % (CELLS + 1), i;
	s32 answer = (s32)fuzz_u32(&in);
	int err;

	for (i = 0; i < count; i++)
		cells[i] = fuzz_u32(&in);
	err = dtdev_spi_decode(cells, count, &spi);
	if (!err) {
		ORACLE(count >= 3 && cells[0] == 0);
		ORACLE(spi.number >= 32 && spi.number <= 1019);
		ORACLE(spi.number - 32 == cells[1]);
		ORACLE(spi.trigger == (cells[2] & 0xf));
	} else {
		ORACLE(err == -EINVAL || err == -ENXIO);
		ORACLE(!spi.number && !spi.trigger);
		ORACLE(count < 3 || cells[0] || cells[1] > 987);
	}
	ORACLE(*dtdev_spi_trigger_name(&spi));
	ORACLE(*dtdev_spi_state_name(dtdev_spi_answer(answer, count & 1)));
	ORACLE(*dtdev_stream_state_name(dtdev_stream_answer(answer)));
	return 0;
}
