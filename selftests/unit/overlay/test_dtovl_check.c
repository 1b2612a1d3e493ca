// SPDX-License-Identifier: GPL-2.0
/* Overlays: what the kernel would believe, and must not. */
#include <linux/types.h>
#include <stdio.h>
#include <string.h>

#include "blob_maker.h"
#include "ktap.h"

static struct maker maker;

/* A fragment with one node that has this one property. */
static const char *with_prop(const char *name, const void *value, u32 len)
{
	maker_fragment(&maker);
	maker_begin(&maker, "node@1");
	maker_prop(&maker, name, value, len);
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_end(&maker);
	return maker_judge(&maker);
}

static void knows_the_form_of_properties(void)
{
	static const struct {
		const char *name, *value;
		u32 len;
		const char *what;
	} rows[] = {
		{ "status", "okay", 5, "" },
		{ "status", "okay", 4, "a string has no end" },
		{ "status", "", 0, "a string has no end" },
		{ "compatible", "a\0b", 4, "" },
		{ "compatible", "a\0b", 3, "a string has no end" },
		{ "device_type", "abc", 3, "a string has no end" },
		{ "name", "node", 5, "" },
		{ "name", "node", 4, "a node says that it is called otherwise" },
		{ "name", "node@1", 7, "a node says that it is called otherwise" },
		{ "name", "edon", 5, "a node says that it is called otherwise" },
		{ "phandle", "\0\0\0\1", 4, "" },
		{ "phandle", "\0\0\0\1", 3, "a phandle is none" },
		{ "phandle", "\0\0\0\0", 4, "a phandle is none" },
		{ "phandle", "\x3f\xff\xff\xff", 4, "" },
		{ "phandle", "\x40\0\0\0", 4, "a phandle is none" },
		{ "linux,phandle", "\xff\xff\xff\xff", 4, "a phandle is none" },
		{ "#address-cells", "\0\0\0\4", 4, "" },
		{ "#address-cells", "\0\0\0\5", 4, "a number of cells is too large" },
		{ "#size-cells", "\0\0\0\5", 4, "a number of cells is too large" },
		{ "#size-cells", "\0\0\0", 3, "a number of cells is too large" },
		{ "#clock-cells", "\0\0\0\x8", 4, "" },
		{ "#clock-cells", "\0\0\0\x9", 4, "a number of cells is too large" },
		{ "#x-cells", "\xff\xff\xff\xff", 4, "a number of cells is too large" },
		{ "#-cells", "\xff\xff\xff\xff", 4, "" },
		{ "x-cells", "\xff\xff\xff\xff", 4, "" },
		{ "anything", "\xff", 1, "" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s, row %u", rows[i].name, i);
		EXPECT(!strcmp(with_prop(rows[i].name, rows[i].value, rows[i].len), rows[i].what));
	}
}

static void knows_phandles(void)
{
	maker_fragment(&maker);
	maker_begin(&maker, "a");
	maker_u32(&maker, "phandle", 7);
	maker_end(&maker);
	maker_begin(&maker, "b");
	maker_u32(&maker, "linux,phandle", 7);
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "two nodes have one phandle");

	maker_fragment(&maker);
	maker_u32(&maker, "phandle", 7);
	maker_u32(&maker, "linux,phandle", 7);
	maker_fragment_end(&maker);
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "");

	maker_fragment(&maker);
	maker_u32(&maker, "phandle", 7);
	maker_u32(&maker, "linux,phandle", 8);
	maker_fragment_end(&maker);
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "a phandle is none");
}

/* A root with one node, which has these two properties and that child. */
static const char *fragment(const char *name, const char *prop, const char *value, u32 len,
			    const char *child)
{
	maker_begin(&maker, "");
	maker_begin(&maker, name);
	if (prop)
		maker_prop(&maker, prop, value, len);
	maker_begin(&maker, child);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	return maker_judge(&maker);
}

