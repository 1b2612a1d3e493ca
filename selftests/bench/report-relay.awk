# SPDX-License-Identifier: GPL-2.0
# What `make bench PARTS=relay` prints of the lines "bench ROUND native|relayed relay_NAME
# VALUE": medians, least and greatest, and what the relay makes of the native figure.

function sorted(way, name,    n, i, j, x) {
	n = count[way, name]
	for (i = 1; i <= n; i++)
		list[i] = value[way, name, i]
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && list[j - 1] > list[j]; j--) {
			x = list[j]; list[j] = list[j - 1]; list[j - 1] = x
		}
	return n
}

function shown(way, name,    n) {
	n = sorted(way, name)
	return n ? sprintf("%d (%d-%d)", list[int((n + 1) / 2)], list[1], list[n]) : "-"
}

function middle(way, name,    n) {
	n = sorted(way, name)
	return n ? list[int((n + 1) / 2)] : 0
}

/bench [0-9]+ (native|relayed) relay_/ {
	sub(/.*bench /, "")
	name = substr($3, length("relay_") + 1)
	value[$2, name, ++count[$2, name]] = $4 + 0
	if (!(name in seen))
		order[++names] = name
	seen[name]
}

END {
	if (!names)
		exit 1
	printf "%-16s %-26s %-26s %s\n", "interrupts", "native", "relayed", "relayed/native"
	for (i = 1; i <= names; i++) {
		name = order[i]
		ratio = middle("native", name) ? sprintf("%.2f", middle("relayed", name) / middle("native", name)) : "-"
		printf "%-16s %-26s %-26s %s\n", name, shown("native", name), shown("relayed", name), ratio
	}
}
