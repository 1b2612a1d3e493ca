# SPDX-License-Identifier: GPL-2.0
# Which Debian release and which packages stand for --arch, --kernel and --xen.
# A new series is a new line here.
# shellcheck shell=bash

declare -A DEB_ARCH=([x86_64]=amd64 [arm64]=arm64 [armhf]=armhf)
declare -A MULTIARCH=([x86_64]=x86_64-linux-gnu [arm64]=aarch64-linux-gnu [armhf]=arm-linux-gnueabihf)
declare -A KERNEL_FLAVOUR=([x86_64]=amd64 [arm64]=arm64 [armhf]=armmp-lpae)
declare -A KBUILD_ARCH=([x86_64]=x86 [arm64]=arm64 [armhf]=arm)
declare -A KERNEL_SUITE=([5.10]=bullseye [6.1]=bookworm [6.12]=trixie [6.12-rt]=trixie [7.2]=sid [7.3]=trixie-backports
	[debug]=trixie [kcsan]=trixie [kasan]=trixie)
# The compiler each release's kernel was built with: its headers insist on it.
declare -A SUITE_GCC=([bookworm]=12 [trixie]=14 [trixie-backports]=14 [sid]=16)
declare -A XEN_SUITE=([4.17]=bookworm [4.20]=trixie)
declare -A DEFAULT_KERNEL=([x86_64]=6.12 [arm64]=6.12 [armhf]=6.1)
declare -A DEFAULT_XEN=([x86_64]=4.20 [arm64]=4.20 [armhf]=4.17)

declare -A XENSTORED_PROGRAM=([c]=xenstored [ocaml]=oxenstored)

# Whose toolstack goes with a hypervisor that is built here.
declare -A XEN_TOOLSTACK=([overlay]=4.20 [unroute]=4.20)
# Guests' only: older than what the drivers are for.
declare -A GUESTS_ONLY=([5.10]=yes)
# What guests run when it is not dom0's kernel, and nobody asks for another.
declare -A GUEST_KERNEL=([debug]=6.12 [kcsan]=6.12 [kasan]=6.12)
# The kernels that check themselves, and how many times as long a dom0 may take with one.
declare -A KERNEL_PATIENCE=([debug]=3 [kcsan]=3 [kasan]=3)

# The release whose root holds QEMU and the other programs the lab runs itself.
TOOLS_SUITE=trixie

# kernel_flavour ARCH KERNEL: the end of its packages' names.
kernel_flavour() {
	local flavour=${KERNEL_FLAVOUR[$1]}
	[[ $2 != *-rt ]] || flavour=rt-$flavour
	echo "$flavour"
}

kernel_checks_itself() {
	[[ -n ${KERNEL_PATIENCE[$1]:-} ]]
}

check_arch() {
	[[ -n ${DEB_ARCH[$1]:-} ]] || die_usage "--arch $1: use one of x86_64, arm64, armhf"
}

check_kernel() {
	local arch=$1 kernel=$2
	[[ -n ${KERNEL_SUITE[$kernel]:-} && -z ${GUESTS_ONLY[$kernel]:-} ]] || die_usage "--kernel $kernel: use one of 6.1, 6.12, 6.12-rt, 7.2, 7.3, debug, kcsan, kasan"
	[[ $kernel != *-rt || $arch != armhf ]] || die_usage "--kernel $kernel: on x86_64 and arm64 only"
	! kernel_checks_itself "$kernel" || [[ $arch == x86_64 ]] || die_usage "--kernel $kernel: on x86_64 only"
}

check_guest_kernel() {
	local arch=$1 kernel=$2
	[[ -n ${KERNEL_SUITE[$kernel]:-} ]] || die_usage "--guest-kernel $kernel: use one of 5.10, 6.1, 6.12, 7.2, 7.3"
	! kernel_checks_itself "$kernel" || die_usage "--guest-kernel $kernel: dom0's only"
	[[ $arch == x86_64 || -z ${GUESTS_ONLY[$kernel]:-} ]] || die_usage "--guest-kernel $kernel: on x86_64 only"
}

# Debian builds Xen for armhf only up to 4.17.
check_xen() {
	local arch=$1 xen=$2
	[[ -z ${XEN_TOOLSTACK[$xen]:-} || $arch == arm64 ]] || die_usage "--xen $xen: on arm64 only"
	[[ -n ${XEN_SUITE[${XEN_TOOLSTACK[$xen]:-$xen}]:-} ]] || die_usage "--xen $xen: use one of 4.17, 4.20, overlay, unroute"
	[[ $arch != armhf || $xen == 4.17 ]] || die_usage "--xen $xen: armhf has packages of 4.17 only"
}
