// SPDX-License-Identifier: GPL-2.0
/*
 * xen - asks Xen by its control interface, and tells it of dom0's own memory map
 *
 * The control interface (domctl) is not stable: it carries a version that each
 * Xen accepts exactly one of. The operations used here have had the same layout
 * in all versions listed; with any other Xen they are not used. Giving a page
 * back goes by the stable interface.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <xen/interface/xen.h>
#include <xen/interface/event_channel.h>
#include <xen/interface/memory.h>
#include <asm/xen/hypercall.h>

#include "xen.h"

#define XEN_MAPPING_MAX		64	/* frames that Xen takes at a time */

#define XEN_OP_GETDOMAININFO	5
#define XEN_OP_ASSIGN_DEVICE	37
#define XEN_OP_BIND_PT_IRQ	38
#define XEN_OP_MEMORY_MAPPING	39
#define XEN_OP_TEST_ASSIGN	45
#define XEN_OP_DEASSIGN_DEVICE	47
#define XEN_OP_UNBIND_PT_IRQ	48
#define XEN_OP_DEVICE_GROUP	50
#define XEN_PT_IRQ_SPI		4
#define XEN_DEVICE_PCI		0
#define XEN_DEVICE_DT		1
#define XEN_DEVICE_RDM_RELAXED	1

struct xen_domctl {
	u32 op;
	u32 version;
	domid_t domain;
	u16 pad[3];
	union {
		struct {
			aligned_u64 first_gfn;
			aligned_u64 first_mfn;
			aligned_u64 count;
			u32 add;
			u32 pad;
		} mapping;
		struct {
			u32 machine_irq;
			u32 type;
			union {
				u16 spi;
				aligned_u64 align[2];
			};
		} pt_irq;
		struct {
			u32 kind;
			u32 flags;
			union {
				u32 sbdf;	/* of a PCI function */
				u32 path_len;
			};
			u32 pad;
			aligned_u64 path;	/* a pointer */
		} device;
		struct {
			u32 sbdf;
			u32 max;
			u32 count;
			u32 pad;
			aligned_u64 others;	/* a pointer */
		} group;
		struct {
			domid_t domain;
			u16 pad;
			u32 flags;
		} info;
		u8 size[128];
	};
};

/* info.flags */
#define XEN_DOMAIN_DYING	1
#define XEN_DOMAIN_HVM		2

/* 4.19 to 4.21, 4.22, 4.18, 4.17. */
static const u32 xen_versions[] = { 0x17, 0x18, 0x16, 0x15 };
static u32 xen_version;		/* the one that Xen speaks; 0: none of them */
static domid_t xen_own;		/* dom0's number, which need not be 0 */

static int xen_domctl_call(struct xen_domctl *domctl)
{
	return privcmd_call(__HYPERVISOR_domctl, (unsigned long)domctl, 0, 0, 0, 0);
}

/* The caller fills in operation and arguments. */
static int xen_domctl_of(struct xen_domctl *domctl, domid_t domain)
{
	if (!xen_version)
		return -EPROTONOSUPPORT;
	domctl->version = xen_version;
	domctl->domain = domain;
	return xen_domctl_call(domctl);
}

/* The same, about dom0. */
static int xen_domctl_do(struct xen_domctl *domctl)
{
	return xen_domctl_of(domctl, xen_own);
}

/*
 * The number of the domain we are in: of a channel that is offered to nobody but
 * ourselves Xen tells it. Needs no xenstore. Returns 0 or -errno.
 */
static int xen_find_own(void)
{
	struct evtchn_alloc_unbound alloc = {
		.dom = DOMID_SELF,
		.remote_dom = DOMID_SELF,
	};
	struct evtchn_status status = { .dom = DOMID_SELF };
	struct evtchn_close close;
	int err;

	err = HYPERVISOR_event_channel_op(EVTCHNOP_alloc_unbound, &alloc);
	if (err)
		return err;
	status.port = alloc.port;
	err = HYPERVISOR_event_channel_op(EVTCHNOP_status, &status);
	if (!err)
		xen_own = status.u.unbound.dom;
	close.port = alloc.port;
	HYPERVISOR_event_channel_op(EVTCHNOP_close, &close);
	return err;
}

