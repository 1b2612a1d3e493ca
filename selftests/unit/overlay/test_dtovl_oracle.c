// SPDX-License-Identifier: GPL-2.0
/*
 * Overlays beside an oracle: a rich one with each byte and word of it changed, then
 * several at a time. What is good is accepted, what is not is refused, with a reason
 * and a place.
 */
#include <errno.h>
#include <linux/array_size.h>
#include <linux/types.h>
#include <stdlib.h>
#include <string.h>

#include "blob_maker.h"
#include "ktap.h"
#include "overlay_oracle.h"

#define PHANDLE_BASE	0x1000

static struct maker maker;

static void check_verdict(const u8 *data, u32 size)
{
	enum overlay_verdict verdict = overlay_judge(data, size, PHANDLE_BASE);
	int err = maker_judge_bytes(&maker, data, size);

	if (verdict != OVERLAY_EITHER)
		EXPECT_EQ(!err, verdict == OVERLAY_GOOD);
	if (!err)
		return;
	EXPECT_EQ(err, -EINVAL);
	EXPECT(*maker.fault.what);
	EXPECT(maker.fault.at <= size);
	EXPECT(maker.fault.node == DTOVL_NONE || maker.fault.node < maker.blob.node_count);
}

/* The first fragment's: what a phandle refers to, and where interrupts go. */
static void make_devices(void)
{
	maker_begin(&maker, "PIC@1000");
	maker_u32(&maker, "phandle", 1);
	maker_u32(&maker, "linux,phandle", 1);
	maker_prop(&maker, "interrupt-controller", "", 0);
	maker_u32(&maker, "#interrupt-cells", 1);
	maker_u32(&maker, "#address-cells", 4);
	maker_u32(&maker, "#size-cells", 4);
	maker_end(&maker);
	maker_begin(&maker, "rtc@9010000");
	maker_str(&maker, "name", "rtc");
	maker_prop(&maker, "compatible", "arm,pl031\0b", 12);
	maker_str(&maker, "status", "okay");
	maker_str(&maker, "device_type", "d");
	maker_str(&maker, "model", "m");
	maker_token(&maker, 4);
	maker_u32(&maker, "phandle", 2);
	maker_u32(&maker, "interrupt-parent", 1);
	maker_prop(&maker, "clocks", "\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\3", 16);
	maker_begin(&maker, "child!~");
	maker_u32(&maker, "#x-cells", 8);
	maker_prop(&maker, "odd", "abcde", 5);
	maker_end(&maker);
	maker_end(&maker);
	maker_begin(&maker, "map");
	maker_u32(&maker, "phandle", 3);
	maker_u32(&maker, "interrupt-parent", 0x1001);
	maker_prop(&maker, "interrupt-map", "\0\0\0\1\0\0\0\1\0\0\x10\3", 12);
	maker_end(&maker);
}

/* What tells of the nodes above, by path and by name. */
static void make_specials(void)
{
	static const char places[] = "/:root-ref:4\0"
				     "/fragment@0/__overlay__/rtc@9010000:clocks:0\0"
				     "/fragment@0/__overlay__/RTC@9010000:clocks:12";

	maker_begin(&maker, "__local_fixups__");
	maker_u32(&maker, "root-ref", 0);
	maker_begin(&maker, "fragment@0");
	maker_begin(&maker, "__overlay__");
	maker_begin(&maker, "rtc@9010000");
	maker_u32(&maker, "interrupt-parent", 0);
	maker_prop(&maker, "clocks", "\0\0\0\x8\0\0\0\xc", 8);
	maker_end(&maker);
	maker_begin(&maker, "map");
	maker_u32(&maker, "interrupt-map", 4);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	maker_begin(&maker, "__fixups__");
	maker_prop(&maker, "gic", places, sizeof(places));
	maker_str(&maker, "none", "/fragment@1:target:0");
	maker_end(&maker);
	maker_begin(&maker, "__symbols__");
	maker_str(&maker, "rtc", "/fragment@0/__overlay__/rtc@9010000/child!~");
	maker_str(&maker, "all", "/fragment@0/__overlay__");
	maker_end(&maker);
}

