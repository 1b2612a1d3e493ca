// SPDX-License-Identifier: GPL-2.0
/*
 * Any reasons about anybody: none is lost but from the text, which ends where it
 * says, has whole names only, and tells if some are missing.
 */
#include <linux/string.h>
#include <linux/types.h>

#include "fuzz.h"
#include "report.h"

#define NAME_MAX	40

/* Letters that the report itself does not use. */
static const char *get_name(struct fuzz_input *in, char *name)
{
	size_t len = fuzz_u8(in) % (NAME_MAX + 1);

	if (!len)
		return NULL;
	memset(name, 'A' + fuzz_u8(in) % 26, len);
	name[len] = '\0';
	return name;
}

static bool ends_so(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && !strcmp(text + len - end_len, end);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct fuzz_input in = { data, data + size };
	struct dtdev_report report = { 0 }, before;
	char name[NAME_MAX + 1];
	const char *whom;
	u32 reasons = 0;
	int reason;

	while (fuzz_has_more(&in)) {
		reason = fuzz_u8(&in) % DTDEV_REASONS;
		whom = get_name(&in, name);
		before = report;
		dtdev_report_add(&report, reason, whom);
		reasons |= DTDEV_REASON_BIT(reason);
		ORACLE(report.reasons == reasons);
		ORACLE(report.len < sizeof(report.text));
		ORACLE(strlen(report.text) == report.len);
		ORACLE(!memcmp(report.text, before.text, before.len));
		if (ends_so(before.text, "..."))
			ORACLE(report.len == before.len);
		else if (whom)
			ORACLE(ends_so(report.text, whom) || ends_so(report.text, "..."));
		else if (before.last != (u32)reason + 1)
			ORACLE(ends_so(report.text, dtdev_reason_name(reason)) ||
			       ends_so(report.text, "..."));
		else
			ORACLE(report.len == before.len);
	}
	return 0;
}
