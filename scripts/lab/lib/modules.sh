# SPDX-License-Identifier: GPL-2.0
# Module trees of dom0 and of guests, as initramfs pieces.
#
# dom0's comes in two: the stock modules (big, made once per kernel, without
# xen-pciback) and the driver piece (the one pciback of this run and the index
# files depmod makes over both).
# shellcheck shell=bash

# Large families that no QEMU machine here has hardware for.
DOM0_MODULES_DROPPED=(
	kernel/drivers/{accel,accessibility,bluetooth,comedi,firewire,gpu,greybus,hid,hwmon,iio,infiniband,isdn,media,nfc,platform,staging,video}
	kernel/drivers/net/{wireless,wwan,wan,can,dsa,ieee802154,fddi,hamradio,arcnet,plip,ppp,slip,appletalk}
	kernel/drivers/net/ethernet/{mellanox,chelsio,qlogic,broadcom,sfc,cavium,emulex,brocade,netronome,huawei,hisilicon,fungible,pensando,marvell}
	kernel/drivers/scsi/{qla2xxx,lpfc,bfa,csiostor,cxgbi,aic7xxx,aic94xx,be2iscsi,bnx2fc,bnx2i,qedf,qedi,hisi_sas}
	kernel/sound/{soc,usb,firewire,pcmcia,isa}
	kernel/fs/{btrfs,xfs,ocfs2,gfs2,ceph,smb,f2fs,nfs,nfsd,dlm,jfs,ubifs,reiserfs,bcachefs,orangefs,afs,coda,udf,ntfs3}
	kernel/net/{bluetooth,wireless,mac80211,batman-adv,sctp,tipc,rds,rxrpc,openvswitch,ceph,netfilter,smc,sched,ieee802154,6lowpan,can,dccp,nfc,atm,ax25,mac802154,l2tp,wireless,sunrpc,dsa}
)

# What guests may be given: every PCI function and platform device of the tests.
GUEST_MODULES=(
	xen-pcifront xen-netfront xen-blkfront xen-evtchn xen-gntdev xen-gntalloc xen-privcmd xenfs
	e1000e e1000 8139cp 8139too igb igbvf vmxnet3 tulip pcnet32 ne2k-pci e100 virtio_net
	virtio_pci virtio_mmio virtio_blk virtio_scsi virtio-rng virtio_console virtio_balloon
	nvme ahci ahci_platform sata_highbank ata_generic ata_piix sd_mod sr_mod sg
	megaraid_sas sym53c8xx mptspi mptsas mpt3sas vmw_pvscsi am53c974
	xhci-pci ehci-pci uhci-hcd ohci-pci usb-storage uas usbhid hid-generic evdev
	sdhci-pci sdhci-pltfm sdhci-of-arasan mmc_block ufshcd-pci
	snd-hda-intel snd-hda-codec-generic snd-ens1370 snd-intel8x0 snd-pcm-oss
	rtc-pl031 xgmac macb gpio-pl061 gpio-keys i2c-i801 i6300esb edu uio uio_pci_generic
	configfs ext4 vfat nls_ascii nls_cp437 nls_iso8859-1 af_packet
)

# modules_tree KERNEL-OBJECT: the pruned stock tree, hard links of the root's.
modules_tree() {
	local hash
	hash=$(hash_inputs "$(cache_id "$1")" "$(hash_files "$LAB/lib/modules.sh")")
	cache_make modules "stock-$(cache_name "$1")" "$hash" modules_tree_fill "$1"
}

modules_tree_fill() {
	local dir=$1 kernel=$2 version base
	version=$(kernel_version "$kernel")
	base=usr/lib/modules/$version
	mkdir -p "$dir/tree/${base%/*}" "$dir/stock"
	cp -al "$kernel/root/$base" "$dir/tree/$base"
	(cd "$dir/tree/$base" && rm -rf build source "${DOM0_MODULES_DROPPED[@]}")
	mv "$dir/tree/$base/kernel/drivers/xen/xen-pciback" "$dir/stock/" 2>/dev/null ||
		[[ $kernel != */kernel-x86_64-* ]] || die "this kernel package has no xen-pciback"
	pack_cpio "$dir/tree" "$dir/modules.cpio"
	printf '%s\n' "$version" >"$dir/version"
}