static void knows_fragments(void)
{
	static const char name[] = "a node has a name that none can have";
	static const char path[] = "a target-path is not one string";
	static const char phandle[] = "a target is not one phandle";
	static const char none[] = "it is not an overlay: it has no fragment";
	static const char special[] = "a fragment has a name that none can have";
	static const struct {
		const char *name, *prop, *value;
		u32 len;
		const char *child, *what;
	} rows[] = {
		{ "any", "target-path", "/soc", 5, "__overlay__", "" },
		{ "any", "target", "\0\0\0\1", 4, "__overlay__", "" },
		{ "any", "target-path", "/", 1, "__overlay__", path },
		{ "any", "target-path", "", 1, "__overlay__", path },
		{ "any", "target-path", "/\0/", 4, "__overlay__", path },
		{ "any", "target", "\0\0\0", 3, "__overlay__", phandle },
		{ "any", "target", "\0\0\0\1\0\0\0\1", 8, "__overlay__", phandle },
		{ "any", NULL, NULL, 0, "__overlay__", "a fragment has no target" },
		{ "any", "target-path", "/soc", 5, "overlay", none },
		{ "any", "target-path", "/", 2, "__overlay__@1", name },
		{ "any", "target-path", "/", 2, "__OVERLAY__", name },
		{ "__symbols__@1", "target-path", "/", 2, "__overlay__", name },
		{ "__fixups__", NULL, NULL, 0, "__overlay__", special },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("row %u", i);
		EXPECT(!strcmp(fragment(rows[i].name, rows[i].prop, rows[i].value, rows[i].len,
					rows[i].child), rows[i].what));
	}
}

/* Names that begin as the kernel's own do. */
static void knows_names_of_nodes(void)
{
	static const struct {
		const char *name;
		bool good;
	} rows[] = {
		{ "_A", true }, { "_", true }, { "__", true }, { "__a", true }, { "__z", true },
		{ "__az_", true }, { "__`" }, { "__{" }, { "__A" }, { "__a1" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		maker_fragment(&maker);
		maker_begin(&maker, rows[i].name);
		maker_end(&maker);
		maker_fragment_end(&maker);
		maker_end(&maker);
		EXPECT_VERDICT(&maker, rows[i].good ? "" : "a node has a name that none can have");
	}
}

/* Below these, a property is a label or a reference, and may not be called so. */
static void knows_names_of_labels(void)
{
	static const char *const nodes[] = { "__symbols__", "__fixups__", "__local_fixups__" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(nodes); i++) {
		maker_fragment(&maker);
		maker_fragment_end(&maker);
		maker_begin(&maker, nodes[i]);
		maker_str(&maker, "name", "x");
		maker_end(&maker);
		maker_end(&maker);
		EXPECT_VERDICT(&maker, "a label or reference has a name that none can have");
	}
}

static void knows_that_there_is_a_root(void)
{
	maker_begin(&maker, "");
	maker_prop(&maker, "status", "okay", 4);
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "a string has no end");

	maker_begin(&maker, "");
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "it is not an overlay: it has no fragment");
	EXPECT_EQ(maker.fault.node, DTOVL_NONE);

	maker_begin(&maker, "");
	maker_u32(&maker, "interrupt-map", 0x1001);
	maker_begin(&maker, "fragment@0");
	maker_str(&maker, "target-path", "/");
	maker_begin(&maker, "__overlay__");
	maker_u32(&maker, "phandle", 1);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "interrupt parents lead in a circle");
}

/* A node with eight bytes of references, and a label that wants to be in them. */
static const char *with_fixup(const char *place, u32 len)
{
	maker_fragment(&maker);
	maker_begin(&maker, "n");
	maker_prop(&maker, "ref", "01234567", 8);
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_begin(&maker, "__fixups__");
	maker_prop(&maker, "label", place, len);
	maker_end(&maker);
	maker_end(&maker);
	return maker_judge(&maker);
}

static void knows_references_to_labels(void)
{
#define PLACE	"/fragment@0/__overlay__/n:ref:"
	static const char bad[] = "a reference to a label is not at a place for it";
	static const struct {
		const char *place;
		u32 less;	/* of the string with its end */
		bool good;
	} rows[] = {
		{ PLACE "0", 0, true }, { PLACE "4", 0, true }, { PLACE "3", 0, true },
		{ PLACE "0\0" PLACE "4", 0, true },
		{ PLACE "5" }, { PLACE "8" }, { PLACE "-4" }, { PLACE "4294967292" },
		{ PLACE "99999999" }, { PLACE "" }, { PLACE "4 " }, { PLACE "0x4" },
		{ PLACE "4", 1 }, { "" }, { ":" }, { "::" }, { "::0" },
		{ "/fragment@0/__overlay__/n:ref" },
		{ "/fragment@0/__overlay__/n:reg:0" },
		{ "/fragment@0/__overlay__/m:ref:0" },
		{ "fragment@0/__overlay__/n:ref:0" },
		{ "/fragment@0/__overlay__/n/:ref:0" },
		{ "/fragment@0/__overlay__//n:ref:0" },
	};
	unsigned int i;
	u32 len;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s", rows[i].place);
		len = strlen(rows[i].place) + 1 - rows[i].less;
		if (i == 3)
			len = sizeof(PLACE "0\0" PLACE "4");
		EXPECT(!strcmp(with_fixup(rows[i].place, len), rows[i].good ? "" : bad));
	}
}

