// SPDX-License-Identifier: GPL-2.0
/*
 * report - writes down reasons
 *
 * Pure: any context, no allocation. A report begins as all zeros.
 */
#include <linux/string.h>
#include <linux/types.h>

#include "report.h"

#define REPORT_MORE	"..."

/* Room is kept for saying that something is missing. */
static bool report_fits(const struct dtdev_report *report, size_t len)
{
	return report->len + len + sizeof(REPORT_MORE) <= sizeof(report->text);
}

/* Names come from the tree: what would end the line, or more, does not. */
static void report_put(struct dtdev_report *report, const char *text)
{
	for (; *text; text++)
		report->text[report->len++] = *text < ' ' || *text > '~' ? '?' : *text;
	report->text[report->len] = '\0';
}

static bool report_is_full(const struct dtdev_report *report)
{
	size_t len = strlen(REPORT_MORE);

	return report->len >= len &&
	       !memcmp(report->text + report->len - len, REPORT_MORE, len);
}

/*
 * Adds that @reason holds because of @whom, or for no one in particular if
 * that is NULL. Call it for all of one reason before the next.
 */
void dtdev_report_add(struct dtdev_report *report, enum dtdev_reason reason,
		      const char *whom)
{
	bool again = report->last == reason + 1;
	const char *parts[4] = {
		again ? ", " : report->len ? "; " : "",
		again ? "" : dtdev_reason_name(reason),
		again || !whom ? "" : " ",
		whom ? whom : "",
	};
	size_t len = 0;
	int i;

	report->reasons |= DTDEV_REASON_BIT(reason);
	if (report_is_full(report) || (again && !whom))
		return;
	for (i = 0; i < 4; i++)
		len += strlen(parts[i]);
	if (!report_fits(report, len)) {
		report_put(report, REPORT_MORE);
		return;
	}
	for (i = 0; i < 4; i++)
		report_put(report, parts[i]);
	report->last = reason + 1;
}
