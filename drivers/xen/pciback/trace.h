/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trace - events of the driver, system xen_pciback
 *
 * They look, they decide nothing.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM xen_pciback

#if !defined(PCIBACK_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define PCIBACK_TRACE_H

#include <linux/tracepoint.h>

#include "core/bdf.h"

/* An operation of a guest has been answered. */
TRACE_EVENT(op,
	TP_PROTO(u16 domid, struct pciback_bdf guest, u32 cmd, s32 offset,
		 s32 size, u32 value, s32 err),
	TP_ARGS(domid, guest, cmd, offset, size, value, err),
	TP_STRUCT__entry(
		__field(u16, domid)
		__array(char, guest, PCIBACK_BDF_STRLEN)
		__field(u32, cmd)
		__field(s32, offset)
		__field(s32, size)
		__field(u32, value)
		__field(s32, err)
	),
	TP_fast_assign(
		__entry->domid = domid;
		pciback_bdf_format(guest, __entry->guest);
		__entry->cmd = cmd;
		__entry->offset = offset;
		__entry->size = size;
		__entry->value = value;
		__entry->err = err;
	),
	TP_printk("dom%u %s cmd=%u %#x:%d value=%#x err=%d",
		  __entry->domid, __entry->guest, __entry->cmd,
		  __entry->offset, __entry->size, __entry->value, __entry->err)
);

/*
 * What the filter decided: for a read, which bits come from hardware; for a
 * write, which bits are refused.
 */
TRACE_EVENT(decision,
	TP_PROTO(struct pciback_bdf host, bool write, u16 offset, u8 size,
		 u32 mask, u32 shadow),
	TP_ARGS(host, write, offset, size, mask, shadow),
	TP_STRUCT__entry(
		__array(char, host, PCIBACK_BDF_STRLEN)
		__field(bool, write)
		__field(u16, offset)
		__field(u8, size)
		__field(u32, mask)
		__field(u32, shadow)
	),
	TP_fast_assign(
		pciback_bdf_format(host, __entry->host);
		__entry->write = write;
		__entry->offset = offset;
		__entry->size = size;
		__entry->mask = mask;
		__entry->shadow = shadow;
	),
	TP_printk("%s %s %#x:%u %s=%#x %s=%#x",
		  __entry->host, __entry->write ? "write" : "read",
		  __entry->offset, __entry->size,
		  __entry->write ? "refused" : "hardware", __entry->mask,
		  __entry->write ? "value" : "shadow", __entry->shadow)
);

/* The handshake takes a step; states are xenbus's, steps core/handshake's. */
TRACE_EVENT(handshake,
	TP_PROTO(u16 domid, unsigned int own, unsigned int frontend,
		 unsigned int step),
	TP_ARGS(domid, own, frontend, step),
	TP_STRUCT__entry(
		__field(u16, domid)
		__field(u8, own)
		__field(u8, frontend)
		__field(u8, step)
	),
	TP_fast_assign(
		__entry->domid = domid;
		__entry->own = own;
		__entry->frontend = frontend;
		__entry->step = step;
	),
	TP_printk("dom%u own=%u frontend=%u step=%u", __entry->domid,
		  __entry->own, __entry->frontend, __entry->step)
);

DECLARE_EVENT_CLASS(function,
	TP_PROTO(struct pciback_bdf host, int result),
	TP_ARGS(host, result),
	TP_STRUCT__entry(
		__array(char, host, PCIBACK_BDF_STRLEN)
		__field(int, result)
	),
	TP_fast_assign(
		pciback_bdf_format(host, __entry->host);
		__entry->result = result;
	),
	TP_printk("%s %d", __entry->host,
		  __entry->result)
);

/* 0 or -errno */
DEFINE_EVENT(function, seize,
	TP_PROTO(struct pciback_bdf host, int result), TP_ARGS(host, result));

/* the number of the domain that had it */
DEFINE_EVENT(function, release,
	TP_PROTO(struct pciback_bdf host, int result), TP_ARGS(host, result));

/* 0 or -errno */
DEFINE_EVENT(function, reset,
	TP_PROTO(struct pciback_bdf host, int result), TP_ARGS(host, result));

/* the PCI core's state of the channel: 1 normal, 2 frozen, 3 lost */
DEFINE_EVENT(function, error,
	TP_PROTO(struct pciback_bdf host, int result), TP_ARGS(host, result));

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
