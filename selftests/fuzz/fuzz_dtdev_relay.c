// SPDX-License-Identifier: GPL-2.0
/*
 * Any sequence of what devices, guests and time can do to a line: it is open when,
 * and only when, its state says so; over any time it is opened no more often than
 * the bucket lets; and no wait is longer than an interval.
 */
#include <linux/types.h>

#include "fuzz.h"
#include "relay.h"

struct line {
	struct dtdev_relay relay;
	u64 now, began, opened;
	bool open, timer;
};

static void line_do(struct line *line, enum dtdev_relay_action action, u64 delay)
{
	switch (action) {
	case DTDEV_RELAY_TELL:
	case DTDEV_RELAY_MASK:
		ORACLE(line->open);
		line->open = false;
		break;
	case DTDEV_RELAY_OPEN:
		ORACLE(!line->open);
		line->open = true;
		line->opened++;
		break;
	case DTDEV_RELAY_LATER:
		ORACLE(!line->timer && delay && delay <= line->relay.interval);
		line->timer = true;
		break;
	case DTDEV_RELAY_NOTHING:
	case DTDEV_RELAY_SPURIOUS:
		break;
	}
}

static void line_ask(struct line *line)
{
	u64 delay = 0;
	enum dtdev_relay_action action = dtdev_relay_ask(&line->relay, line->now, &delay);

	line_do(line, action, delay);
	if (action == DTDEV_RELAY_LATER)
		line->now += delay;	/* else the timer comes earlier than it was set */
}

static void line_due(struct line *line)
{
	line->timer = false;
	line_do(line, dtdev_relay_due(&line->relay, line->now), 0);
}

static void line_end(struct line *line)
{
	line->timer = false;
	line_do(line, dtdev_relay_end(&line->relay), 0);
	ORACLE(!line->open);
}

static void line_begin(struct line *line, u32 interval)
{
	line_end(line);
	dtdev_relay_begin(&line->relay, interval);
	line->began = line->now;
	line->opened = 0;
}

static void line_check(const struct line *line)
{
	const struct dtdev_relay *relay = &line->relay;
	u64 passed = line->now - line->began;

	ORACLE(line->open == (relay->state == DTDEV_RELAY_ARMED));
	ORACLE(line->timer == (relay->state == DTDEV_RELAY_LIMITED));
	ORACLE(!relay->interval ||
	       line->opened <= passed / relay->interval + DTDEV_RELAY_BURST);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct fuzz_input in = { data, data + size };
	struct line line = { .now = 1 };

	while (fuzz_has_more(&in)) {
		switch (fuzz_u8(&in) % 6) {
		case 0:
			line_do(&line, dtdev_relay_fire(&line.relay, line.now), 0);
			break;
		case 1:
			line_ask(&line);
			break;
		case 2:
			line_due(&line);
			break;
		case 3:
			line_begin(&line, 1000 + fuzz_u32(&in) % 1000000000);
			break;
		case 4:
			line_end(&line);
			break;
		case 5:
			line.now += fuzz_u32(&in);
			break;
		}
		line_check(&line);
	}
	return 0;
}
