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

/* A property's length and name, which are behind its token. */
static void believes_no_property(void)
{
	static const u32 lengths[] = { 5, 6, 0x1000, 0x7fffffff, 0xfffffff0, 0xffffffff };
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
	  KTAP_CASE(survives_every_flipped_bit),
	  KTAP_CASE(tells_the_size_from_the_first_bytes),
	  KTAP_CASE(has_limits),
	  KTAP_CASE(refuses_what_is_not_a_tree),
	  KTAP_CASE(believes_no_property));
