// SPDX-License-Identifier: GPL-2.0
/* References and labels: the kernel writes where they say, and looks no more. */
#include <linux/types.h>
#include <stdio.h>
#include <string.h>

#include "blob_maker.h"
#include "ktap.h"
#include "refs.h"

#define PLACE		"/fragment@0/__overlay__/n:ref:"
#define LABELS_MAX	4096

static struct maker maker;
static const char bytes[4096];

static const char place_bad[] = "a reference to a label is not at a place for it";
static const char offset_bad[] = "a reference is not at a place for it";
static const char circle[] = "interrupt parents lead in a circle";

#define EXPECT_WHAT(_got, _want)	EXPECT(!strcmp(_got, _want))

/* A fragment whose node n has a property of @len bytes. */
static void with_ref(u32 len)
{
	maker_fragment(&maker);
	maker_begin(&maker, "n");
	maker_prop(&maker, "ref", bytes, len);
	maker_end(&maker);
	maker_fragment_end(&maker);
}

static const char *with_fixup(u32 len, const char *offset)
{
	char place[64];

	snprintf(place, sizeof(place), PLACE "%s", offset);
	with_ref(len);
	maker_begin(&maker, "__fixups__");
	maker_str(&maker, "label", place);
	maker_end(&maker);
	maker_end(&maker);
	return maker_judge(&maker);
}

