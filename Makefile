# SPDX-License-Identifier: GPL-2.0
# One verb for each wish; `make help` lists them.

KDIR ?= /lib/modules/$(shell uname -r)/build
# Modules that carry no type information of their own build without pahole.
KMAKE = $(MAKE) -C $(KDIR) M=$(CURDIR) CONFIG_DEBUG_INFO_BTF_MODULES=

.PHONY: modules
modules: ## build the modules for KDIR (default: the running kernel; W=1 C=1 as in the kernel)
	@test -d $(KDIR) || { echo "no kernel headers at $(KDIR): install them (linux-headers-...) or give KDIR="; exit 1; }
	$(KMAKE) modules

.PHONY: test-modules
test-modules: ## build the modules that only tests load
	$(MAKE) -C $(KDIR) M=$(CURDIR)/selftests/modules CONFIG_DEBUG_INFO_BTF_MODULES= modules

.PHONY: install
install: modules ## install the modules for the kernel they were built for
	$(KMAKE) modules_install
	depmod -a $(shell $(MAKE) -s -C $(KDIR) kernelrelease 2>/dev/null)

.PHONY: install-boot
install-boot: ## install what loads xen-pciback from the initramfs (initramfs-tools, dracut)
	scripts/packaging/boot/install $(DESTDIR)

.PHONY: clean
clean: ## remove what modules, unit and fuzz have built
	@if test -d $(KDIR); then $(KMAKE) clean; fi
	rm -rf build

.PHONY: demo
demo: ## show the main job: a real Xen, a real guest, a network card between them
	@scripts/demo

.PHONY: demo-dt
demo-dt: ## show Xen's example: a Midway's network device, from the device tree to a guest
	@scripts/demo-dt

.PHONY: check
check: ## everything that guards the tree (ONLY='style unit fuzz story selftests': some of it)
	@scripts/check.sh

.PHONY: style
style: ## what the kernel's checkers say of the tree
	@scripts/check-style.sh

.PHONY: docs-check
docs-check: ## build the documents, and compare them with the code
	@scripts/check-docs.sh

.PHONY: selftests
selftests: ## tests in the lab (ARCH= KERNEL= XEN= DRIVER= ONLY='names')
	@selftests/run

.PHONY: debug-check
debug-check: ## the selftests on a kernel that checks itself, and each allocation failing once
	@selftests/run KERNEL=debug ARCH=x86_64

.PHONY: unit
unit: ## test the pure rooms in user space (COVERAGE=1: with line coverage)
	$(MAKE) -C selftests/unit

.PHONY: fuzz
fuzz: ## fuzz the pure rooms for T seconds a target
	$(MAKE) -C selftests/fuzz

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | column -t -s '|'
