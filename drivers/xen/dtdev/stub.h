/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stub - the drivers that devices are bound to while they are ours
 */
#ifndef DTDEV_STUB_H
#define DTDEV_STUB_H

#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/types.h>

#include "seize.h"

struct device;
struct device_driver;

#define DTDEV_STUB_NAME	"xen-dtdev"

int dtdev_stub_init(void);
void dtdev_stub_exit(void);

void dtdev_stub_expect(const struct dtdev_seize_request *request);
int dtdev_stub_attach(struct device *dev);
bool dtdev_stub_owns(struct device *dev);
int dtdev_stub_probe(struct device *dev);

#if IS_ENABLED(CONFIG_ARM_AMBA)
int dtdev_stub_amba_init(void);
void dtdev_stub_amba_exit(void);
struct device_driver *dtdev_stub_amba_driver(struct device *dev);
#else
static inline int dtdev_stub_amba_init(void)
{
	return 0;
}

static inline void dtdev_stub_amba_exit(void)
{
}

static inline struct device_driver *dtdev_stub_amba_driver(struct device *dev)
{
	return NULL;
}
#endif

#endif
