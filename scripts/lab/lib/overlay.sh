# SPDX-License-Identifier: GPL-2.0
# What is particular to one run, as the last initramfs piece of dom0: its init,
# the script, the files, the guests' parts.
# shellcheck shell=bash

# overlay_pack RUN-DIR NONCE: leaves run.cpio there.
overlay_pack() {
	local run=$1 tree=$1/overlay
	mkdir -p "$tree"/lab/{bin,guest,disks}
	cp "$LAB/dom0/init" "$tree/init"
	cp "$LAB/dom0/"lab-* "$LAB/common/"lab-* "$tree/lab/bin/"
	[[ -z $tool_object ]] || cp "$tool_object/xl-dtdev" "$tree/lab/bin/"
	cp "$LAB/common/splat.sh" "$LAB/dom0/checks.sh" "$tree/lab/"
	cp "$script" "$tree/lab/script"
	overlay_env "$2" >"$tree/lab/env"
	printf '%s\n' "${machine_made[@]}" >"$tree/lab/machine"
	overlay_guest_parts "$tree/lab/guest"
	overlay_files "$tree"
	overlay_disk_sums "$tree/lab/disks"
	cp "$(linux_source_tools)/ktap_helpers.sh" "$tree/lab/"
	chmod 755 "$tree/init" "$tree"/lab/bin/*
	pack_cpio "$tree" "$run/run.cpio"
	rm -r "$tree"
}

overlay_env() {
	cat <<-END
		LAB_NONCE='$1'
		LAB_ARCH='$arch'
		LAB_KERNEL='$kernel'
		LAB_PATIENCE='${KERNEL_PATIENCE[$kernel]:-1}'
		LAB_MODULES='$modules_ours'
		LAB_XEN='$xen'
		LAB_DRIVER='$driver'
		LAB_XENSTORED='${XENSTORED_PROGRAM[$xenstored]}'
		LAB_CHANNEL='$(boot_channel)'
		LAB_CHANNEL_DRIVER='xgmac'
		LAB_MONITOR='$(boot_monitor)'
		LAB_WIRE='$(boot_wire)'
		LAB_BOOT_COUNTS='${initrd:+yes}'
		LAB_POWEROFF='$(boot_poweroff)'
	END
}

overlay_guest_parts() {
	local userland modules
	userland=$(userland_guest "$xen_object" "$arch")
	modules=$(modules_guest "$guest_kernel_object")
	cp "$(kernel_image "$guest_kernel_object")" "$1/vmlinuz"
	mkdir "$1/updates"
	[[ -z $guest_module_dir ]] || cp "$guest_module_dir"/*.ko "$1/updates/"
	cp "$userland/userland.cpio" "$modules/modules.cpio" "$1/"
	cp "$LAB/guest/init" "$1/init"
	chmod 755 "$1/init"
}

# --file SRC[:DST]: default /lab/<name>.
overlay_files() {
	local pair from to
	for pair in "${files[@]}"; do
		from=${pair%%:*}
		to=/lab/$(basename "$from")
		[[ $pair != *:* ]] || to=${pair#*:}
		# Top-level names are links in dom0 (/bin, /lib): keep them links.
		[[ ! $to =~ ^/(bin|sbin|lib|lib64)/ ]] || to=/usr$to
		mkdir -p "$1$(dirname "$to")"
		cp -rL "$from" "$1$to"
	done
}

overlay_disk_sums() {
	local disk id
	for disk in "${disks[@]}"; do
		id=${disk%%:*}
		cp "$(disk_object "$disk")/sha256" "$1/$id.sha256"
	done
}
