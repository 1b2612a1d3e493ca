// SPDX-License-Identifier: GPL-2.0
/* How much vital product data there is, of devices that tell the truth and others. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

#include "ktap.h"
#include "vpd.h"

static struct {
	struct pciback_vpd_reader reader;
	u8 data[PCIBACK_VPD_MAX];
	unsigned int reads;
	unsigned int fails_at;	/* the read that fails, 0: none */
} device;

static int device_read(struct pciback_vpd_reader *reader, u16 pos, u32 *value)
{
	EXPECT(reader == &device.reader);
	EXPECT_EQ(pos % 4, 0);
	EXPECT_EQ(pos < PCIBACK_VPD_MAX, true);
	if (++device.reads == device.fails_at)
		return -EIO;
	*value = device.data[pos] | device.data[pos + 1] << 8 |
		 device.data[pos + 2] << 16 | (u32)device.data[pos + 3] << 24;
	return 0;
}

static u16 size_of(const void *data, size_t len)
{
	device.reader.read = device_read;
	memset(device.data, 0, sizeof(device.data));
	memcpy(device.data, data, len);
	device.reads = 0;
	return pciback_vpd_size(&device.reader);
}

#define SIZE_OF(...) \
	size_of((const u8[]){ __VA_ARGS__ }, sizeof((const u8[]){ __VA_ARGS__ }))

/* The same, after an identifier of four characters. */
#define SIZE_OF_CARD(...)	SIZE_OF(0x82, 4, 0, 'C', 'a', 'r', 'd', __VA_ARGS__)

static void counts_up_to_the_end_tag(void)
{
	/* Identifier, read-only and read-write data, end: PCI 3.0, I.1. */
	EXPECT_EQ(SIZE_OF_CARD(0x90, 5, 0, 'P', 'N', 2, '1', '2', 0x91, 0, 0, 0x78),
		  7 + 3 + 5 + 3 + 1);
	EXPECT_EQ(SIZE_OF(0x78), 1);
	/* The end tag has a length, too; what follows it is none of it. */
	EXPECT_EQ(SIZE_OF(0x79, 'c', 0x82, 4, 0), 2);
	/* A length of two bytes. */
	EXPECT_EQ(SIZE_OF(0x82, 1, 1, 'A', 0), 0);
	memset(device.data, 0, sizeof(device.data));
	memcpy(device.data, ((const u8[]){ 0x82, 2, 1 }), 3);
	device.data[3 + 0x102] = 0x78;
	device.reads = 0;
	EXPECT_EQ(pciback_vpd_size(&device.reader), 3 + 0x102 + 1);
}

static void has_none_without_one(void)
{
	EXPECT_EQ(SIZE_OF(0), 0);
	EXPECT_EQ(SIZE_OF(0xff, 0xff, 0xff, 0xff), 0);
	EXPECT_EQ(SIZE_OF_CARD(0), 0);
	EXPECT_EQ(SIZE_OF_CARD(0xff), 0);
	/* Not a large tag of no length. */
	EXPECT_EQ(SIZE_OF(0xff, 0, 0, 0x78), 0);
}

static void ends_whatever_the_device_says(void)
{
	u8 tags[64];

	/* Small tags without content: as many as are read. */
	memset(tags, 0x08, sizeof(tags));
	EXPECT_EQ(size_of(tags, sizeof(tags)), 0);
	EXPECT_EQ(device.reads, PCIBACK_VPD_TAGS_MAX);
	memset(tags, 0x08, PCIBACK_VPD_TAGS_MAX - 1);
	tags[PCIBACK_VPD_TAGS_MAX - 1] = 0x78;
	EXPECT_EQ(size_of(tags, sizeof(tags)), PCIBACK_VPD_TAGS_MAX);
	/* A tag that leads beyond the space, or its end to its very edge. */
	EXPECT_EQ(SIZE_OF(0x82, 0xff, 0xff), 0);
	EXPECT_EQ(device.reads, 3);
	memset(device.data, 0, sizeof(device.data));
	memcpy(device.data, ((const u8[]){ 0x82, 0xfb, 0x7f }), 3);
	device.data[PCIBACK_VPD_MAX - 2] = 0x78;
	EXPECT_EQ(pciback_vpd_size(&device.reader), PCIBACK_VPD_MAX - 1);
	device.data[PCIBACK_VPD_MAX - 2] = 0x79;
	EXPECT_EQ(pciback_vpd_size(&device.reader), 0);
	/* The next tag would be the first byte that is none of it. */
	EXPECT_EQ(SIZE_OF(0x82, 0xfd, 0x7f), 0);
	EXPECT_EQ(device.reads, 3);
}

static void has_none_where_it_cannot_be_read(void)
{
	unsigned int i;

	EXPECT_EQ(SIZE_OF_CARD(0x78), 8);
	for (i = 1; i <= 4; i++) {
		device.fails_at = i;
		EXPECT_EQ(SIZE_OF_CARD(0x78), 0);
	}
	device.fails_at = 5;
	EXPECT_EQ(SIZE_OF_CARD(0x78), 8);
	device.fails_at = 0;
}

KTAP_ROOM(KTAP_CASE(counts_up_to_the_end_tag),
	  KTAP_CASE(has_none_without_one),
	  KTAP_CASE(ends_whatever_the_device_says),
	  KTAP_CASE(has_none_where_it_cannot_be_read));
