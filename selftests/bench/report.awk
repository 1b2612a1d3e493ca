# SPDX-License-Identifier: GPL-2.0
# What `make bench` prints and writes of the lines "bench ROUND DRIVER NAME STAT VALUE":
# a table of medians, with the ratios of each round, and with -v json=FILE all of it.
# With median.awk.

# The median of a figure's rounds, or "".
function middle(driver, row,    list, n, r) {
	for (r = 1; r <= rounds; r++)
		if ((driver, row, r) in value)
			list[++n] = value[driver, row, r]
	return n ? median(list, n) : ""
}

# The ratios of each round: sets low, mid, high; returns their number.
function ratios(over, under, row, under_row,    list, n, r) {
	for (r = 1; r <= rounds; r++)
		if ((over, row, r) in value && value[under, under_row, r] + 0)
			list[++n] = value[over, row, r] / value[under, under_row, r]
	if (n) {
		mid = median(list, n)
		low = list[1]
		high = list[n]
	}
	return n
}

function is_time(stat) {
	return stat ~ /^(p50|p99|xl|scan|probe|bound|load|ready|unload|bind|unbind|return)$/
}

# A duration in the unit that suits it, anything else as it is.
function shown(row, x) {
	if (x == "")
		return "-"
	if (!is_time(stat_of[row]))
		return x
	return x < 1e7 ? sprintf("%.1f us", x / 1e3) : sprintf("%.1f ms", x / 1e6)
}

function ratio_shown(n) {
	return n ? sprintf("%.2f (%.2f-%.2f)", mid, low, high) : "-"
}

# What the ratio to the kernel's own should be at most, or at least if negative.
function wanted(name, stat) {
	if (name ~ /^read_(absent|id|bar|command)/ && stat == "p50")
		return 0.4
	if (name ~ /^read_/ && stat ~ /^p/ || name ~ /^(enumeration|hotadd)$/ && stat == "bound")
		return 0.5
	if (stat ~ /^(load|bind)$/)
		return 1
	if (stat ~ /^(unload|unbind|return)$/)
		return 2
	return name == "scale_8" && stat == "per_second" ? -2 : 0
}

function verdict(want) {
	if (!want)
		return ""
	return (want > 0 ? mid <= want : mid >= -want) ? "  yes" : "  NO"
}

{
	at = index($0, "bench ")
	if (!at || split(substr($0, at), f, " ") != 6)
		next
	row = f[4] " " f[5]
	if (!(row in name_of)) {
		name_of[row] = f[4]
		stat_of[row] = f[5]
		order[++rows] = row
	}
	value[f[3], row, f[2]] = f[6]
	if (f[2] + 0 > rounds)
		rounds = f[2] + 0
}

function table(    i, row, want, n) {
	printf "%-26s %12s %12s %12s  %-18s %-18s %s\n", "", "in-tree", "events only", "ours", "ours/in-tree", "ours/floor", "wanted"
	for (i = 1; i <= rows; i++) {
		row = order[i]
		if (middle("ours", row) == "")
			continue
		want = wanted(name_of[row], stat_of[row])
		printf "%-26s %12s %12s %12s", row, shown(row, middle("in-tree", row)), shown(row, middle("events", row)), shown(row, middle("ours", row))
		n = ratios("ours", "in-tree", row, row)
		line = ratio_shown(n)
		end = n && want ? sprintf("%s %g%s", want > 0 ? "<=" : ">=", want > 0 ? want : -want, verdict(want)) : ""
		n = name_of[row] ~ /^(read|write)_/ && stat_of[row] ~ /^p/ ? ratios("ours", "floor", row, "read_id_4 " stat_of[row]) : 0
		printf "  %-18s %-18s %s\n", line, ratio_shown(n), end
	}
}

# What the table's columns have no place for.
function rest(    driver, n) {
	printf "\nfloor: p50 %s, p99 %s\n", shown("read_id_4 p50", middle("floor", "read_id_4 p50")), shown("read_id_4 p99", middle("floor", "read_id_4 p99"))
	printf "the bare access in dom0: p50 %s, above 0x100 %s\n", shown("read_id_4 p50", middle("bare", "read_id_4 p50")), shown("read_extended_4 p50", middle("bare", "read_extended_4 p50"))
	n = ratios("ours", "ours", "quiet_flooded p99", "quiet_alone p99")
	printf "a quiet guest beside a flooding one, ours, p99: %s times its own, wanted <= 2%s\n", ratio_shown(n), n ? verdict(2) : ""
	n = ratios("in-tree", "in-tree", "quiet_flooded p99", "quiet_alone p99")
	printf "the same, in-tree: %s\n", ratio_shown(n)
	for (i = 1; i <= rows; i++)
		if (middle("native", order[i]) != "") {
			n = ratios("native", "in-tree", order[i], order[i])
			printf "%s without any backend, in dom0: %s, to in-tree's %s\n", name_of[order[i]], shown(order[i], middle("native", order[i])), ratio_shown(n)
		}
	n = ratios("floor", "in-tree", "read_id_4 p99", "read_id_4 p99")
	printf "floor to in-tree, p99 of read_id_4: %s\n", ratio_shown(n)
	for (i = 1; i <= rows; i++)
		if (name_of[order[i]] ~ /^scale_/ && stat_of[order[i]] == "per_second") {
			n = ratios("floor", "in-tree", order[i], order[i])
			printf "floor to in-tree, %s: %s a second, %s\n", order[i], shown(order[i], middle("floor", order[i])), ratio_shown(n)
		}
	n = ratios("events", "floor", "read_id_4 p50", "read_id_4 p50")
	printf "events only to the floor, read_id_4 p50: %s\n", ratio_shown(n)
	for (i = 1; i <= rows; i++)
		if (stat_of[order[i]] == "instructions")
			printf "the pure part of %s: %s instructions\n", name_of[order[i]], middle("core", order[i])
}

# A driver's values of a figure, of all rounds, or "".
function all_of(driver, row,    text, r) {
	for (r = 1; r <= rounds; r++)
		if ((driver, row, r) in value)
			text = text (text == "" ? "" : ", ") value[driver, row, r]
	return text
}

function write_json(    drivers, n, i, j, text) {
	n = split("in-tree ours events floor native bare core", drivers, " ")
	printf("{\n  \"rounds\": %d,\n  \"figures\": [", rounds) >json
	for (i = 1; i <= rows; i++) {
		printf("%s\n    {\"name\": \"%s\", \"stat\": \"%s\"", (i > 1 ? "," : ""), name_of[order[i]], stat_of[order[i]]) >json
		for (j = 1; j <= n; j++) {
			text = all_of(drivers[j], order[i])
			if (text != "")
				printf(", \"%s\": [%s]", drivers[j], text) >json
		}
		if (ratios("ours", "in-tree", order[i], order[i]))
			printf(", \"ours/in-tree\": {\"median\": %.3f, \"min\": %.3f, \"max\": %.3f}", mid, low, high) >json
		printf("}") >json
	}
	printf("\n  ]\n}\n") >json
}

END {
	if (!rows) {
		print "no figures"
		exit 1
	}
	table()
	rest()
	if (json)
		write_json()
}
