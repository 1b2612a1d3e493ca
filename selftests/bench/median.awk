# SPDX-License-Identifier: GPL-2.0
# What both reports of the bench need.

# median(LIST, N): sorts the list, too.
function median(list, n,    i, j, x) {
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && list[j - 1] + 0 > list[j] + 0; j--) {
			x = list[j]; list[j] = list[j - 1]; list[j - 1] = x
		}
	return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}
