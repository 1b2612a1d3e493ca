#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# consoles.sh TREE WORK: the verdict over consoles that nobody's machine wrote. Prints
# where it is another one than it should be.

set -uo pipefail

tree=$1 run=$2/run bad=0 nonce=feed
mkdir -p "$run"
# shellcheck source=../common/splat.sh
source "$tree/scripts/lab/common/splat.sh"
# shellcheck source=../lib/verdict.sh
source "$tree/scripts/lab/lib/verdict.sh"

# What a run begins with.
start() {
	initrd='' driver=ours modules_ours='' may_fault=() began=9.9 end_status=0 splats=() failed='' timeout=9
}

# verdict WHAT STATUS VERDICT-PATTERN LINE...: of a machine that ended well, with these
# lines on its console since the script began.
verdict() {
	printf '%s\r\n' 'Linux version' "${before:-[ 1.0] fine}" "lab: script begins $nonce" "${@:4}" >"$run/console.log"
	verdict_reach "$run" "${qemu:-0}"
	# shellcheck disable=SC2053,SC2154 # a pattern on purpose; verdict_reach sets these
	[[ $verdict_status == "$2" && $verdict == $3 ]] || { echo "$1: wanted $2 '$3', got $verdict_status '$verdict'" && bad=1; }
	start
}

nic=0000:00:05.0
fault="(XEN) [VT-D]DMAR:[DMA Read] Request device [$nic] fault addr 172ca2000"
reason='(XEN) [VT-D]DMAR: reason 02 - Present bit in context entry is clear'
given="[   26.9] pciback $nic: given to domain 1 as 0000:00:00.0"
taken="[   45.0] pciback $nic: taken from domain 1"
lost="[   45.0] pciback $nic: error not recovered, taken from domain 1: it did not answer"

start
verdict 'nothing' 0 passed
end_status=3
verdict 'its own status' 3 'script exited 3'
verdict 'the IOMMU sets out' 0 passed '(XEN) [VT-D] Non-existent device (0000:00:16.6)' '(XEN) AMD-Vi: IOMMU 0 Enabled.'
verdict 'a splat' 125 'splat in console: *irq.c*' '[ 1.0] WARNING: CPU: 0 at irq.c:1'
verdict 'a splat, and a fault' 125 'splat in console: *irq.c*' "$fault" '[ 1.0] WARNING: CPU: 0 at irq.c:1'
qemu=1 verdict 'a fault, and a panic' 123 'panic: *' "$fault" '[ 1.0] Kernel panic - not syncing'

verdict 'a fault' 125 "IOMMU fault: *$nic*172ca2000" "$fault" "$reason"
end_status=3
verdict 'a fault, and a script that failed' 125 'IOMMU fault: * (script exited 3)' "$fault"
verdict 'an interrupt that is not let through' 125 'IOMMU fault: *' "(XEN) [VT-D]INTR-REMAP: Request device [$nic] fault index 3"
verdict "AMD's" 125 'IOMMU fault: *' "(XEN) AMD-Vi: IO_PAGE_FAULT: $nic d1 addr 00000000fdf8f000 flags 0x8 I"
verdict "AMD's, of a table" 125 'IOMMU fault: *' "(XEN) AMD-Vi: ILLEGAL_DEV_TABLE_ENTRY: $nic d1 addr 0 flags 0"
verdict 'an SMMUv2' 125 'IOMMU fault: *' '(XEN) smmu: /smmu@1: Unhandled context fault: fsr=0x2, iova=0x0, fsynr=0x0, cb=0'
verdict 'an SMMUv2 as such' 125 'IOMMU fault: *' '(XEN) smmu: /smmu@1: Unexpected global fault, this could be serious'
verdict 'an SMMUv3' 125 'IOMMU fault: *' '(XEN) smmuv3: /smmuv3@9050000: event 0x10 received:'
verdict "Renesas'" 125 'IOMMU fault: *' '(XEN) ipmmu: /mmu@1: d1: Unhandled fault: status 0x1 iova 0x0'
verdict 'a fault of a program in dom0' 0 passed '[ 9.0] Unhandled fault: external abort on non-linefetch (0x1008) at 0xb6f0d000'