static void make_rich(void)
{
	maker_token(&maker, 4);
	maker_begin(&maker, "");
	maker_prop(&maker, "root-ref", "\0\0\0\1\0\0\0\0", 8);
	maker_begin(&maker, "fragment@0");
	maker_str(&maker, "target-path", "/soc");
	maker_begin(&maker, "__overlay__");
	make_devices();
	maker_end(&maker);
	maker_end(&maker);
	maker_begin(&maker, "fragment@1");
	maker_u32(&maker, "target", 0xffffffff);
	maker_begin(&maker, "__overlay__");
	maker_u32(&maker, "reg", 1);
	maker_end(&maker);
	maker_end(&maker);
	make_specials();
	maker_end(&maker);
	maker_token(&maker, 4);
	maker_finish(&maker);
}

static void forget(void)
{
	free(maker.data);
	maker.len = 0;
	maker.strings_len = 0;
}

static void a_good_one_is_accepted(void)
{
	make_rich();
	EXPECT_EQ(overlay_judge(maker.data, maker.size, PHANDLE_BASE), OVERLAY_GOOD);
	check_verdict(maker.data, maker.size);
	forget();
}

/* The @number-th other value of a byte, or false after the last. */
static bool other_byte(unsigned int number, u8 was, u8 *value)
{
	static const u8 values[] = {
		0, 1, 2, 3, 4, 8, 9, 0x10, ' ', '!', '/', '0', '9', ':', '@', 'A', 'Z', '[',
		'_', '`', 'a', 'z', '{', '~', 0x7f, 0x80, 0xff,
	};

	if (number < ARRAY_SIZE(values))
		*value = values[number];
	else if (number < ARRAY_SIZE(values) + 8)
		*value = was ^ 1u << (number - ARRAY_SIZE(values));
	else
		*value = number == ARRAY_SIZE(values) + 8 ? was + 1 : was - 1;
	return number < ARRAY_SIZE(values) + 10;
}

static void each_byte_counts(void)
{
	unsigned int i;
	u8 was, value;
	u32 at;

	make_rich();
	for (at = 0; at < maker.size; at++) {
		was = maker.data[at];
		for (i = 0; other_byte(i, was, &value); i++) {
			KTAP_ROW("%#x at %u, was %#x", value, at, was);
			maker.data[at] = value;
			check_verdict(maker.data, maker.size);
		}
		maker.data[at] = was;
	}
	forget();
}

/* Numbers, tokens, lengths and offsets, and some that are just right or wrong. */
static void each_word_counts(void)
{
	u32 at, i, was;

	make_rich();
	for (at = 0; at + 4 <= maker.size; at += 4) {
		u32 values[] = {
			0, 1, 2, 3, 4, 5, 8, 9, 12, 13, 16, 17, 18, 36, 39, 40, 48, 56,
			0x1000, 0x1001, 0x1002, 0x1003, 0x1004, 0x3fffffff, 0x40000000,
			0x7fffffff, 0xfffffff8, 0xfffffffc, 0xffffffff, maker.size,
			maker.size - 16, maker.size - 8, maker.size - 15, maker.size + 1,
			maker.size - maker.strings_len, maker.size - maker.strings_len + 1,
			maker.size - maker.strings_len - 1, MAKER_HEADER + 4,
			maker.strings_len, maker.strings_len - 1, maker.strings_len + 1,
			maker.len, maker.len - 4, maker.len + 4, maker.len + 1, maker.len - 1,
		};

		memcpy(&was, maker.data + at, 4);
		for (i = 0; i < ARRAY_SIZE(values); i++) {
			KTAP_ROW("%#x at %u", values[i], at);
			maker_put32(maker.data + at, values[i]);
			check_verdict(maker.data, maker.size);
		}
		memcpy(maker.data + at, &was, 4);
	}
	forget();
}

/* A few at a time: two wrongs can make a right, and rights a wrong. */
static void some_changes_together(void)
{
	unsigned int round, i;
	u8 *copy;

	make_rich();
	copy = malloc(maker.size);
	while (ktap_next_seed()) {
		srand(ktap_seed);
		for (round = 0; round < 20000; round++) {
			KTAP_ROW("seed %llu, round %u", ktap_seed, round);
			memcpy(copy, maker.data, maker.size);
			for (i = rand() % 4 + 1; i; i--)
				copy[rand() % maker.size] = rand() % 2 ?
					maker.data[rand() % maker.size] : rand();
			check_verdict(copy, maker.size);
		}
	}
	free(copy);
	forget();
}

KTAP_ROOM(KTAP_CASE(a_good_one_is_accepted),
	  KTAP_CASE(each_byte_counts),
	  KTAP_CASE(each_word_counts),
	  KTAP_CASE(some_changes_together));