/*
 * Finds out which version Xen speaks. May sleep; before any other question. Returns
 * 0, -EPROTONOSUPPORT (none that is known here, or it does not talk to us: what goes by
 * the control interface will answer the same) or -errno.
 */
int xpt_xen_init(void)
{
	struct xen_domctl domctl;
	unsigned int i;
	int err = xen_find_own();

	if (err)
		return err;
	for (i = 0; i < ARRAY_SIZE(xen_versions); i++) {
		domctl = (struct xen_domctl){
			.op = XEN_OP_GETDOMAININFO,
			.version = xen_versions[i],
			.domain = xen_own,
		};
		if (xen_domctl_call(&domctl) == 0) {
			xen_version = xen_versions[i];
			return 0;
		}
	}
	return -EPROTONOSUPPORT;
}

/* Returns true, and what @domain is, or false: there is none, or Xen does not say. */
static bool xen_domain_flags(domid_t domain, u32 *flags)
{
	struct xen_domctl domctl = { .op = XEN_OP_GETDOMAININFO };

	/* Xen answers with the first domain of that number or a higher one. */
	if (xen_domctl_of(&domctl, domain) || domctl.info.domain != domain)
		return false;
	*flags = domctl.info.flags;
	return true;
}

/*
 * Has @domain not begun to be destroyed? One that has may take long to vanish, but runs no
 * more. May sleep.
 */
bool xpt_xen_lives(domid_t domain)
{
	u32 flags;

	return xen_domain_flags(domain, &flags) && !(flags & XEN_DOMAIN_DYING);
}

/* Is it one that a device model serves, and not a frontend? May sleep. */
bool xpt_xen_is_hvm(domid_t domain)
{
	u32 flags;

	return xen_domain_flags(domain, &flags) && flags & XEN_DOMAIN_HVM;
}

/* Takes @frames, from @first on, out of dom0's map. May sleep. Returns 0 or -errno. */
int xpt_xen_unmap(u64 first, u64 frames)
{
	struct xen_domctl domctl;
	u64 done, count;
	int err;

	for (done = 0; done < frames; done += count) {
		count = min_t(u64, frames - done, XEN_MAPPING_MAX);
		domctl = (struct xen_domctl){
			.op = XEN_OP_MEMORY_MAPPING,
			.mapping = {
				.first_gfn = first + done,
				.first_mfn = first + done,
				.count = count,
			},
		};
		err = xen_domctl_do(&domctl);
		if (err)
			return err;
	}
	return 0;
}

/*
 * Puts @frames, from @first on, into dom0's map, with the attributes they have after boot. May
 * sleep. Returns 0 if each of them is there.
 */
int xpt_xen_map(u64 first, u64 frames)
{
	u64 i;
	int err;

	for (i = 0; i < frames; i++) {
		struct xen_add_to_physmap add = {
			.domid = DOMID_SELF,
			.space = XENMAPSPACE_dev_mmio,
			.idx = first + i,
			.gpfn = first + i,
		};

		err = HYPERVISOR_memory_op(XENMEM_add_to_physmap, &add);
		if (err)
			return err;
	}
	return 0;
}

static int xen_spi_do(u32 op, u32 spi)
{
	struct xen_domctl domctl = {
		.op = op,
		.pt_irq = {
			.machine_irq = spi,
			.type = XEN_PT_IRQ_SPI,
			.spi = spi,
		},
	};

	return xen_domctl_do(&domctl);
}

static int xen_function_do(u32 op, domid_t domain, u32 sbdf, u32 flags)
{
	struct xen_domctl domctl = {
		.op = op,
		.device = {
			.kind = XEN_DEVICE_PCI,
			.flags = flags,
			.sbdf = sbdf,
		},
	};

	return xen_domctl_of(&domctl, domain);
}

/*
 * Asks Xen to take interrupt @spi from dom0, which tells whose it is. Returns 0
 * (it was dom0's, and is not any more), -EINVAL (it is not dom0's), -EBUSY (it
 * is, and this Xen cannot move it), or another error.
 */
int xpt_xen_unroute(u32 spi)
{
	return xen_spi_do(XEN_OP_UNBIND_PT_IRQ, spi);
}

/*
 * Gives interrupt @spi, which is nobody's, to dom0. Returns 0, -EBUSY (somebody has it,
 * or this Xen gives none to a domain that runs, as those before 4.19) or another error.
 */
