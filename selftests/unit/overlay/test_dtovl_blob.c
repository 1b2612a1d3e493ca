// SPDX-License-Identifier: GPL-2.0
/* The format: what is well-formed is read, and nothing else is believed. */
#include <errno.h>
#include <linux/types.h>
#include <stdio.h>
#include <string.h>

#include "blob_maker.h"
#include "ktap.h"

static struct maker maker;

/* A node with a child, properties, and a NOP here and there. */
static void make_usual(void)
{
	maker_fragment(&maker);
	maker_token(&maker, 4);
	maker_begin(&maker, "rtc@9010000");
	maker_str(&maker, "compatible", "arm,pl031");
	maker_token(&maker, 4);
	maker_u32(&maker, "reg", 0x9010000);
	maker_prop(&maker, "empty", "", 0);
	maker_token(&maker, 4);
	maker_begin(&maker, "child");
	maker_prop(&maker, "odd", "abcde", 5);
	maker_end(&maker);
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_end(&maker);
}

static void reads_what_is_there(void)
{
	const char *path = "/fragment@0/__overlay__/RTC@9010000/child";
	struct dtovl_prop prop;
	u32 node;

	make_usual();
	maker_finish(&maker);
	EXPECT_EQ(maker_judge_bytes(&maker, maker.data, maker.size), 0);
	EXPECT_EQ(maker.blob.node_count, 5);
	node = dtovl_node_at(&maker.blob, path, strlen(path));
	EXPECT_EQ(node, 4);
	EXPECT(!strcmp(dtovl_node_name(&maker.blob, node), "child"));
	EXPECT(dtovl_prop_find(&maker.blob, node, "odd", &prop));
	EXPECT(prop.len == 5 && !memcmp(prop.value, "abcde", 5));
	EXPECT(!dtovl_prop_find(&maker.blob, node, "reg", &prop));
	EXPECT(dtovl_prop_find(&maker.blob, 3, "reg", &prop));
	EXPECT_EQ(dtovl_be32(prop.value), 0x9010000);
	EXPECT(dtovl_node_under(&maker.blob, node, 1));
	EXPECT(!dtovl_node_under(&maker.blob, 1, node));
	EXPECT_EQ(dtovl_node_at(&maker.blob, path, strlen(path) - 1), DTOVL_NONE);
	EXPECT_EQ(dtovl_node_at(&maker.blob, "", 0), DTOVL_NONE);
	EXPECT_EQ(dtovl_node_at(&maker.blob, "/", 1), DTOVL_ROOT);
	free(maker.data);
	maker.len = 0;
	maker.strings_len = 0;
}

/* Cut anywhere, and the header made to say so. */
static void refuses_every_shorter_one(void)
{
	u8 *cut;
	u32 len;

	make_usual();
	maker_finish(&maker);
	for (len = 0; len < maker.size; len++) {
		KTAP_ROW("%u bytes", len);
		cut = malloc(len ? len : 1);
		memcpy(cut, maker.data, len);
		EXPECT_EQ(maker_judge_bytes(&maker, cut, len), -EINVAL);
		if (len >= 8)
			maker_put32(cut + 4, len);
		EXPECT_EQ(maker_judge_bytes(&maker, cut, len), -EINVAL);
		EXPECT_EQ(!strcmp(maker.fault.what, "it is shorter than a header"), len < 40);
		EXPECT(len >= 40 || maker.fault.at == len);
		free(cut);
	}
	free(maker.data);
	maker.len = 0;
	maker.strings_len = 0;
}

/* Each member of the header, with values that lie; each byte, with any. */
static void believes_no_header(void)
{
	static const u32 lies[] = { 0, 1, 4, 39, 40, 0x7fffffff, 0x80000000,
				    0xfffffff8, 0xfffffffc, 0xffffffff };
	/* Nobody looks at the one that is missing. */
	static const u32 members[] = { 0, 4, 8, 12, 16, 20, 24, 32, 36 };
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(members); i++) {
		for (j = 0; j < ARRAY_SIZE(lies); j++) {
			KTAP_ROW("%u is %#x", members[i], lies[j]);
			make_usual();
			maker_finish(&maker);
			maker_put32(maker.data + members[i], lies[j]);
			/* An older reader could read it, a reservation could be there. */
			if (!(members[i] == 24 && lies[j] < 17) &&
			    !(members[i] == 20 && lies[j] > 17) &&
			    !(members[i] == 16 && lies[j] == 40))
				EXPECT_EQ(maker_judge_bytes(&maker, maker.data, maker.size),
					  -EINVAL);
			free(maker.data);
			maker.len = 0;
			maker.strings_len = 0;
		}
	}
}

