# SPDX-License-Identifier: GPL-2.0
# Compares what dom0 and a guest read of one function, byte by byte, by its policy.
# Arguments: the policy (debugfs), dom0's bytes, the guest's: lines "OFFSET VALUE",
# the size last. Fails if a byte is other than the policy says.
#
# Base addresses stand on both sides as the host placed them; the command word is
# what the guest made of it since.

FNR == 1 { file++ }

function byte(value, n) {
	return int(value / 256 ^ n) % 256
}

file == 1 {
	split($1, where, ":")
	start = strtonum("0x" where[1])
	for (i = 0; i < where[2]; i++) {
		if ($2 == "hidden") {
			hidden[start + i] = 1
			continue
		}
		virt[start + i] = byte(strtonum("0x" $2), i)
		shadow[start + i] = byte(strtonum("0x" $3), i)
	}
	next
}

$1 == "size" { size[file] = $2; next }
file == 2 { dom0[$1] = strtonum("0x" $2) }
file == 3 { guest[$1] = strtonum("0x" $2) }

END {
	if (size[2] != size[3]) {
		printf "dom0 reads %d bytes, the guest %d\n", size[2], size[3]
		exit 1
	}
	for (p = 0; p < size[2]; p++) {
		wanted = p in hidden ? 0 : and(dom0[p], compl(virt[p] + 0)) % 256
		wanted = or(wanted, and(shadow[p] + 0, virt[p] + 0))
		if (guest[p] + 0 != wanted) {
			printf "%03x: dom0 %02x, guest %02x, by policy %02x\n", p, dom0[p], guest[p], wanted
			bad++
		} else if (guest[p] + 0 != dom0[p] + 0)
			declared++
		else if (dom0[p])
			same++
	}
	printf "%d bytes the same, %d different as declared, %d not\n", same, declared, bad
	exit (bad || !same)
}