static void a_label_has_room_for_a_phandle(void)
{
	static const struct {
		u32 len;
		const char *offset;
		bool good;
	} rows[] = {
		{ 0, "0" }, { 1, "0" }, { 3, "0" }, { 4, "0", true }, { 4, "1" },
		{ 5, "0", true }, { 5, "1", true }, { 5, "2" },
		{ 8, "4", true }, { 8, "5" }, { 7, "4" },
		{ 64, "10", true }, { 64, "12", true }, { 64, "59", true }, { 64, "60", true },
		{ 64, "61" }, { 64, "69" }, { 64, "99" }, { 4096, "4092", true },
		{ 4096, "4093" }, { 16, "13" }, { 16, "12", true },
		/* Seven digits, and not one more. */
		{ 64, "0000004", true }, { 64, "00000004" }, { 64, "000000004" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s of %u", rows[i].offset, rows[i].len);
		EXPECT_WHAT(with_fixup(rows[i].len, rows[i].offset),
			    rows[i].good ? "" : place_bad);
	}
}

/* All of them would be some offset in so large a property. */
static void an_offset_has_digits_only(void)
{
	static const char *const rows[] = {
		"", " ", "/", ":", "4 ", " 4", "1/", "1:", "0x4", "4a", "a", "1-", "+4",
		"4:", "4:0", ":4", "9/9", "9:9",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("'%s'", rows[i]);
		EXPECT_WHAT(with_fixup(sizeof(bytes), rows[i]), place_bad);
	}
	for (i = '0'; i <= '9'; i++) {
		char digit[] = { '1', i, 0 };

		KTAP_ROW("'%s'", digit);
		EXPECT_WHAT(with_fixup(10 + i - '0' + 4, digit), "");
		EXPECT_WHAT(with_fixup(10 + i - '0' + 3, digit), place_bad);
	}
}

/* @first references in one property, @second in another. */
static const char *with_labels(unsigned int first, unsigned int second)
{
	static char list[LABELS_MAX * sizeof(PLACE "0") + 64];
	const u32 len = sizeof(PLACE "0");
	unsigned int i;

	for (i = 0; i <= LABELS_MAX; i++)
		memcpy(list + i * len, PLACE "0", len);
	with_ref(4);
	maker_begin(&maker, "__fixups__");
	maker_prop(&maker, "a", list, first * len);
	maker_prop(&maker, "b", list, second * len);
	maker_end(&maker);
	maker_end(&maker);
	return maker_judge(&maker);
}

static void there_may_be_many_labels(void)
{
	static const char many[] = "it has too many references to labels";

	EXPECT_WHAT(with_labels(LABELS_MAX, 0), "");
	EXPECT_WHAT(with_labels(0, LABELS_MAX), "");
	EXPECT_WHAT(with_labels(LABELS_MAX - 1, 1), "");
	EXPECT_WHAT(with_labels(LABELS_MAX, 1), many);
	EXPECT_WHAT(with_labels(1, LABELS_MAX), many);
	EXPECT_WHAT(with_labels(LABELS_MAX + 1, 0), many);
}

/* Of a list one after the other is looked at. */
static void a_bad_label_is_seen_among_good_ones(void)
{
	static const char *const rows[] = {
		PLACE "0\0" PLACE "1", PLACE "1\0" PLACE "0",
		PLACE "0\0" PLACE "0\0/x:ref:0",
		PLACE "0\0/fragment@0/__overlay__/n:ref\0:0",
	};
	static const u32 lens[] = {
		sizeof(PLACE "0\0" PLACE "1"), sizeof(PLACE "1\0" PLACE "0"),
		sizeof(PLACE "0\0" PLACE "0\0/x:ref:0"),
		sizeof(PLACE "0\0/fragment@0/__overlay__/n:ref\0:0"),
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("row %u", i);
		with_ref(4);
		maker_begin(&maker, "__fixups__");
		maker_prop(&maker, "label", rows[i], lens[i]);
		maker_end(&maker);
		maker_end(&maker);
		EXPECT_WHAT(maker_judge(&maker), place_bad);
	}
}

/* A property of the root of @len bytes, and a list of offsets for it. */
static const char *with_own(u32 len, const void *list, u32 list_len)
{
	maker_begin(&maker, "");
	maker_prop(&maker, "ref", bytes, len);
	maker_begin(&maker, "__local_fixups__");
	maker_prop(&maker, "ref", list, list_len);
	maker_end(&maker);
	/* What comes after it is about nothing. */
	maker_begin(&maker, "fragment@0");
	maker_str(&maker, "target-path", "/");
	maker_begin(&maker, "__overlay__");
	maker_begin(&maker, "n");
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_end(&maker);
	return maker_judge(&maker);
}

static void the_roots_own_references_have_room(void)
{
	static const struct {
		u32 len;
		const char *list;
		u32 list_len;
		bool good;
	} rows[] = {
		{ 4, "\0\0\0\0", 4, true }, { 3, "\0\0\0\0", 4 }, { 0, "\0\0\0\0", 4 },
		{ 4, "\0\0\0\1", 4 }, { 5, "\0\0\0\1", 4, true }, { 4, "\0\0\0\0", 3 },
		{ 4, "\0\0\0\0\0", 5 }, { 4, "", 0 },
		{ 12, "\0\0\0\0\0\0\0\4\0\0\0\x8", 12, true },
		{ 12, "\0\0\0\0\0\0\0\x9\0\0\0\x8", 12 },
		{ 12, "\0\0\0\0\0\0\0\4\0\0\0\x9", 12 },
		{ 12, "\0\0\0\x9\0\0\0\4\0\0\0\x8", 12 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("row %u", i);
		EXPECT_WHAT(with_own(rows[i].len, rows[i].list, rows[i].list_len),
			    rows[i].good ? "" : offset_bad);
	}
}

/* Node @n below the fragment has references at @list. */
static void local_fixups(const char *name, const void *list, u32 len)
{
	maker_begin(&maker, "__local_fixups__");
	maker_begin(&maker, "fragment@0");
	maker_begin(&maker, "__overlay__");
	maker_begin(&maker, "n");
	maker_prop(&maker, name, list, len);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
}

static void references_below_have_room(void)
{
	unsigned int len;

	for (len = 0; len < 10; len++) {
		KTAP_ROW("%u bytes", len);
		with_ref(len);
		local_fixups("ref", "\0\0\0\0", 4);
		maker_end(&maker);
		EXPECT_WHAT(maker_judge(&maker), len >= 4 ? "" : offset_bad);
		with_ref(len);
		local_fixups("ref", "\0\0\0\4", 4);
		maker_end(&maker);
		EXPECT_WHAT(maker_judge(&maker), len >= 8 ? "" : offset_bad);
	}
}

static void tells_where_references_are(void)
{
	u32 offset, node;

	with_ref(20);
	local_fixups("ref", "\0\0\0\4\0\0\0\x8\0\0\0\x10", 12);
	maker_end(&maker);
	maker_finish(&maker);
	EXPECT_EQ(maker_judge_bytes(&maker, maker.data, maker.size), 0);
	node = dtovl_node_at(&maker.blob, "/fragment@0/__overlay__/n", 25);
	EXPECT(node != DTOVL_NONE);
	for (offset = 0; offset < 24; offset++) {
		KTAP_ROW("%u", offset);
		EXPECT_EQ(dtovl_refers(&maker.blob, node, "ref", offset),
			  offset == 4 || offset == 8 || offset == 16);
		EXPECT(!dtovl_refers(&maker.blob, node, "reg", offset));
		EXPECT(!dtovl_refers(&maker.blob, node - 1, "ref", offset));
		EXPECT(!dtovl_refers(&maker.blob, DTOVL_ROOT, "ref", offset));
	}
	free(maker.data);
	maker.len = 0;
	maker.strings_len = 0;
}

static void a_target_may_not_be_a_reference_within(void)
{
	maker_begin(&maker, "");
	maker_begin(&maker, "fragment@0");
	maker_u32(&maker, "target", 1);
	maker_begin(&maker, "__overlay__");
	maker_end(&maker);
	maker_end(&maker);
	maker_begin(&maker, "__local_fixups__");
	maker_begin(&maker, "fragment@0");
	maker_u32(&maker, "target", 0);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	EXPECT_WHAT(maker_judge(&maker), "a target is in the overlay itself");
}

/* __overlay__ stands for a node of the tree, but its properties come along. */
static void follows_what_the_contents_themselves_say(void)
{
	maker_fragment(&maker);
	maker_u32(&maker, "interrupt-parent", 0x1001);
	maker_begin(&maker, "n");
	maker_u32(&maker, "phandle", 1);
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_end(&maker);
	EXPECT_WHAT(maker_judge(&maker), circle);

	/* Those of the fragment do not. */
	maker_begin(&maker, "");
	maker_begin(&maker, "fragment@0");
	maker_str(&maker, "target-path", "/");
	maker_u32(&maker, "interrupt-parent", 0x1001);
	maker_begin(&maker, "__overlay__");
	maker_begin(&maker, "n");
	maker_u32(&maker, "phandle", 1);
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_end(&maker);
	EXPECT_WHAT(maker_judge(&maker), "");
}

/* Numbers up to the base are phandles of others; none is 0. */
static const char *with_number(u32 number, bool refers)
{
	maker_begin(&maker, "");
	maker_u32(&maker, "phandle", 5);
	maker_begin(&maker, "fragment@0");
	maker_str(&maker, "target-path", "/");
	maker_u32(&maker, "interrupt-parent", number);
	maker_begin(&maker, "__overlay__");
	maker_fragment_end(&maker);
	if (refers) {
		maker_begin(&maker, "__local_fixups__");
		maker_begin(&maker, "fragment@0");
		maker_u32(&maker, "interrupt-parent", 0);
		maker_end(&maker);
		maker_end(&maker);
	}
	maker_end(&maker);
	return maker_judge(&maker);
}

static void no_number_is_nobodys(void)
{
	EXPECT_WHAT(with_number(0, true), "");
	EXPECT_WHAT(with_number(0, false), "");
	EXPECT_WHAT(with_number(0x1000, false), "");
	EXPECT_WHAT(with_number(0xfff, false), "");
	EXPECT_WHAT(with_number(0x1005, false), "");
}

KTAP_ROOM(KTAP_CASE(a_label_has_room_for_a_phandle),
	  KTAP_CASE(an_offset_has_digits_only),
	  KTAP_CASE(there_may_be_many_labels),
	  KTAP_CASE(a_bad_label_is_seen_among_good_ones),
	  KTAP_CASE(the_roots_own_references_have_room),
	  KTAP_CASE(references_below_have_room),
	  KTAP_CASE(tells_where_references_are),
	  KTAP_CASE(a_target_may_not_be_a_reference_within),
	  KTAP_CASE(follows_what_the_contents_themselves_say),
	  KTAP_CASE(no_number_is_nobodys));