may_fault=("$nic")
verdict 'a fault that is expected' 0 passed "$given" "$fault" "$reason" "$taken"
may_fault=("$nic")
verdict 'before a guest has it' 125 'IOMMU fault: *' "$fault" "$given"
may_fault=("$nic")
verdict 'after it was taken from its guest' 125 'IOMMU fault: *' "$given" "$taken" "$fault"
may_fault=("$nic")
verdict 'after it was taken for an error' 125 'IOMMU fault: *' "$given" "$lost" "$fault"
may_fault=("$nic")
verdict 'the next guest' 0 passed "$given" "$taken" "$given" "$fault"
may_fault=(0000:00:06.0)
verdict 'another function is expected to' 125 'IOMMU fault: *' "$given" "$fault"
may_fault=("$nic")
verdict 'another function, too' 125 'IOMMU fault: *06.0*' "$given" "$fault" "${fault/05.0/06.0}"
may_fault=(0000:00:06.0 "$nic")
verdict 'one of two' 0 passed "$given" "$fault"
may_fault=("$nic") driver=in-tree
verdict 'a driver that does not tell' 0 passed "$fault"
may_fault=('event 0x10')
verdict 'a fault without a function' 0 passed '(XEN) smmuv3: /smmuv3@9050000: event 0x10 received:'

# Before the script.
warning='[ 1.0] WARNING: CPU: 0 PID: 1 at probe.c:1'
before=$warning
verdict 'the stock system splats' 0 passed
initrd=etc
verdict 'a splat at boot, with our modules there' 125 'splat in console: *probe.c*'
before=$fault initrd=etc
verdict 'a fault at boot, with our modules there' 125 'IOMMU fault: *'
before=''

may_fault=("always:$nic")
verdict 'a fault that is expected at any time' 0 passed "$fault"
may_fault=(always:0000:00:07.0)
verdict "another's fault" 125 'IOMMU fault: *' "$fault"

# What dom0 says of its own log: begin and report of its init.
# shellcheck disable=SC2317 # called by these
{
	dmesg() { cat "$run/dmesg"; }
	read_taint() { echo "$taint"; }
	sync() { :; }
	check_begin() { :; }
	check_end() { :; }
	tell() { echo "$*" >>"$run/told"; }
}
sed -n '/^begin()/,/^}/p; /^report()/,/^}/p' "$tree/scripts/lab/dom0/init" |
	sed "s,/dev/kmsg,$run/kmsg,; s,/sys/hypervisor/version/{major[^}]*},/dev/null,; s,/run/lab,$run,g" >"$run/init"
# shellcheck source=/dev/null
source "$run/init"

# dom0 WHAT COUNTS TAINT-BEFORE TAINT-AFTER SPLAT-PATTERN LINE-BEFORE LINE-AFTER
dom0() {
	local said
	export LAB_KERNEL=6.12 LAB_NONCE=$nonce LAB_BOOT_COUNTS=$2
	printf '%s\n' 'Linux version' "$6" >"$run/dmesg"
	rm -f "$run/told"
	taint=$3
	begin
	printf '%s\n' "lab: script begins $nonce" "$7" >>"$run/dmesg"
	taint=$4
	report 0
	said=$(sed -n 's/^splat //p' "$run/told")
	# shellcheck disable=SC2053 # a pattern on purpose
	[[ $said == $5 ]] || { echo "dom0, $1: wanted '$5', got '$said'" && bad=1; }
}

dom0 'nothing' '' 0 0 '' fine fine
dom0 'a splat' '' 0 512 'dom0: *irq.c*' fine 'WARNING: CPU: 0 at irq.c:1'
dom0 'taint alone' '' 4096 $((4096 | 512)) 'dom0: the kernel became tainted (512)*' fine fine
dom0 'a splat before the script' '' 512 512 '' "$warning" fine
dom0 'a splat at boot, with our modules there' yes 512 512 'dom0: *probe.c*' "$warning" fine
dom0 'taint alone at boot' yes 512 512 'dom0: the kernel became tainted (512)*' fine fine
dom0 'a good boot' yes 4096 4096 '' fine fine
exit "$bad"
