/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hide_param - the parameters hide=, as long as it comes and as often as it is given, and
 * ids=
 */
#ifndef PCIBACK_HOST_HIDE_PARAM_H
#define PCIBACK_HOST_HIDE_PARAM_H

#include <linux/moduleparam.h>
#include <linux/types.h>

extern const struct kernel_param_ops pciback_hide_param_ops;
extern const struct kernel_param_ops pciback_hide_ids_ops;

int pciback_hide_param(const char **all, size_t *len);

#endif
