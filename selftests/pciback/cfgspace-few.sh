# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Configuration space: what quirks open and what they do not, and that devices
# which no other test has work in a guest with their stock drivers, nothing made
# permissive. cfgspace-cards and cfgspace-disks have all others.
#
# after: selftests/lib/cfgspace-table.sh
# lab: --net n0
# lab: --net n1
# lab: --disk plate:2
# lab: --qemu -audiodev none,id=sound
# lab: --pci igb,addr=0x5,netdev=n0
# lab: --pci virtio-net-pci,addr=0x6,disable-legacy=on,iommu_platform=on,netdev=n1
# lab: --pci megasas,id=megasas,addr=0x7
# lab: --pci scsi-hd,bus=megasas.0,drive=plate
# lab: --pci intel-hda,id=hda,addr=0x8
# lab: --pci hda-duplex,bus=hda.0,audiodev=sound
# lab: --pci edu,addr=0x9
# lab: --pci pcie-root-port,id=rp,addr=0xa,chassis=1
# lab: --file scripts/xen-pciback-quirks

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/cfgspace.sh
source /lab/lib/cfgspace.sh

device few igb 0000:00:05.0 nic
device few virtio-net 0000:00:06.0 nic
device few megasas 0000:00:07.0 disk plate
device few intel-hda 0000:00:08.0 sound
device few edu 0000:00:09.0 edu

igb=0000:00:05.0 port=0000:00:0a.0

# capability BDF NAME: where lspci finds it, in hexadecimal.
capability() {
	lspci -v -s "$1" | sed -n "s/.*Capabilities: \[\([0-9a-f]*\)[^]]*\] $2.*/\1/p" | grep .
}

# at HEX NUMBER: their sum, in hexadecimal.
at() {
	printf '%x' $((16#$1 + $2))
}

# quirks_of BDF: the fields listed, on one line.
quirks_of() {
	awk -v bdf="${1#0000:}" '/^[0-9a-f]/ { on = $1 == bdf } on && /^\t\t/ { print $1 }' "$PCIBACK/quirks" | paste -s -d' '
}

test_quirks_are_added_and_removed() {
	pciback_load "hide=($igb)"
	write_attr "$PCIBACK/quirks" "$igb-f0:4:0"
	echo "00:05.0-e4:2:ff" >"$PCIBACK/quirks"
	expect_eq quirks "000000f0:4:ffffffff 000000e4:2:000000ff" "$(quirks_of "$igb")"
	write_attr "$PCIBACK/quirks" "-$igb-f0:4:0"
	expect_eq quirks "000000e4:2:000000ff" "$(quirks_of "$igb")"
	expect_errno ENOENT "$PCIBACK/quirks" "-$igb-f0:4:0"
	expect_errno ENODEV "$PCIBACK/quirks" "$port-f0:4:0"
	expect_errno EINVAL "$PCIBACK/quirks" "$igb-f0:3:0"
	expect_errno EINVAL "$PCIBACK/quirks" "$igb-1000:4:0"
}

test_quirks_open_nothing_of_the_hosts() {
	local msi msix express before
	pciback_load "hide=($igb)"
	msi=$(capability "$igb" MSI:)
	msix=$(capability "$igb" MSI-X:)
	express=$(capability "$igb" Express)
	before=$(quirks_of "$igb")
	for register in 4:2 10:4 30:4 34:1 "$(at "$msi" 2):2" "$(at "$msi" 4):4" "$(at "$msi" 8):4" "$(at "$msi" 12):2" \
		"$(at "$msix" 2):2" "$(at "$msix" 4):4" "$(at "$express" 8):2"; do
		expect_errno EPERM "$PCIBACK/quirks" "$igb-$register:0"
	done
	expect_eq quirks "$before" "$(quirks_of "$igb")"
}

test_a_bridge_is_shown_and_stays_closed() {
	modprobe xen-pciback
	defer pciback_unload
	echo "$port" >"$PCI/$port/driver/unbind"
	defer write_attr /sys/bus/pci/drivers_probe "$port"
	echo "$port" >"$PCIBACK/new_slot"
	echo "$port" >"$PCIBACK/bind"
	defer write_attr "$PCIBACK/remove_slot" "$port"
	defer write_attr "$PCIBACK/unbind" "$port"
	expect_line '01e:2 .* 0000f900 plain: errors of a bridge .*' policy <"/sys/kernel/debug/xen-pciback/$port/policy"
	for register in 18:1 20:4 3e:2 f0:4; do
		expect_errno EPERM "$PCIBACK/quirks" "$port-$register:0"
	done
}

test_xends_list_is_loaded() {
	pciback_load "hide=($igb)"
	cat >"$TEST_DIR/list.sxp" <<-'END'
		# The comments are those of the file that came with xend.
		(tg3
		    (pci_ids
		        # <vendor>:<device>[:<subvendor>:<subdevice>]
		        ('14e4:1645'   # somebody else
		        )
		    )
		    (pci_config_space_fields ('00000078:4:00000000'))
		)
		(gigabit
		    (pci_ids ('8086:10C9:FFFF:FFFF' '8086:10b5'))
		    (pci_config_space_fields
		        # <register>:<size>:<mask>
		        # mask is currently unused; use all zero's
		        ('000000F0:4:00000000'   # reported by pciback
		         '00000010:4:00000000')
		    )
		)
		(later (pci_ids ('8086:10c9')) (pci_config_space_fields ('e4:2:1')))
	END
	expect_eq "what would be" "$igb-000000f0:4:00000000"$'\n'"$igb-00000010:4:00000000" \
		"$(/lab/xen-pciback-quirks --dry-run "$TEST_DIR/list.sxp")"
	expect_eq quirks "" "$(quirks_of "$igb")"
	/lab/xen-pciback-quirks "$TEST_DIR/list.sxp" >"$TEST_DIR/said" 2>&1 && fail "a base address was opened"
	expect_line "$igb: gigabit: 00000010:4:00000000 refused: Operation not permitted" said <"$TEST_DIR/said"
	expect_eq quirks "000000f0:4:ffffffff" "$(quirks_of "$igb")"
	sed -i 's/f0:4/f0:3/I' "$TEST_DIR/list.sxp"
	write_attr "$PCIBACK/quirks" "-$igb-f0:4:0"
	/lab/xen-pciback-quirks "$TEST_DIR/list.sxp" >"$TEST_DIR/said" 2>&1 && fail "a bad list was taken"
	expect_line 'line 15: "000000f0:3:00000000" is no field' said <"$TEST_DIR/said"
	expect_eq quirks "" "$(quirks_of "$igb")"
}

test_devices_are_given() {
	group_seized few
	group_given few
	keep
}

test_devices_look_as_declared() {
	group_viewed few
}

# edu is the last one. What its owner is told to write is what it takes.
test_a_refused_write_is_learnt_and_opened() {
	local edu=0000:00:09.0
	expect_answer "the byte" 00 few poke1
	expect_eq refused_writes "0f0:1 0000005a 0000005a 1" "$(<"$PCI/$edu/pciback/refused_writes")"
	expect_eq quirks_suggested "$edu-0f0:1:0000005a" "$(<"$PCI/$edu/pciback/quirks_suggested")"
	cat "$PCI/$edu/pciback/quirks_suggested" >"$PCIBACK/quirks"
	expect_answer "the byte" 5a few poke2
	expect_eq refused_writes "0f0:1 0000005a 0000005a 1" "$(<"$PCI/$edu/pciback/refused_writes")"
}

test_devices_work() {
	defer group_returned
	group_worked few
	now group_returned
	keep
	group_verdict few
}

run_tests
