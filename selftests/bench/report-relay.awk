# SPDX-License-Identifier: GPL-2.0
# What `make bench PARTS=relay` prints of the lines "bench ROUND native|relayed relay_NAME
# VALUE": medians, least and greatest, and what the relay makes of the native figure. With
# median.awk.

# Sets mid, least and most; returns how many rounds have the figure.
function figure(way, name,    list, n, i) {
	n = count[way, name]
	for (i = 1; i <= n; i++)
		list[i] = value[way, name, i]
	mid = n ? median(list, n) : 0
	least = list[1]
	most = list[n]
	return n
}

function shown(way, name) {
	return figure(way, name) ? sprintf("%d (%d-%d)", mid, least, most) : "-"
}

function ratio(name,    native) {
	if (!figure("native", name))
		return "-"
	native = mid
	figure("relayed", name)
	return sprintf("%.2f", mid / native)
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
		printf "%-16s %-26s %-26s %s\n", name, shown("native", name), shown("relayed", name), ratio(name)
	}
}
