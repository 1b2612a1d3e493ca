// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_oracle_walk - the two lists of capabilities, as pencil and paper do it
 *
 * The stops are written down in order, then each is given the room up to the
 * next stop in space, then a list is made of those that may be seen.
 */
#include <linux/string.h>
#include <linux/types.h>

#include "cfg_oracle.h"
#include "cfg_picture.h"

struct stop {
	u16 pos;
	u16 id;
	bool is_end;		/* nothing stands here, the list led here */
};

struct list {
	bool extended;
	u16 begin, end;
	unsigned int count;
	struct stop stops[(4096 - 256) / 4];
};

static bool list_has(const struct list *list, u16 pos)
{
	unsigned int i;

	for (i = 0; i < list->count; i++)
		if (list->stops[i].pos == pos)
			return true;
	return false;
}

/* Writes down the stop at @pos. Returns where the list goes on, or 0. */
static u16 list_add(struct list *list, const struct cfg_oracle *oracle, u16 pos)
{
	struct stop *stop = &list->stops[list->count++];
	const u8 *hw = &oracle->hw[pos];

	stop->pos = pos;
	if (!list->extended) {
		stop->id = hw[0];
		stop->is_end = hw[0] == 0xff;
		return stop->is_end ? 0 : hw[1] & 0xfc;
	}
	stop->id = hw[0] | hw[1] << 8;
	stop->is_end = !(hw[0] | hw[1] | hw[2] | hw[3]) ||
		       (hw[0] & hw[1] & hw[2] & hw[3]) == 0xff;
	return stop->is_end ? 0 : (hw[2] >> 4 | hw[3] << 4) & 0xffc;
}

static void list_collect(struct list *list, const struct cfg_oracle *oracle,
			 u16 pos)
{
	while (pos >= list->begin && pos < list->end && !list_has(list, pos))
		pos = list_add(list, oracle, pos);
}

/* One past the room of @stop. */
static u16 stop_room(const struct list *list, const struct stop *stop)
{
	u16 end = list->end;
	unsigned int i;

	for (i = 0; i < list->count; i++)
		if (list->stops[i].pos > stop->pos && list->stops[i].pos < end)
			end = list->stops[i].pos;
	return end;
}

static bool stop_is_hidden(const struct list *list, const struct stop *stop)
{
	const struct cfg_capability *cap;

	cap = cfg_capability_find(list->extended, stop->id);
	return cap && cap->hidden;
}

/* Has one of its kind stood before it in the list? */
static bool stop_is_again(const struct list *list, int number)
{
	int i;

	for (i = 0; i < number; i++)
		if (list->stops[i].id == list->stops[number].id)
			return true;
	return false;
}

/* Where the guest is led from the @i-th stop on (from -1: from the start). */
static u16 list_next_seen(const struct list *list, int i)
{
	for (i++; i < (int)list->count; i++)
		if (!list->stops[i].is_end &&
		    !stop_is_hidden(list, &list->stops[i]))
			return list->stops[i].pos;
	return 0;
}

static void set_next(struct cfg_oracle *oracle, const struct list *list, u16 pos,
		     u16 next)
{
	static const struct cfg_picture first[] = {
		{ 1, "ssssssss" }, { 0 },
	};
	static const struct cfg_picture extended[] = {
		{ 0, "ssssssss ssssrrrr rrrrrrrr rrrrrrrr" }, { 0 },
	};

	cfg_oracle_lay(oracle, pos, list->end, list->extended ? extended : first);
	if (!list->extended) {
		oracle->shadow[pos + 1] = next;
		return;
	}
	oracle->shadow[pos + 2] = next << 4;
	oracle->shadow[pos + 3] = next >> 4;
}

static void lay_hidden(struct cfg_oracle *oracle, const struct list *list,
		       int number, u16 end)
{
	u16 pos = list->stops[number].pos;

	/* The first one's header stays, as one of no kind, to lead on. */
	if (list->extended && pos == list->begin) {
		memset(oracle->sort[pos], 's', 4 * 8);
		oracle->shadow[pos + 2] = list_next_seen(list, number) << 4;
		oracle->shadow[pos + 3] = list_next_seen(list, number) >> 4;
		pos += 4;
	}
	if (pos < end)
		memset(oracle->sort[pos], 'x', 8 * (end - pos));
}

static void lay_stop(struct cfg_oracle *oracle, const struct list *list,
		     int number)
{
	const struct stop *stop = &list->stops[number];
	const struct cfg_capability *cap;
	u16 end = stop_room(list, stop), length;

	cap = cfg_capability_find(list->extended, stop->id);
	if (cap) {
		length = cap->measure ? cap->measure(oracle, stop->pos) :
					cap->length;
		if (stop->pos + length < end)
			end = stop->pos + length;
	}
	if (stop_is_hidden(list, stop)) {
		lay_hidden(oracle, list, number, end);
		return;
	}
	set_next(oracle, list, stop->pos, list_next_seen(list, number));
	cfg_oracle_lay_constant(oracle, stop->pos, list->end,
				list->extended ? "kkkk" : "k");
	if (cap)
		cfg_oracle_lay_constant(oracle, stop->pos, end, cap->constant);
	if (cap && stop_is_again(list, number))
		cfg_oracle_lay_closed(oracle, stop->pos, end, cap->pictures);
	else if (cap)
		cfg_oracle_lay(oracle, stop->pos, end, cap->pictures);
}

static void lay_list(struct cfg_oracle *oracle, const struct list *list)
{
	unsigned int i;

	for (i = 0; i < list->count; i++)
		if (!list->stops[i].is_end)
			lay_stop(oracle, list, i);
}

void cfg_oracle_walk(struct cfg_oracle *oracle)
{
	static struct list first, extended;

	first = (struct list){ .begin = 0x40, .end = 0x100 };
	if (oracle->hw[0x06] & 0x10)
		list_collect(&first, oracle, oracle->hw[0x34] & 0xfc);
	oracle->shadow[0x34] = list_next_seen(&first, -1);
	lay_list(oracle, &first);

	extended = (struct list){
		.extended = true, .begin = 0x100, .end = oracle->size,
	};
	list_collect(&extended, oracle, 0x100);
	lay_list(oracle, &extended);
}
