#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# dracut: called before udev is started.

/usr/lib/xen-pciback/early-load
