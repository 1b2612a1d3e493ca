# SPDX-License-Identifier: GPL-2.0
# One verb for each wish; `make help` lists them.

XPT_VERSION = 1.0
KDIR ?= /lib/modules/$(shell uname -r)/build
PREFIX ?= /usr/local
# What meets other threads, guests and interrupts most.
KCSAN_TESTS = $(addprefix pciback/,hostile hotplug aer burst reconnect)
# What a PVH dom0 can do.
KASAN_TESTS = $(addprefix pciback/,seize pvh)
# Modules that carry no type information of their own build without pahole.
KMAKE = $(MAKE) -C $(KDIR) M=$(CURDIR) CONFIG_DEBUG_INFO_BTF_MODULES=
KRELEASE = $(shell sed -n 's/^.define UTS_RELEASE "\(.*\)"/\1/p' $(KDIR)/include/generated/utsrelease.h)

.PHONY: modules
modules: ## build the modules for KDIR (default: the running kernel; W=1 C=1 as in the kernel)
	@test -d $(KDIR) || { echo "no kernel headers at $(KDIR): install them (linux-headers-...) or give KDIR="; exit 1; }
	+$(KMAKE) modules

.PHONY: test-modules
test-modules: ## build the modules that only tests load
	$(MAKE) -C $(KDIR) M=$(CURDIR)/selftests/modules CONFIG_DEBUG_INFO_BTF_MODULES= modules

.PHONY: install
install: modules install-tools ## install the modules for the kernel they were built for, and the tools
	+$(KMAKE) INSTALL_MOD_DIR=updates CONFIG_MODULE_SIG_ALL= modules_install
	depmod -a $(KRELEASE)

