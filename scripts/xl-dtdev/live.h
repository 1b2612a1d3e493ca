/* SPDX-License-Identifier: GPL-2.0 */
/*
 * live - this machine: xen-dtdev's attributes, its messages, and xl
 */
#ifndef XL_DTDEV_LIVE_H
#define XL_DTDEV_LIVE_H

#include "device.h"
#include "program.h"

#define LIVE_DRIVER	"/sys/bus/platform/drivers/xen-dtdev"
#define LIVE_CHECK	"/sys/kernel/debug/xen-dtdev/check"

void live_load_module(void);
const char *live_directory(struct pool *pool, const char *path);
char *live_read(struct pool *pool, const char *file);
char *live_answer(struct pool *pool, const char *file, const char *question);
const char *live_driver(struct pool *pool, const char *device);
char *live_next_line(char **text);
void live_ask(struct pool *pool, const char *file, const char *value, const char *path);
const char *live_output(struct pool *pool, const char *const argv[]);
bool live_is_kept(const struct device_irq *irq);
bool live_device(struct device *device, struct pool *pool, const struct tree_node *node);
bool live_has_iommu(struct pool *pool);
const char *live_dying(struct pool *pool, u32 *index);
void live_name(struct pool *pool, const struct device *device, const char *guest);
const char *live_guests(struct pool *pool, const struct device *device, const char *but);
bool live_has(struct pool *pool, const char *guest, const struct device *device);

#endif
