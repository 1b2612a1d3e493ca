#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# A function that XEN_PCIBACK_BDF names, of any dom0, does what xen-pciback wants of it,
# and is afterwards as before: xen-pciback-hw-check's steps, as tests. In the lab it is
# one of QEMU's.
#
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0
# lab: --file scripts/xen-pciback-hw-check:/usr/sbin/xen-pciback-hw-check
# lab: --file scripts/hw-check.d:/usr/lib/xen-pciback/hw-check

set -euo pipefail

# Beside this file in a kernel tree, among the programs elsewhere.
export PATH="$PWD:$PATH"

skip_all() {
	echo "1..0 # SKIP $*"
	exit 4
}

bdf=${XEN_PCIBACK_BDF:-}
if [[ -z $bdf && -r /lab/machine ]] && grep -q '^--pci e1000e,addr=0x5,' /lab/machine; then
	bdf=0000:00:05.0
	modprobe e1000e
fi

echo 'KTAP version 1'
[[ -n $bdf ]] || skip_all 'no device is named: XEN_PCIBACK_BDF=0000:05:00.0'
command -v xen-pciback-hw-check >/dev/null || skip_all 'there is no xen-pciback-hw-check'

status=0
said=$(xen-pciback-hw-check ${XEN_PCIBACK_GUEST:+--guest "$XEN_PCIBACK_GUEST"} "$bdf" 2>&1) || status=$?
echo "# ${said//$'\n'/$'\n# '}"
case $status in
3 | 4) skip_all "$(tail -n 1 <<<"$said")" ;;
esac

# step NAME: a row of the page.
number=0
step() {
	local row result='not ok' why
	row=$(sed -n '/^---- xen/,$p' <<<"$said" | grep -m 1 -E "^$1 +(ok|FAILED|-)(:|\$)") || row=''
	read -r _ why <<<"$row"
	case $why in
	ok*) result=ok why='' ;;
	-*) result=ok why=" # SKIP ${why#-: }" ;;
	*) why='' ;;
	esac
	number=$((number + 1))
	echo "$result $number $1$why"
}

steps=(look take reset sleep ${XEN_PCIBACK_GUEST:+guest} return verify)
echo "1..$((${#steps[@]} + 1))"
for name in "${steps[@]}"; do
	step "$name"
done
number=$((number + 1))
((status == 0 || status == 1)) || echo -n 'not '
echo "ok $number dom0 is as it was found"
[[ ! -r /lab/machine ]] || modprobe -r e1000e
exit "$((status != 0))"
