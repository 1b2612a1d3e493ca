# SPDX-License-Identifier: GPL-2.0
# What every program of the lab starts with. LAB is the lab's own directory.
# shellcheck shell=bash

shopt -s inherit_errexit
export LC_ALL=C.UTF-8

for lab_part in say table cache host enter mirror fetch roots tools; do
	# shellcheck source=/dev/null
	source "$LAB/lib/$lab_part.sh"
done
unset lab_part
