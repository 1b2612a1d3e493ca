# SPDX-License-Identifier: GPL-2.0
# The command line of scripts/lab/run.
# shellcheck shell=bash

options_default() {
	arch=x86_64 kernel='' guest_kernel='' xen='' driver=ours script='' timeout=600 log=''
	pci=() files=() nets=() disks=() qemu_extra=() dtb_edits=()
	dom0_args='' xen_args='' dom0_mem='' machine='' board=virt machine_mem='' iommu=intel module_dir='' guest_module_dir='' initrd='' keep='' refresh='' guests=pv device_model_object='' packages='' packages_object='' xenstored=c tool_object=''
	may_fault=() uart=channel with_in_tree='' domu='' domu_files=() machine_made=()
}

options_parse() {
	options_default
	while (($#)); do
		case $1 in
		--help | -h) print_help "$LAB/run" && exit ;;
		--keep) keep=1 ;;
		--refresh) refresh=1 ;;
		--*=*)
			set -- "${1%%=*}" "${1#*=}" "${@:2}"
			continue
			;;
		--*)
			(($# > 1)) || die_usage "$1 needs a value (--help says which)"
			option_set "$1" "$2"
			shift
			;;
		*) die_usage "unexpected argument '$1' (--help lists the options)" ;;
		esac
		shift
	done
	options_check
}

option_set() {
	machine_made+=("$1 $2")
	case $1 in
	--arch) arch=$2 ;;
	--kernel) kernel=$2 ;;
	--guest-kernel) guest_kernel=$2 ;;
	--xen) xen=$2 ;;
	--driver) driver=$2 ;;
	--pci) pci+=("$2") ;;
	--file) files+=("$2") ;;
	--dom0-script) script=$2 ;;
	--timeout) timeout=$2 ;;
	--log) log=$2 ;;
	--net) nets+=("$2") ;;
	--disk) disks+=("$2") ;;
	--qemu) read -r -a words <<<"$2" && qemu_extra+=("${words[@]}") ;;
	--dom0-args) dom0_args=$2 ;;
	--xen-args) xen_args=$2 ;;
	--dom0-mem) dom0_mem=$2 ;;
	--machine) machine=$2 ;;
	--board) board=$2 ;;
	--mem) machine_mem=$2 ;;
	--iommu) iommu=$2 ;;
	--uart) uart=$2 ;;
	--domu) domu=$2 ;;
	--domu-file) domu_files+=("$2") ;;
	--module-dir) module_dir=$2 ;;
	--initrd) initrd=$2 ;;
	--with-in-tree) with_in_tree=$2 ;;
	--guests) guests=$2 ;;
	--packages) packages=$2 ;;
	--xenstored) xenstored=$2 ;;
	--may-fault) may_fault+=("$2") ;;
	--dtb-edit) dtb_edits+=("$2") ;;
	*) die_usage "unknown option $1 (--help lists them)" ;;
	esac
}

options_check() {
	local pair
	check_arch "$arch"
	kernel=${kernel:-${DEFAULT_KERNEL[$arch]}}
	xen=${xen:-${DEFAULT_XEN[$arch]}}
	check_kernel "$arch" "$kernel"
	guest_kernel=${guest_kernel:-${GUEST_KERNEL[$kernel]:-$kernel}}
	check_guest_kernel "$arch" "$guest_kernel"
	check_xen "$arch" "$xen"
	[[ $driver == ours || $driver == in-tree ]] || die_usage "--driver $driver: use ours or in-tree"
	[[ $iommu == intel || $iommu == amd ]] || die_usage "--iommu $iommu: use intel or amd"
	[[ $uart == channel || ($uart == test && $arch == arm64) ]] || die_usage "--uart $uart: use channel or, on arm64, test"
	[[ $guests == pv || ($guests == hvm && $arch == x86_64) ]] || die_usage "--guests $guests: use pv or, on x86, hvm"
	[[ -n ${XENSTORED_PROGRAM[$xenstored]:-} ]] || die_usage "--xenstored $xenstored: use c or ocaml"
	[[ -z $packages || $arch == x86_64 ]] || die_usage "--packages: only the x86 machine takes more"
	[[ $board == virt || $arch == arm64 ]] || die_usage "--board: there is a choice on arm64 only"
	[[ -e $LAB/lib/board-$board.sh ]] || die_usage "--board $board: use one of virt, versal"
	[[ $board == virt || -z $domu ]] || die_usage "--domu: its memory is where virt has it"
	[[ -z $machine || $arch == arm64 ]] || die_usage "--machine: only the arm64 machine takes options"
	[[ -z $domu || $xen == overlay ]] || die_usage "--domu: only the overlay hypervisor has such domains"
	[[ -z $domu || -r $domu ]] || die_usage "--domu $domu: cannot read it"
	[[ $timeout =~ ^[1-9][0-9]*$ ]] || die_usage "--timeout $timeout: whole seconds, please"
	[[ -n $script || -n $refresh ]] || die_usage "--dom0-script FILE is missing: what should run in dom0?"
	[[ -z $script || -r $script ]] || die_usage "--dom0-script $script: cannot read it"
	[[ -z $module_dir || -n $(compgen -G "$module_dir/*.ko") ]] || die_usage "--module-dir $module_dir: no .ko files there"
	[[ -z $initrd || -d $initrd ]] || die_usage "--initrd $initrd: no such directory"
	[[ -z $initrd || $arch == x86_64 ]] || die_usage "--initrd: only the x86 machine boots that way"
	for pair in "${files[@]}"; do
		[[ -r ${pair%%:*} ]] || die_usage "--file $pair: cannot read ${pair%%:*}"
	done
	[[ $arch == x86_64 || ${#pci[@]} -eq 0 || $arch == arm64 ]] || die_usage "--pci: the $arch machine has no PCI"
}
