#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# guest-logs.sh TREE WORK: lab-guest over an xl that plays a guest's console. Whichever way
# a guest ends, a splat in its kernel's log is one of the run. Prints where it is not.

set -uo pipefail

tree=$1 root=$2/dom0 bad=0
export PLAY=$2/play

mkdir -p "$root"/{lab/bin,lab/guest,run/lab/guests,console,bin} "$PLAY"
cd "$root" || exit
touch lab/guest/{init,userland.cpio,modules.cpio} lab/ktap_helpers.sh script
cp "$tree/scripts/lab/common/"lab-* lab/bin/
cp "$tree/scripts/lab/common/splat.sh" lab/
# Where dom0 has its files, here.
sed -e "s,\\([ \"]\\)/lab/,\\1$root/lab/,g; s,/run/lab,$root&,g; s,/var/log/xen/console,$root/console,g" \
	"$tree/scripts/lab/dom0/lab-guest" >bin/lab-guest
sed -n '/^stop_guests()/,/^}/p' "$tree/scripts/lab/dom0/init" | sed "s,/run/lab,$root&,g" >stop-guests
export PATH=$root/bin:$root/lab/bin:$PATH LAB_ARCH=x86_64 LAB_KERNEL=6.12 LAB_PATIENCE=1

# The domain says what is in console, and stays until it is destroyed if it is to.
cat >bin/xl <<END
#!/bin/bash
case \$1 in
create)
	sed "s/@/\$(<"$PLAY/nonce")/" "$PLAY/console" >>"$root/console/guest-it.log"
	until [[ ! -e $PLAY/stays || -e $PLAY/destroyed ]]; do sleep 0.1; done
	sleep 0.5
	;;
destroy) touch "$PLAY/destroyed" ;;
domid) [[ -e $PLAY/stays && ! -e $PLAY/destroyed ]] && echo 1 ;;
list) exit 1 ;;
esac
END
# What packs the initramfs knows what its lines begin with.
cat >bin/busybox <<END
#!/bin/bash
cat >/dev/null
sed -n "s/^LAB_NONCE='\(.*\)'/\1/p" lab/env >"$PLAY/nonce"
END
printf '#!/bin/sh\n' >bin/xenstore-write
# dom0's awk reads a line when it is there; this machine's may wait for more.
awk=$(readlink -f "$(command -v awk)")
[[ $awk != *mawk ]] || printf '#!/bin/sh\nexec %s -W interactive "$@"\n' "$awk" >bin/awk
chmod 755 bin/*

# begin LINE...: a console with these lines; @ is the nonce.
begin() {
	rm -rf run/lab/splats run/lab/guests/* console/* "${PLAY:?}"/*
	printf '%s\n' '@k:Linux version' '@k:lab: script begins' '@b:begun' "$@" >"$PLAY/console"
}

# wants WHAT WANTED GOT: a pattern.
wants() {
	# shellcheck disable=SC2053 # a pattern on purpose
	[[ $3 == $2 ]] || { echo "$1: wanted '$2', got '$3'" && bad=1; }
}

# ends WHAT STATUS SPLAT LAB-GUEST-ARGUMENT...: when it is waited for.
ends() {
	local status=0
	lab-guest it --script script "${@:4}" >out 2>&1 || status=$?
	wants "$1" "$2" "$status"
	wants "$1, splats" "$3" "$(cat run/lab/splats 2>/dev/null)"
}

# destroyed WHAT STATUS SPLAT COMMAND...: by that, while its script runs.
destroyed() {
	local status=0
	touch "$PLAY/stays"
	lab-guest it --script script --detach >out 2>&1
	"${@:4}" >>out 2>&1
	lab-guest --wait it || status=$?
	wants "$1" "$2" "$status"
	wants "$1, splats" "$3" "$(cat run/lab/splats 2>/dev/null)"
}

# shellcheck disable=SC2317 # called by what is taken from init
tell() {
	echo "$*"
}

# shellcheck source=/dev/null
source ./stop-guests

warning='@k:WARNING: CPU: 0 PID: 1 at irq.c:1'
said='guest it: splat: WARNING: CPU: 0*'
begin '@s:0'
ends 'a good guest' 0 ''
begin "$warning" '@s:0'
ends 'a splat, and a status' 121 "$said"
begin "$warning"
ends 'a splat, then no sign of life' 121 "$said"
begin "$warning"
ends 'a splat that is expected' 121 '' --may-crash
begin "$warning" 'Kernel panic - not syncing'
ends 'a splat, and a panic' 122 'guest it: panic: Kernel panic*'
begin "$warning"
touch "$PLAY/stays"
ends 'a splat, and no end' 121 "$said" --timeout 2
begin
destroyed 'destroyed' 124 '' xl destroy it
begin "$warning"
destroyed 'destroyed after a splat' 121 "$said" xl destroy it
begin "$warning"
destroyed 'left running after a splat' 121 "$said" stop_guests
begin
sed -i "2i @k:BUG: kernel NULL pointer" "$PLAY/console"
destroyed 'a splat before its script' 121 'guest it: splat: BUG: kernel*' xl destroy it
exit "$bad"
