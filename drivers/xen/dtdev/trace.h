/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trace - events of the driver, system xen_dtdev
 *
 * They look, they decide nothing.
 *
 * Their names begin with the driver's, for two events of one name, of whatever systems,
 * cannot be built into one kernel.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM xen_dtdev

#if !defined(DTDEV_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define DTDEV_TRACE_H

#include <linux/device.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

#include "core/relay.h"

#define DTDEV_TRACE_NAME	48	/* of a device; what is longer is cut */

DECLARE_EVENT_CLASS(device,
	TP_PROTO(const struct device *dev, int result),
	TP_ARGS(dev, result),
	TP_STRUCT__entry(
		__array(char, name, DTDEV_TRACE_NAME)
		__field(int, result)
	),
	TP_fast_assign(
		strscpy(__entry->name, dev_name(dev), DTDEV_TRACE_NAME);
		__entry->result = result;
	),
	TP_printk("%s %d", __entry->name, __entry->result)
);

/* 0 or -errno */
DEFINE_EVENT(device, dtdev_seize,
	TP_PROTO(const struct device *dev, int result), TP_ARGS(dev, result));

/* 0, or -errno if a driver will not find it fit for work */
DEFINE_EVENT(device, dtdev_release,
	TP_PROTO(const struct device *dev, int result), TP_ARGS(dev, result));

/* 0 or -errno */
DEFINE_EVENT(device, dtdev_reset,
	TP_PROTO(const struct device *dev, int result), TP_ARGS(dev, result));

/* 1: it is up, 0: it is not */
DEFINE_EVENT(device, dtdev_fence,
	TP_PROTO(const struct device *dev, int result), TP_ARGS(dev, result));

/* 1: it has been taken from dom0, 0: it has not, or there is none */
DEFINE_EVENT(device, dtdev_iommu,
	TP_PROTO(const struct device *dev, int result), TP_ARGS(dev, result));

/* What becomes of an interrupt that is passed on; from hard interrupts, with locks held. */
TRACE_EVENT(dtdev_relay,
	TP_PROTO(unsigned int number, enum dtdev_relay_action action),
	TP_ARGS(number, action),
	TP_STRUCT__entry(
		__field(unsigned int, number)
		__field(int, action)
	),
	TP_fast_assign(
		__entry->number = number;
		__entry->action = action;
	),
	TP_printk("%u %s", __entry->number,
		  __print_symbolic(__entry->action,
				   { DTDEV_RELAY_NOTHING, "nothing" },
				   { DTDEV_RELAY_TELL, "told" },
				   { DTDEV_RELAY_OPEN, "opened" },
				   { DTDEV_RELAY_LATER, "later" },
				   { DTDEV_RELAY_MASK, "masked" },
				   { DTDEV_RELAY_SPURIOUS, "spurious" }))
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
