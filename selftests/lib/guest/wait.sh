# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
# A guest that stays until it is destroyed.

exec tail -f /dev/null