/* The same for a list of offsets, below nodes of these names. */
static const char *with_offsets(const char *node, const char *prop, const char *list, u32 len)
{
	maker_fragment(&maker);
	maker_begin(&maker, "n");
	maker_prop(&maker, "ref", "01234567", 8);
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_begin(&maker, "__local_fixups__");
	maker_begin(&maker, "fragment@0");
	maker_begin(&maker, "__overlay__");
	maker_begin(&maker, node);
	maker_prop(&maker, prop, list, len);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	return maker_judge(&maker);
}

static void knows_references_within(void)
{
	static const char bad[] = "a reference is not at a place for it";
	static const char name[] = "a label or reference has a name that none can have";
	static const struct {
		const char *node, *prop, *list;
		u32 len;
		const char *what;
	} rows[] = {
		{ "n", "ref", "\0\0\0\4", 4, "" },
		{ "n", "ref", "\0\0\0\0\0\0\0\4", 8, "" },
		{ "n", "ref", "\0\0\0\5", 4, bad },
		{ "n", "ref", "\0\0\0\0\0\0\0\5", 8, bad },
		{ "n", "ref", "\xff\xff\xff\xfc", 4, bad },
		{ "n", "ref", "\xff\xff\xff\xff", 4, bad },
		{ "n", "ref", "\0\0\0\0", 3, bad },
		{ "n", "ref", "", 0, bad },
		{ "n", "reg", "\0\0\0\0", 4, bad },
		{ "m", "ref", "\0\0\0\0", 4, "references are about a node that there is not" },
		{ "n", "phandle", "\0\0\0\0", 4, name },
		{ "n", "name", "\0\0\0\0", 4, name },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("row %u", i);
		EXPECT(!strcmp(with_offsets(rows[i].node, rows[i].prop, rows[i].list, rows[i].len),
			       rows[i].what));
	}
}

static void knows_that_references_have_none_themselves(void)
{
	maker_fragment(&maker);
	maker_fragment_end(&maker);
	maker_begin(&maker, "__local_fixups__");
	maker_u32(&maker, "a", 0);
	maker_begin(&maker, "__local_fixups__");
	maker_u32(&maker, "a", 0);
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "a reference is not at a place for it");

	maker_fragment(&maker);
	maker_fragment_end(&maker);
	maker_begin(&maker, "__local_fixups__");
	maker_begin(&maker, "__local_fixups__");
	maker_end(&maker);
	maker_end(&maker);
	maker_end(&maker);
	EXPECT_VERDICT(&maker, "references are about a node that there is not");
}

static const char *with_symbol(const char *value, u32 len)
{
	maker_fragment(&maker);
	maker_begin(&maker, "n");
	maker_end(&maker);
	maker_fragment_end(&maker);
	maker_begin(&maker, "other");
	maker_begin(&maker, "n");
	maker_end(&maker);
	maker_end(&maker);
	maker_begin(&maker, "__overlay__");
	maker_end(&maker);
	maker_begin(&maker, "__symbols__");
	maker_prop(&maker, "label", value, len);
	maker_end(&maker);
	maker_end(&maker);
	return maker_judge(&maker);
}

static void knows_labels(void)
{
	static const char bad[] = "a label is not of a node in a fragment";
	static const struct {
		const char *value;
		const char *what;
	} rows[] = {
		{ "/fragment@0/__overlay__/n", "" },
		{ "/fragment@0/__overlay__", "" },
		{ "/fragment@0", bad },
		{ "/", bad },
		{ "/other/n", bad },
		{ "/__overlay__", bad },
		{ "/fragment@0/__overlay__/m", bad },
		{ "/fragment@0/__overlay__/n/", bad },
		{ "/fragment@0/__overlay__/", bad },
		{ "/fragment@0//__overlay__", bad },
		{ "n", bad },
		{ "", bad },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		KTAP_ROW("%s", rows[i].value);
		EXPECT(!strcmp(with_symbol(rows[i].value, strlen(rows[i].value) + 1),
			       rows[i].what));
		EXPECT(!strcmp(with_symbol(rows[i].value, strlen(rows[i].value)), bad));
	}
}

KTAP_ROOM(KTAP_CASE(knows_the_form_of_properties),
	  KTAP_CASE(knows_phandles),
	  KTAP_CASE(knows_fragments),
	  KTAP_CASE(knows_names_of_nodes),
	  KTAP_CASE(knows_names_of_labels),
	  KTAP_CASE(knows_that_there_is_a_root),
	  KTAP_CASE(knows_references_to_labels),
	  KTAP_CASE(knows_references_within),
	  KTAP_CASE(knows_that_references_have_none_themselves),
	  KTAP_CASE(knows_labels));
