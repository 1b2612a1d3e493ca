# SPDX-License-Identifier: GPL-2.0
# Judges one KTAP report strictly: "PASSED FAILED SKIPPED WHY".
#
# A version line, then the plan, then exactly its lines, numbered from 1, and
# nothing else but "#" lines. A line that is missing, comes twice or too many, a
# directive that is not SKIP, and a skip that is not in `allowed` (a newline-
# separated list of test names) count as failures. WHY names the first flaw that
# is not a plain "not ok".
#
# Variables: allowed.

BEGIN {
	plan = -1
	count = split(allowed, names, "\n")
	for (i = 1; i <= count; i++)
		may_skip[names[i]] = 1
}

function because(text) {
	if (why == "")
		why = text
}

function flaw(text) {
	because(text)
	flaws++
}

/^#/ || /^$/ { next }

/^(TAP|KTAP) version [0-9]+$/ {
	if (versions++ || plan >= 0 || results)
		flaw("a version line that is not the first")
	next
}

/^1\.\.[0-9]+$/ {
	if (!versions)
		flaw("no version line before the plan")
	if (plan >= 0 || results)
		flaw("a plan that is not the first line")
	plan = substr($0, 4) + 0
	next
}

/^(not )?ok [0-9]+( |$)/ {
	results++
	line = $0
	bad = sub(/^not /, "", line)
	split(line, word, " ")
	if (plan < 0)
		flaw("a result before the plan")
	if (word[2] + 0 != results)
		flaw("result " word[2] " where " results " was due")
	if (plan >= 0 && results > plan) {
		flaw("more results than planned")
		next
	}
	name = line
	sub(/^ok [0-9]+ ?(- )?/, "", name)
	directive = ""
	if (match(name, /[ \t]*# *[A-Za-z]+/)) {
		directive = toupper(substr(name, RSTART, RLENGTH))
		gsub(/[# \t]/, "", directive)
		name = substr(name, 1, RSTART - 1)
	}
	sub(/[ \t]+$/, "", name)
	if (bad)
		failed++
	else if (directive == "")
		passed++
	else if (directive == "SKIP" && name in may_skip)
		skipped++
	else {
		failed++
		because(directive " is not allowed: " name)
	}
	next
}

{ flaw("not KTAP: " $0) }

END {
	if (plan < 0)
		flaw("no plan")
	else if (plan == 0)
		flaw("an empty plan")
	if (plan > results) {
		missing = plan - results
		failed += missing
		because(missing " planned results are missing")
	}
	failed += flaws
	print passed + 0, failed + 0, skipped + 0, why
}
