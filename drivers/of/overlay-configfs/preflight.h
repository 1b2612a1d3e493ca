/* SPDX-License-Identifier: GPL-2.0 */
/*
 * preflight - what the kernel would find out when it is too late to turn back
 */
#ifndef DTOVL_PREFLIGHT_H
#define DTOVL_PREFLIGHT_H

struct device_node;
struct dtovl_say;
struct dtovl_touch;

int dtovl_preflight(struct device_node *target, struct device_node *overlay,
		    struct dtovl_touch *touch, struct dtovl_say *say);

#endif