int xpt_xen_route(u32 spi)
{
	return xen_spi_do(XEN_OP_BIND_PT_IRQ, spi);
}

/*
 * Does a domain have the PCI function at @sbdf (segment << 16 | bus << 8 | devfn)? Returns
 * 0 (dom0 has it, or nobody), -EINVAL (a guest has), -EOPNOTSUPP or -ENODEV (there is no
 * IOMMU), -EPROTONOSUPPORT (this Xen cannot be asked), or another error.
 */
int xpt_xen_find_function(u32 sbdf)
{
	/* About no domain: who asks of its own is refused. */
	return xen_function_do(XEN_OP_TEST_ASSIGN, DOMID_INVALID, sbdf, 0);
}

/*
 * Sends DMA of the PCI function at @sbdf, which is dom0's or in quarantine, to the memory
 * of @domain. That it may be told to use memory which the firmware reserves for it does
 * not matter. Returns 0, -EBUSY (a guest has it) or another error.
 */
int xpt_xen_assign(u32 sbdf, domid_t domain)
{
	return xen_function_do(XEN_OP_ASSIGN_DEVICE, domain, sbdf,
			       XEN_DEVICE_RDM_RELAXED);
}

/*
 * Takes it from @domain: it is in quarantine then, if Xen keeps such or it was before.
 * Returns 0, -ENODEV (@domain has it not) or another error.
 */
int xpt_xen_deassign(u32 sbdf, domid_t domain)
{
	return xen_function_do(XEN_OP_DEASSIGN_DEVICE, domain, sbdf, 0);
}

/* Has its DMA go nowhere; as xpt_xen_assign(), and it may be there already. */
int xpt_xen_quarantine(u32 sbdf)
{
	return xpt_xen_assign(sbdf, DOMID_IO);
}

/* Gives it back to dom0. Returns 0, -ENODEV (it is not in quarantine) or another error. */
int xpt_xen_unquarantine(u32 sbdf)
{
	return xpt_xen_deassign(sbdf, DOMID_IO);
}

/* Is it the domain we are in? */
bool xpt_xen_is_own(domid_t domain)
{
	return domain == xen_own;
}

/*
 * Which of dom0's PCI functions share the IOMMU context of the one at @sbdf? Returns how
 * many of them, @max at most, are in @others now, or -errno.
 */
int xpt_xen_group(u32 sbdf, u32 *others, unsigned int max)
{
	struct xen_domctl domctl = {
		.op = XEN_OP_DEVICE_GROUP,
		.group = {
			.sbdf = sbdf,
			.max = max,
			.others = (unsigned long)others,
		},
	};
	int err = xen_domctl_do(&domctl);
	unsigned int i, count;

	if (err)
		return err;
	count = min(domctl.group.count, max);
	/* Xen's old spelling, bus << 16 | devfn << 8, of the same segment. */
	for (i = 0; i < count; i++)
		others[i] = (sbdf & ~0xffffu) | (others[i] >> 8 & 0xffff);
	return count;
}

static int xen_node_do(u32 op, const char *path)
{
	struct xen_domctl domctl = {
		.op = op,
		.device = {
			.kind = XEN_DEVICE_DT,
			/* With its end, which newer ones want to see, and older ones take. */
			.path_len = strlen(path) + 1,
			.path = (unsigned long)path,
		},
	};

	return xen_domctl_do(&domctl);
}

/*
 * Is the node that Xen has at @path assigned to some domain? Returns 0 (it is not,
 * or no IOMMU looks after it), -EINVAL (it is), -EOPNOTSUPP or -ENODEV (there is no
 * IOMMU), -ESRCH (no such node), or another error.
 */
int xpt_xen_find_node(const char *path)
{
	return xen_node_do(XEN_OP_TEST_ASSIGN, path);
}

/*
 * Lets the IOMMU send DMA of the node to dom0's memory. Returns 0, -EINVAL (no
 * IOMMU looks after it), -EBUSY (it is assigned to a domain), or another error.
 */
int xpt_xen_assign_node(const char *path)
{
	return xen_node_do(XEN_OP_ASSIGN_DEVICE, path);
}

/* Takes the node from dom0, which has it: it is nobody's then. */
int xpt_xen_deassign_node(const char *path)
{
	return xen_node_do(XEN_OP_DEASSIGN_DEVICE, path);
}
