# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What a test in dom0 begins with: source /lab/lib/dom0.sh

# shellcheck source=ktap.sh
source /lab/lib/ktap.sh
# shellcheck source=pci.sh
source /lab/lib/pci.sh
# shellcheck source=guests.sh
source /lab/lib/guests.sh
