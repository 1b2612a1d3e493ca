# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# libvirt, by its daemon and virsh: functions that it takes from dom0's driver and gives back,
# asked for by name, for as long as a guest has them (managed), attached and detached.
#
# only by name: guests that boot make it long
#
# lab: --packages libvirt-daemon-driver-xen libvirt-daemon-driver-nodedev libvirt-clients
# lab: --net n0
# lab: --pci e1000e,addr=0x5,netdev=n0

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh

nic=0000:00:05.0 node=pci_0000_00_05_0

export LIBVIRT_DEFAULT_URI=xen:///system

# begin: as on a host that has booted: dom0's driver has it, and ours is there: libvirt loads
# it, too, but then looks for a module that is called as its driver is.
begin() {
	driver_load e1000e
	expect_driver "$nic" e1000e
	modprobe xen-pciback
	defer pciback_unload
	# What its package sets up when it is installed.
	mkdir -p /run/libvirt /var/lib/libvirt /var/log/libvirt /var/cache/libvirt
	# The daemon's word for it, and its clients'.
	[[ /var/run -ef /run ]] || ln -sfn /run/libvirt /var/run/libvirt
	[[ -s /etc/machine-id ]] || tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id
	# It knows no CPU without VME, and QEMU emulates none that has it.
	sed -i "/name=.vme./d" /usr/share/libvirt/cpu_map/x86_[!f]*.xml
	printf '%s\n' 'unix_sock_group = "root"' 'auth_unix_ro = "none"' 'auth_unix_rw = "none"' \
		"log_outputs = \"3:file:$TEST_DIR/libvirtd\"" >"$TEST_DIR/libvirtd.conf"
	libvirtd -d -f "$TEST_DIR/libvirtd.conf" -p "$TEST_DIR/libvirtd.pid" || fail "no libvirtd: $(tail -n 5 "$TEST_DIR/libvirtd")"
	defer libvirtd_end
	lab-wait 60 virsh version || fail "no libvirt: $(virsh version 2>&1); $(tail -n 5 "$TEST_DIR/libvirtd"; pgrep -a libvirtd; ls -ld /var/run /run/libvirt/*)"
	# Devices are found after that.
	lab-wait 60 virsh nodedev-info $node || fail "libvirt has no $node: $(virsh nodedev-list 2>&1)"
}

libvirtd_end() {
	[[ ! -e $TEST_DIR/libvirtd.pid ]] || kill "$(<"$TEST_DIR/libvirtd.pid")"
	lab-wait 60 test ! -e "$TEST_DIR/libvirtd.pid"
}

# hostdev: what attach-device and detach-device are given.
hostdev() {
	cat >"$TEST_DIR/hostdev.xml" <<-END
		<hostdev mode='subsystem' type='pci' managed='yes'>
		  <source><address domain='0x0000' bus='0x00' slot='0x05' function='0x0'/></source>
		</hostdev>
	END
	echo "$TEST_DIR/hostdev.xml"
}

# by_virsh: what makes a guest of a file for xl, and stays.
by_virsh() {
	cat >"$TEST_DIR/by-virsh" <<-'END'
		#!/bin/bash
		set -e
		virsh domxml-from-native xen-xl "$1" | sed "s/managed='no'/managed='yes'/" >"$1.xml"
		cat "$1.xml"
		virsh create "$1.xml"
		name=$(sed -n 's,.*<name>\(.*\)</name>.*,\1,p' "$1.xml")
		lab-wait 3600 sh -c '! virsh domid "$1"' sh "$name"
	END
	chmod 755 "$TEST_DIR/by-virsh"
	echo "$TEST_DIR/by-virsh"
}

# dom0_has_it: dom0's driver, and it works.
dom0_has_it() {
	# shellcheck disable=SC2016 # expanded by the inner shell, each time
	lab-wait 30 sh -c '[ "$(basename "$(readlink "$1")")" = e1000e ]' sh "$PCI/$nic/driver" || fail "it is $(driver_of "$nic")'s"
	dom0_gets_lease "$nic"
}

test_nodedev_detach_and_reattach() {
	begin
	virsh nodedev-detach $node
	expect_driver "$nic" pciback
	expect_eq "isolation" quarantined "$(of "$nic" isolation)"
	virsh nodedev-reset $node
	expect_eq "isolation" quarantined "$(of "$nic" isolation)"
	virsh nodedev-reattach $node
	dom0_has_it
}

test_managed_a_guest_has_it_while_it_lives() {
	begin
	guest_start vm e1000e.sh --by "$(by_virsh)" "pci=[\"$nic\"]"
	guest_reaches vm ready
	expect_eq "owner" "$(xl domid vm)" "$(of "$nic" owner)"
	expect_eq "isolation" guest "$(of "$nic" isolation)"
	guest_tell vm shutdown
	guest_ends vm 0
	dom0_has_it
}

test_attach_device_and_detach_device() {
	begin
	guest_start plug hotplug.sh --by "$(by_virsh)" 'passthrough="enabled"' e820_host=1
	guest_reaches plug ready
	virsh attach-device plug "$(hostdev)" --live
	expect_seen plug "0000:00:00.0=8086:10d3"
	guest_tell plug lease-1
	guest_reaches plug leased-1
	virsh detach-device plug "$(hostdev)" --live
	expect_seen plug ''
	dom0_has_it
	virsh attach-device plug "$(hostdev)" --live
	expect_seen plug "0000:00:00.0=8086:10d3"
	guest_tell plug shutdown
	guest_ends plug 0
	dom0_has_it
}

run_tests