.PHONY: uninstall
uninstall: uninstall-tools ## undo install and install-boot
	find $(wildcard /lib/modules/*/updates) /dev/null $(foreach m,xen-pciback xen-dtdev xen-dtdev-irq dt-overlay-configfs,-name $m.ko* -delete -o) -false
	find $(wildcard /lib/modules/*/updates) /dev/null -depth -type d -empty -delete
	for dir in $(wildcard /lib/modules/*/kernel); do depmod -a "$$(basename "$${dir%/kernel}")"; done

.PHONY: install-tools
install-tools: install-programs install-xl-dtdev ## install xl-dtdev, xen-pciback-quirks, xen-pciback-hw-check and the manual pages

.PHONY: install-programs
install-programs:
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/sbin scripts/xen-pciback-quirks scripts/xen-pciback-hw-check
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/lib/xen-pciback/hw-check scripts/hw-check.d/*.sh
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man4 Documentation/man/*.4
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man8 $(filter-out %/xl-dtdev.8,$(wildcard Documentation/man/*.8))

.PHONY: install-xl-dtdev
install-xl-dtdev: tools
	test ! -e build/xl-dtdev/xl-dtdev || install -D -m 755 -t $(DESTDIR)$(PREFIX)/sbin build/xl-dtdev/xl-dtdev
	install -D -m 644 scripts/xl-dtdev/completion $(DESTDIR)$(PREFIX)/share/bash-completion/completions/xl-dtdev
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man8 Documentation/man/xl-dtdev.8

.PHONY: tools
tools: ## build xl-dtdev (CC= for another machine; needs libfdt, Debian's libfdt-dev)
	+@if ! command -v $(firstword $(CC)) >/dev/null; then lacking='compiler $(CC) here (Debian: gcc, libc6-dev)'; \
	elif ! echo '#include <libfdt.h>' | $(CC) -E -x c - >/dev/null 2>&1; then lacking='libfdt here (Debian: libfdt-dev, libc6-dev)'; \
	else $(MAKE) -s -C scripts/xl-dtdev; exit; fi; \
	rm -rf build/xl-dtdev; \
	echo "xl-dtdev is not built: there is no $$lacking"; \
	case $$(uname -m) in aarch64 | arm*) exit 1 ;; esac

.PHONY: install-boot
install-boot: ## install what loads xen-pciback from the initramfs (initramfs-tools, dracut)
	scripts/packaging/boot/install $(DESTDIR)

.PHONY: uninstall-tools
uninstall-tools:
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/sbin/,xl-dtdev xen-pciback-quirks xen-pciback-hw-check)
	rm -rf $(DESTDIR)$(PREFIX)/lib/xen-pciback
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/xl-dtdev
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/share/man/,$(foreach n,4 8,$(addprefix man$n/,$(notdir $(wildcard Documentation/man/*.$n)))))
	scripts/packaging/boot/uninstall $(DESTDIR)

.PHONY: dkms-source
dkms-source: ## put what dkms builds from into /usr/src
	scripts/packaging/dkms-source $(XPT_VERSION) $(DESTDIR)

.PHONY: dkms-source-guest
dkms-source-guest: ## the same for guests that dom0 passes interrupts on to
	scripts/packaging/dkms-source $(XPT_VERSION) "$(DESTDIR)" xen-dtdev-irq

.PHONY: dkms-install
dkms-install: dkms-there dkms-source install-boot install-tools ## have dkms build and install the modules, for each kernel to come, too
	-dkms remove xen-pciback/$(XPT_VERSION) --all >/dev/null 2>&1
	dkms install --force xen-pciback/$(XPT_VERSION)

# Before anything is installed.
.PHONY: dkms-there
dkms-there:
	@command -v dkms >/dev/null || { echo "there is no dkms: install it (Debian: apt install dkms)"; exit 1; }

.PHONY: dkms-remove
dkms-remove: uninstall-tools ## undo dkms-install
	dkms remove xen-pciback/$(XPT_VERSION) --all
	rm -rf /usr/src/xen-pciback-$(XPT_VERSION)

.PHONY: deb
deb: ## build the Debian packages xen-pciback-dkms, xen-dtdev-irq-dkms and xl-dtdev, into build/deb
	@scripts/packaging/deb

.PHONY: packages
packages: ## build all packages: Debian's, RPMs, and the trees of Arch's and Alpine's; are the right files in each?
	@scripts/packaging/packages

.PHONY: package-check
package-check: ## install, upgrade, remove and purge the package on Debian roots (SUITES='bookworm trixie')
	@selftests/packaging/run

.PHONY: clean
clean: ## remove what modules, unit and fuzz have built
	+@if test -d $(KDIR); then $(KMAKE) clean; fi
	rm -rf build

.PHONY: demo
demo: ## show the main job: a real Xen, a real guest, a network card between them
	@scripts/demo

.PHONY: demo-dt
demo-dt: ## show Xen's example: a Midway's network device, from the device tree to a guest
	@scripts/demo-dt

.PHONY: check
check: ## what guards the tree, in half an hour (ONLY='style build coccinelle unit fuzz lab selftests arm': some of it)
	@scripts/check.sh

.PHONY: check-all
check-all: ## all that guards the tree, with every file of the lab on its architecture: hours
	@scripts/check.sh all

.PHONY: build-check
build-check: ## every module for x86_64 and arm64, with W=1 and sparse
	@scripts/check-build.sh

.PHONY: to-kernel-check
to-kernel-check: ## lay the drivers into the newest kernel's tree, and build and check them there
	@scripts/check-to-kernel.sh

.PHONY: style
style: ## what the kernel's checkers say of the tree
	@scripts/check-style.sh

.PHONY: coccinelle
coccinelle: ## what the kernel's semantic patches say of the tree
	@scripts/check-coccinelle.sh

.PHONY: docs-check
docs-check: ## build the documents, and compare them with the code
	@scripts/check-docs.sh

.PHONY: selftests
selftests: ## tests in the lab (ARCH= KERNEL= XEN= DRIVER= ONLY='names')
	@selftests/run

.PHONY: matrix
matrix: ## build and test with each kernel and Xen of Debian's releases (ROWS= TESTS= BOOT=0)
	@selftests/matrix $(ROWS)

.PHONY: debug-check
debug-check: ## the selftests on a kernel that checks itself, and each allocation failing once
	@selftests/run KERNEL=debug ARCH=x86_64

.PHONY: kcsan-check
kcsan-check: ## tests on a kernel that finds data races (ONLY='names': others)
	@ONLY="$${ONLY:-$(KCSAN_TESTS)}" selftests/run KERNEL=kcsan ARCH=x86_64

.PHONY: kasan-check
kasan-check: ## tests in a PVH dom0 that finds bad accesses to memory (ONLY='names': others)
	@ONLY="$${ONLY:-$(KASAN_TESTS)}" selftests/run KERNEL=kasan ARCH=x86_64

.PHONY: hw-check
hw-check: ## does it get on with a card of this machine? As root, in dom0 (BDF=0000:05:00.0 GUEST=xl.cfg)
	@scripts/xen-pciback-hw-check $(if $(GUEST),--guest $(GUEST)) $(BDF)

.PHONY: bench
bench: ## measure against the kernel's own xen-pciback, in one boot (ROUNDS=1: a short look)
	@selftests/bench/run

.PHONY: unit
unit: ## test the pure rooms in user space (COVERAGE=1: with line coverage)
	$(MAKE) -C selftests/unit

.PHONY: fuzz
fuzz: ## fuzz the pure rooms for T seconds a target
	$(MAKE) -C selftests/fuzz

.PHONY: boards
boards: ## every device of every device tree that Debian ships, through xl-dtdev (UPDATE=1: take the counts)
	@selftests/boards/run

.PHONY: mutants
mutants: ## change the pure rooms a little: do the unit tests notice? (MUTANTS=all SEED= ONLY=)
	@python3 -B selftests/mutants/run.py

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | column -t -s '|'
