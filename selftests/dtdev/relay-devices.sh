# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2119
# Devices that dom0 uses, released while the machine runs, whose guests have their interrupts
# by way of dom0: a UART, and a GPIO controller, on which the power button hangs.
#
# arch: arm64
# only by name: minutes
# lab: --uart test
# lab: --dtb-edit fdtput -r $DTB /gpio-keys

# shellcheck source=../lib/dom0.sh
source /lab/lib/dom0.sh
# shellcheck source=../lib/dt.sh
source /lab/lib/dt.sh
# shellcheck source=../lib/uart.sh
source /lab/lib/uart.sh

gpio=/pl061@9030000 button=3 class=/sys/class/xen-dtdev

# give GUEST PATH SCRIPT LAB-GUEST-ARGUMENT...: what has been released, with its interrupt.
give() {
	local lines
	xl-dtdev config "$2" --guest "$1" --out "$TEST_DIR"
	expect_no '^irqs' "xl.cfg" <"$TEST_DIR/$1.cfg"
	mapfile -t lines < <(grep -v '^#' "$TEST_DIR/$1.cfg")
	guest_start "$1" "$3" "${lines[@]}" --file /lab/guest/updates/xen-dtdev-irq.ko "${@:4}"
}

# turns DEVICE: interrupts of its only line that were passed on.
turns() {
	sed -n 's/.* turns \([0-9]*\).*/\1/p' "$class/$1/relays"
}

# dom0_talks: its own driver has the UART, and takes its interrupt.
dom0_talks() {
	local tty line
	lab-wait 20 test -e /sys/bus/amba/devices/9040000.pl011/driver || fail "no driver has the UART"
	tty=/dev/$(find /sys/bus/amba/devices/9040000.pl011/ -name 'ttyAMA*' -printf '%f\n' -quit)
	exec 6<>"$tty"
	stty -F "$tty" raw -echo 115200
	echo "dom0 speaks" >&6
	expect_eq "what dom0 prints" "dom0 speaks" "$(hear)"
	echo "dom0 answers" >&5
	IFS= read -r -t 60 -u 6 line || fail "dom0 hears nothing"
	expect_eq "what dom0 hears" "dom0 answers" "$line"
	expect_ge "interrupts in dom0" 1 "$(lab-irqs uart-pl011)"
	exec 6>&-
}

test_a_uart() {
	dt_load
	exec 5<>$line_end
	dom0_talks
	# Its driver does not like that; there is no console on it.
	dt_release $uart force=no-unbind
	give talker $uart uart.sh --append talk=1
	converse "guest 1"
	expect_relay $class/9040000.pl011 armed
	guest_reaches talker interrupts
	expect_ge "interrupts in the guest" 1 "$(guest_told talker interrupts)"
	expect_ge "interrupts passed on" "$(guest_told talker interrupts)" "$(turns 9040000.pl011)"
	now guest_destroy talker
	now xl-dtdev reclaim $uart
	dom0_talks
}

# dom0_feels_the_button: its own driver has the controller.
dom0_feels_the_button() {
	local base line
	base=$(cat /sys/bus/amba/devices/9030000.pl061/gpio/gpiochip*/base)
	line=$((base + button))
	echo $line >/sys/class/gpio/export
	echo rising >/sys/class/gpio/gpio$line/edge
	lab-monitor system_powerdown
	lab-wait 30 lab-irqs gpiolib 0 || fail "dom0 does not feel the button"
	echo $line >/sys/class/gpio/unexport
}

test_a_gpio_controller() {
	local i
	dt_load
	dom0_feels_the_button
	dt_release $gpio
	give presser $gpio gpio.sh --append line=$button
	guest_reaches presser ready
	expect_relay $class/9030000.pl061 armed
	for i in 1 2; do
		lab-monitor system_powerdown
		guest_tell presser "count$i"
		guest_reaches presser "count$i"
		expect_eq "what the guest has felt" "$i" "$(guest_told presser "count$i")"
	done
	expect_eq "interrupts passed on" 2 "$(turns 9030000.pl061)"
	now guest_destroy presser
	now xl-dtdev reclaim $gpio
	dom0_feels_the_button
}

run_tests
