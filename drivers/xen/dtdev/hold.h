/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hold - keeps a device alive that no driver of dom0 takes care of
 *
 * Its clocks run, at the rate they have; its power domains and regulators are on,
 * its way to memory is wide open, nothing keeps it in reset, and it can speak to the
 * outside. As long as it is held, and no longer.
 */
#ifndef DTDEV_HOLD_H
#define DTDEV_HOLD_H

#include <linux/types.h>

#include "phys.h"
#include "pins.h"

struct clk_bulk_data;
struct device;
struct dtdev_node;
struct icc_path;
struct regulator;

struct dtdev_hold {
	struct regulator **supplies;
	unsigned int supply_count;
	struct device **domains;	/* if there are several */
	unsigned int domain_count;
	bool runtime;			/* the device itself is kept resumed */
	struct icc_path **paths;
	unsigned int path_count;
	struct clk_bulk_data *clocks;
	int clock_count;
	struct dtdev_pins pins;
	struct dtdev_phys phys;
};

int dtdev_hold_start(struct dtdev_node *node);
void dtdev_hold_stop(struct dtdev_node *node);

#endif
