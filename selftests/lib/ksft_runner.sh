#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Called by kselftest's runner for a test of the directory that it is in:
#
#   ./ksft_runner.sh ./NAME.sh
#
# Where this dom0 is not what the test needs by its first lines, that is said, and the
# status is 4: skipped.

set -euo pipefail

lib=$(dirname "$0")/../lib
# shellcheck source=needs.sh
source "$lib/needs.sh"

missing=$(needs_missing "$1")
if [[ -n $missing ]]; then
	echo "SKIP: $missing"
	exit 4
fi
# Tests find what they share there.
[[ -e /lab/lib ]] || ln -s "$(readlink -f "$lib")" /lab/lib
[[ ! -d guest ]] || ln -sfn "$(readlink -f guest)" /lab/guests
exec bash "$1"
