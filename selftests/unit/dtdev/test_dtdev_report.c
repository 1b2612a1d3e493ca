// SPDX-License-Identifier: GPL-2.0
/* Lines of reasons: how they read, and what happens when there are too many. */
#include <linux/types.h>
#include <stdio.h>
#include <string.h>

#include "ktap.h"
#include "report.h"

static void reads_well(void)
{
	struct dtdev_report report = { 0 };

	EXPECT(!strcmp(report.text, ""));
	dtdev_report_add(&report, DTDEV_CONSOLE, NULL);
	EXPECT(!strcmp(report.text, "console"));
	dtdev_report_add(&report, DTDEV_CONSOLE, NULL);
	EXPECT(!strcmp(report.text, "console"));
	dtdev_report_add(&report, DTDEV_PAGE, "/b");
	dtdev_report_add(&report, DTDEV_PAGE, "/c");
	dtdev_report_add(&report, DTDEV_CONSUMERS, "gpio-keys");
	EXPECT(!strcmp(report.text,
		       "console; shared-page /b, /c; consumers gpio-keys"));
	EXPECT_EQ(report.reasons, DTDEV_REASON_BIT(DTDEV_CONSOLE) |
		  DTDEV_REASON_BIT(DTDEV_PAGE) |
		  DTDEV_REASON_BIT(DTDEV_CONSUMERS));
	EXPECT_EQ(report.len, strlen(report.text));
}

/* Every length around the border, by the length of what is added. */
static void says_when_it_is_full(void)
{
	char whom[DTDEV_REPORT_MAX + 10];
	size_t len;
	int i;

	for (len = 1; len < sizeof(whom); len++) {
		struct dtdev_report report = { 0 };

		memset(whom, 'x', len);
		whom[len] = '\0';
		KTAP_ROW("%zu", len);
		for (i = 0; i < DTDEV_REPORT_MAX; i++) {
			dtdev_report_add(&report, DTDEV_PAGE, whom);
			EXPECT(report.len < DTDEV_REPORT_MAX);
			EXPECT_EQ(report.len, strlen(report.text));
		}
		EXPECT(!strcmp(report.text + report.len - 3, "..."));
		/* What does not fit any more still counts. */
		dtdev_report_add(&report, DTDEV_TIMER, NULL);
		EXPECT(report.reasons & DTDEV_REASON_BIT(DTDEV_TIMER));
		EXPECT(!strstr(report.text, "timer"));
	}
}

static void stays_a_line(void)
{
	struct dtdev_report report = { 0 };

	dtdev_report_add(&report, DTDEV_PAGE, "/a\n/b \x7f\xc3 ok");
	EXPECT(!strcmp(report.text, "shared-page /a?/b ?? ok"));
	EXPECT_EQ(report.len, strlen(report.text));
}

/* The longest that fits, and room for saying that there is more. */
static void fills_its_room(void)
{
	const size_t most = DTDEV_REPORT_MAX - sizeof("...") - strlen("shared-page ");
	char whom[DTDEV_REPORT_MAX];
	unsigned int more;

	for (more = 0; more < 2; more++) {
		struct dtdev_report report = { 0 };

		KTAP_ROW("%u more", more);
		memset(whom, 'x', most + more);
		whom[most + more] = '\0';
		dtdev_report_add(&report, DTDEV_PAGE, whom);
		EXPECT_EQ(report.len, more ? 3 : DTDEV_REPORT_MAX - 4);
		dtdev_report_add(&report, DTDEV_TIMER, NULL);
		EXPECT_EQ(report.len, more ? 3 : DTDEV_REPORT_MAX - 1);
		EXPECT(!strcmp(report.text + report.len - 3, "..."));
	}
}

/* Dots of a name are not those that end it. */
static void goes_on_after_dots(void)
{
	struct dtdev_report report = { 0 };

	dtdev_report_add(&report, DTDEV_PAGE, "x..");
	dtdev_report_add(&report, DTDEV_TIMER, NULL);
	EXPECT(!strcmp(report.text, "shared-page x..; timer"));
}

KTAP_ROOM(KTAP_CASE(reads_well), KTAP_CASE(says_when_it_is_full),
	  KTAP_CASE(fills_its_room), KTAP_CASE(goes_on_after_dots),
	  KTAP_CASE(stays_a_line));