# modules_driver TREE-OBJECT in-tree|DIR-OF-KO: the piece that goes over it.
modules_driver() {
	local hash=in-tree
	[[ $2 == in-tree ]] || hash=$(hash_files "$2"/*.ko)
	hash=$(hash_inputs "$(cache_id "$1")" "$hash")
	cache_make modules "driver-$(cache_name "$1")" "$hash" modules_driver_fill "$1" "$2"
}

modules_driver_fill() {
	local dir=$1 tree=$2 driver=$3 version base
	version=$(<"$tree/version")
	base=usr/lib/modules/$version
	cp -al "$tree/tree" "$dir/tree"
	mkdir -p "$dir/piece/$base/updates"
	if [[ $driver != in-tree ]]; then
		cp "$driver"/*.ko "$dir/piece/$base/updates/"
	elif [[ -d $tree/stock/xen-pciback ]]; then
		mkdir -p "$dir/piece/$base/kernel/drivers/xen"
		cp -r "$tree/stock/xen-pciback" "$dir/piece/$base/kernel/drivers/xen/"
	fi
	cp -r "$dir/piece/." "$dir/tree/"
	run_depmod "$dir/tree" "$version"
	find "$dir/tree/$base" -maxdepth 1 -type f -exec cp {} "$dir/piece/$base/" \;
	pack_cpio "$dir/piece" "$dir/driver.cpio"
	rm -r "$dir/tree" "$dir/piece"
}

run_depmod() {
	ln -sfn usr/lib "$1/lib"
	run_tool depmod -b "$1" "$2" || die "depmod failed for $2"
	rm "$1/lib"
}

# modules_names DIR-OF-KO: as the kernel spells them, on one line.
modules_names() {
	(cd "$1" && printf '%s\n' *.ko) | sed 's/\.ko$//; y/-/_/' | paste -s -d' '
}

# modules_guest KERNEL-OBJECT: only GUEST_MODULES and what they need, plain.
modules_guest() {
	local hash
	hash=$(hash_inputs "$(cache_id "$1")" "$(hash_files "$LAB/lib/modules.sh")")
	cache_make modules "guest-$(cache_name "$1")" "$hash" modules_guest_fill "$1"
}

modules_guest_fill() {
	local dir=$1 kernel=$2 version base file
	version=$(kernel_version "$kernel")
	base=usr/lib/modules/$version
	mkdir -p "$dir/all/${base%/*}" "$dir/tree/$base"
	cp -al "$kernel/root/$base" "$dir/all/$base"
	run_depmod "$dir/all" "$version"
	modules_closure "$dir/all/$base/modules.dep" "${GUEST_MODULES[@]}" | while read -r file; do
		mkdir -p "$dir/tree/$base/${file%/*}"
		cp "$dir/all/$base/$file" "$dir/tree/$base/$file"
		[[ $file != *.xz ]] || run_tool xz -d "$dir/tree/$base/$file"
		[[ $file != *.zst ]] || run_tool zstd -q -d --rm "$dir/tree/$base/$file"
	done
	cp "$dir/all/$base"/modules.builtin* "$dir/all/$base/modules.order" "$dir/tree/$base/"
	run_depmod "$dir/tree" "$version"
	pack_cpio "$dir/tree" "$dir/modules.cpio"
	rm -r "$dir/all" "$dir/tree"
}

# modules_closure MODULES.DEP NAME...: the files of these modules and of all that
# they depend on. Names that this kernel lacks are left out: the list serves all.
modules_closure() {
	awk -F: -v names="${*:2}" '
		function short(p) { sub(/.*\//, "", p); sub(/\.ko.*/, "", p); gsub(/-/, "_", p); return p }
		BEGIN { n = split(names, a, " "); for (i = 1; i <= n; i++) want[short(a[i])] = 1 }
		short($1) in want { print $1; n = split($2, d, " "); for (i = 1; i <= n; i++) print d[i] }
	' "$1" | sort -u
}