/* It says which member is to blame. */
static void points_into_the_header(void)
{
	static const struct {
		u32 member, lie;
		const char *what;
		u32 at;
	} rows[] = {
		{ 0, 1, "its header is not that of a blob of this length", 0 },
		{ 4, 40, "its header is not that of a blob of this length", 0 },
		{ 8, 0x7fffffff, "its structure is not within it", 8 },
		{ 8, 57, "its structure is not within it", 8 },
		{ 8, 58, "its structure is not within it", 8 },
		{ 36, 0x7fffffff, "its structure is not within it", 8 },
		{ 12, 0x7fffffff, "its strings are not within it", 12 },
		{ 32, 0x7fffffff, "its strings are not within it", 12 },
		{ 12, 60, "its structure and its strings overlap", 12 },
		{ 16, 0x7ffffff8, "its memory reservations are not within it", 16 },
		{ 16, 44, "its memory reservations are not within it", 16 },
		{ 20, 16, "its format is not of version 17", 20 },
		{ 24, 18, "its format is not of version 17", 20 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%u is %#x", rows[i].member, rows[i].lie);
		make_usual();
		maker_finish(&maker);
		maker_put32(maker.data + rows[i].member, rows[i].lie);
		EXPECT_EQ(maker_judge_bytes(&maker, maker.data, maker.size), -EINVAL);
		EXPECT(!strcmp(maker.fault.what, rows[i].what));
		EXPECT_EQ(maker.fault.at, rows[i].at);
		EXPECT_EQ(maker.fault.node, DTOVL_NONE);
		free(maker.data);
		maker.len = 0;
		maker.strings_len = 0;
	}
}

static void survives_every_flipped_bit(void)
{
	u32 bit;

	make_usual();
	maker_finish(&maker);
	for (bit = 0; bit < maker.size * 8; bit++) {
		maker.data[bit / 8] ^= 1 << bit % 8;
		maker_judge_bytes(&maker, maker.data, maker.size);
		maker.data[bit / 8] ^= 1 << bit % 8;
	}
	EXPECT_EQ(maker_judge_bytes(&maker, maker.data, maker.size), 0);
	free(maker.data);
	maker.len = 0;
	maker.strings_len = 0;
}

static void tells_the_size_from_the_first_bytes(void)
{
	u8 head[8] = { 0xd0, 0x0d, 0xfe, 0xed, 0, 0x10, 0, 0 };
	u32 size = 0, len;

	for (len = 0; len < 8; len++)
		EXPECT_EQ(dtovl_blob_size(head, len, &size), -EAGAIN);
	EXPECT_EQ(dtovl_blob_size(head, 8, &size), 0);
	EXPECT_EQ(size, 0x100000);
	head[7] = 1;
	EXPECT_EQ(dtovl_blob_size(head, 8, &size), -EFBIG);
	maker_put32(head + 4, 40);
	EXPECT_EQ(dtovl_blob_size(head, 8, &size), 0);
	maker_put32(head + 4, 39);
	EXPECT_EQ(dtovl_blob_size(head, 8, &size), -EINVAL);
	head[0] = 0xd1;
	EXPECT_EQ(dtovl_blob_size(head, 1, &size), -EINVAL);
	head[0] = 0xd0;
	head[3] = 0;
	EXPECT_EQ(dtovl_blob_size(head, 3, &size), -EAGAIN);
	EXPECT_EQ(dtovl_blob_size(head, 4, &size), -EINVAL);
}

/* One more than is allowed of each. */
static void has_limits(void)
{
	char name[DTOVL_NAME_MAX + 2];
	int i, more;

	for (more = 0; more < 2; more++) {
		KTAP_ROW("%d more", more);
		maker_fragment(&maker);
		for (i = 0; i < DTOVL_DEPTH_MAX - 2 + more; i++)
			maker_begin(&maker, "n");
		for (i = 0; i < DTOVL_DEPTH_MAX - 2 + more; i++)
			maker_end(&maker);
		maker_fragment_end(&maker);
		maker_end(&maker);
		EXPECT(!strcmp(maker_judge(&maker), more ? "its nodes are nested too deeply" : ""));

		maker_fragment(&maker);
		for (i = 0; i < DTOVL_NODES_MAX - 3 + more; i++) {
			sprintf(name, "n%d", i);
			maker_begin(&maker, name);
			maker_end(&maker);
		}
		maker_fragment_end(&maker);
		maker_end(&maker);
		EXPECT(!strcmp(maker_judge(&maker), more ? "it has too many nodes" : ""));

		maker_fragment(&maker);
		for (i = 0; i < DTOVL_PROPS_MAX + more; i++) {
			sprintf(name, "p%d", i);
			maker_prop(&maker, name, "", 0);
		}
		maker_fragment_end(&maker);
		maker_end(&maker);
		EXPECT(!strcmp(maker_judge(&maker), more ? "a node has too many properties" : ""));

		memset(name, 'n', sizeof(name));
		name[DTOVL_NAME_MAX + more] = '\0';
		maker_fragment(&maker);
		maker_begin(&maker, name);
		maker_end(&maker);
		maker_fragment_end(&maker);
		maker_end(&maker);
		EXPECT(!strcmp(maker_judge(&maker),
			       more ? "a node has a name that none can have" : ""));
	}
}

/* What stands between the root's begin and its end, and what is wrong with it. */
static void refuses_what_is_not_a_tree(void)
{
	maker_begin(&maker, "root");
	maker_end(&maker);
	EXPECT(!strcmp(maker_judge(&maker), "a node has a name that none can have"));

	maker_begin(&maker, "");
	maker_begin(&maker, "");
	maker_end(&maker);
	maker_end(&maker);
	EXPECT(!strcmp(maker_judge(&maker), "a node has a name that none can have"));

	maker_begin(&maker, "");
	maker_begin(&maker, "a/b");
	maker_end(&maker);
	maker_end(&maker);
	EXPECT(!strcmp(maker_judge(&maker), "a node has a name that none can have"));

	maker_begin(&maker, "");
	EXPECT(!strcmp(maker_judge(&maker), "it ends within a node"));

	EXPECT(!strcmp(maker_judge(&maker), "it ends within a node"));

	maker_end(&maker);
	EXPECT(!strcmp(maker_judge(&maker), "a node ends that did not begin"));

	maker_begin(&maker, "");
	maker_end(&maker);
	maker_begin(&maker, "");
	maker_end(&maker);
	EXPECT(!strcmp(maker_judge(&maker), "it has two roots"));

	maker_begin(&maker, "");
	maker_begin(&maker, "twin");
	maker_end(&maker);
	maker_begin(&maker, "Twin");
	maker_end(&maker);
	maker_end(&maker);
	EXPECT(!strcmp(maker_judge(&maker), "a node has two children of one name"));

	maker_begin(&maker, "");
	maker_u32(&maker, "a", 1);
	maker_token(&maker, 4);
	maker_u32(&maker, "a", 2);
	maker_end(&maker);
	EXPECT(!strcmp(maker_judge(&maker), "a node has two properties of one name"));

	maker_begin(&maker, "");
	maker_begin(&maker, "n");
	maker_end(&maker);
	maker_u32(&maker, "late", 1);
	maker_end(&maker);
	EXPECT(!strcmp(maker_judge(&maker), "a property is not at the begin of a node"));

	maker_begin(&maker, "");
	maker_token(&maker, 5);
	maker_end(&maker);
	EXPECT(!strcmp(maker_judge(&maker), "its structure has a token that there is not"));

	maker_begin(&maker, "");
	maker_end(&maker);
	maker_token(&maker, 9);
	EXPECT(!strcmp(maker_judge(&maker), "something follows its end"));

	maker_begin(&maker, "");
	maker_u32(&maker, "", 1);
	maker_end(&maker);
	EXPECT(!strcmp(maker_judge(&maker), "a property has a name that none can have"));
}

/* Two names that differ in one bit are one where that is the case of a letter. */
static void knows_letters_by_both_cases(void)
{
	char name[2] = "", other[2] = "";
	int c;

	for (c = 0x41; c < 0x7f; c++) {
		name[0] = c;
		other[0] = c ^ 0x20;
		if (c == '_' || c == '/' || other[0] == '/')
			continue;
		KTAP_ROW("%s %s", name, other);
		maker_begin(&maker, "");
		maker_begin(&maker, name);
		maker_end(&maker);
		maker_begin(&maker, other);
		maker_end(&maker);
		maker_end(&maker);
		EXPECT_EQ(!strcmp(maker_judge(&maker), "a node has two children of one name"),
			  (c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	}
}

/* The structure ends within the name of a node. */
static void tells_of_a_name_without_end(void)
{
	maker_begin(&maker, "");
	maker_begin(&maker, "abcdefg");
	maker_finish(&maker);
	maker_put32(maker.data + 36, 16);
	EXPECT_EQ(maker_judge_bytes(&maker, maker.data, maker.size), -EINVAL);
	EXPECT(!strcmp(maker.fault.what, "the name of a node has no end"));
	free(maker.data);
	maker.len = 0;
	maker.strings_len = 0;
}

/* The structure ends behind a property without a value. */
static void tells_what_is_missing_at_the_end(void)
{
	maker_begin(&maker, "");
	maker_prop(&maker, "a", "", 0);
	maker_finish(&maker);
	maker_put32(maker.data + 36, maker.len - 4);
	EXPECT_EQ(maker_judge_bytes(&maker, maker.data, maker.size), -EINVAL);
	EXPECT(!strcmp(maker.fault.what, "it has no end"));
	maker_put32(maker.data + 36, maker.len - 5);
	EXPECT_EQ(maker_judge_bytes(&maker, maker.data, maker.size), -EINVAL);
	EXPECT(!strcmp(maker.fault.what, "a property is cut short"));
	maker_put32(maker.data + 36, maker.len - 8);
	EXPECT_EQ(maker_judge_bytes(&maker, maker.data, maker.size), -EINVAL);
	EXPECT(!strcmp(maker.fault.what, "a property is cut short"));
	free(maker.data);
	maker.len = 0;
	maker.strings_len = 0;
}

/* The end of the memory reservations is 16 bytes, and stands where it likes. */
static void wants_room_for_reservations(void)
{
	u32 end, at;
	u8 *data;

	make_usual();
	maker_finish(&maker);
	at = (maker.size + 7) & ~7U;
	for (end = at; end <= at + 16; end++) {
		KTAP_ROW("%u bytes", end - at);
		data = calloc(1, end);
		memcpy(data, maker.data, maker.size);
		maker_put32(data + 4, end);
		maker_put32(data + 16, at);
		EXPECT_EQ(!maker_judge_bytes(&maker, data, end), end == at + 16);
		free(data);
	}
	free(maker.data);
	maker.len = 0;
	maker.strings_len = 0;
}

/* Parts may touch, in any order. */
static void takes_strings_before_the_structure(void)
{
	u8 *data;
	u32 at;

	make_usual();
	while (maker.strings_len % 4)
		maker.strings[maker.strings_len++] = '\0';
	maker_finish(&maker);
	data = calloc(1, maker.size);
	memcpy(data, maker.data, MAKER_HEADER);
	memcpy(data + MAKER_HEADER, maker.strings, maker.strings_len);
	at = MAKER_HEADER + maker.strings_len;
	memcpy(data + at, maker.tokens, maker.len);
	maker_put32(data + 8, at);
	maker_put32(data + 12, MAKER_HEADER);
	EXPECT_EQ(maker_judge_bytes(&maker, data, maker.size), 0);
	maker_put32(data + 32, maker.strings_len + 1);
	EXPECT_EQ(maker_judge_bytes(&maker, data, maker.size), -EINVAL);
	free(data);
	free(maker.data);
	maker.len = 0;
	maker.strings_len = 0;
}

/* A property's length and name, which are behind its token. */
static void believes_no_property(void)
{
	static const u32 lengths[] = { 5, 6, 13, 24, 0x1000, 0x7fffffff, 0xfffffff0, 0xffffffff };
	static const u32 names[] = { 2, 0x1000, 0x7fffffff, 0xfffffff0, 0xffffffff };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		KTAP_ROW("length %#x", lengths[i]);
		maker_begin(&maker, "");
		maker_u32(&maker, "a", 1);
		maker_put32(maker.tokens + 12, lengths[i]);
		maker_end(&maker);
		EXPECT(*maker_judge(&maker));
		EXPECT(i < 2 || !strcmp(maker.fault.what,
					"a property is longer than the structure"));
	}
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		KTAP_ROW("name %#x", names[i]);
		maker_begin(&maker, "");
		maker_u32(&maker, "a", 1);
		maker_put32(maker.tokens + 16, names[i]);
		maker_end(&maker);
		EXPECT(!strcmp(maker_judge(&maker),
			       "the name of a property is not among the strings"));
	}
}

KTAP_ROOM(KTAP_CASE(reads_what_is_there),
	  KTAP_CASE(refuses_every_shorter_one),
	  KTAP_CASE(believes_no_header),
	  KTAP_CASE(points_into_the_header),
	  KTAP_CASE(survives_every_flipped_bit),
	  KTAP_CASE(tells_the_size_from_the_first_bytes),
	  KTAP_CASE(has_limits),
	  KTAP_CASE(refuses_what_is_not_a_tree),
	  KTAP_CASE(knows_letters_by_both_cases),
	  KTAP_CASE(tells_of_a_name_without_end),
	  KTAP_CASE(tells_what_is_missing_at_the_end),
	  KTAP_CASE(wants_room_for_reservations),
	  KTAP_CASE(takes_strings_before_the_structure),
	  KTAP_CASE(believes_no_property));
