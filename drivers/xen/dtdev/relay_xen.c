// SPDX-License-Identifier: GPL-2.0
/*
 * relay_xen - what a relay asks Xen and xenstore
 *
 * The channels are dom0's: it allocates a port that the guest, and nobody else, may
 * bind to, any number of times. So a guest that closes its end comes back; and no event
 * reaches dom0 that the guest has not sent. What dom0 writes below a domain's directory has
 * the permissions of that directory: the guest reads it, and cannot change it.
 */
#include <linux/err.h>
#include <linux/kstrtox.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <xen/interface/event_channel.h>
#include <xen/interface/xen.h>
#include <xen/xenbus.h>
#include <asm/xen/hypercall.h>

#include "../common/xen.h"
#include "relay_xen.h"

#define XEN_DOMAINS	"/local/domain"
#define XEN_OFFERS	"xen-dtdev/irq"

/* The domain's name is dom0's to write. */
static bool xen_is_named(const char *domain, const char *name)
{
	char *dir = kasprintf(GFP_KERNEL, XEN_DOMAINS "/%s", domain);
	char *found;
	bool same;

	if (!dir)
		return false;
	found = xenbus_read(XBT_NIL, dir, "name", NULL);
	kfree(dir);
	if (IS_ERR(found))
		return false;
	same = !strcmp(found, name);
	kfree(found);
	return same;
}

/*
 * Returns the number of a guest of that name that lives, or -ESRCH: there is none.
 * May sleep.
 */
int dtdev_relay_xen_find(const char *name)
{
	unsigned int count, i;
	int found = -ESRCH;
	char **domains;
	u16 domain;

	domains = xenbus_directory(XBT_NIL, XEN_DOMAINS, "", &count);
	if (IS_ERR(domains))
		return -ESRCH;
	for (i = 0; i < count && found < 0; i++)
		if (!kstrtou16(domains[i], 10, &domain) && domain &&
		    xen_is_named(domains[i], name) && xpt_xen_lives(domain))
			found = domain;
	kfree(domains);
	return found;
}

/* A port of dom0 that @domain may bind to. Returns 0 or -errno. */
int dtdev_relay_xen_open(domid_t domain, evtchn_port_t *port)
{
	struct evtchn_alloc_unbound alloc = {
		.dom = DOMID_SELF,
		.remote_dom = domain,
	};
	int err = HYPERVISOR_event_channel_op(EVTCHNOP_alloc_unbound, &alloc);

	*port = alloc.port;
	return err;
}

/* One that has no handler yet: with the handler, Linux closes it. */
void dtdev_relay_xen_close(evtchn_port_t port)
{
	struct evtchn_close close = { .port = port };

	HYPERVISOR_event_channel_op(EVTCHNOP_close, &close);
}

static char *xen_offer_key(domid_t domain, unsigned int number)
{
	return kasprintf(GFP_KERNEL, XEN_DOMAINS "/%u/" XEN_OFFERS "/%u", domain, number);
}

/* Tells the guest the port of its interrupt. May sleep. Returns 0 or -errno. */
int dtdev_relay_xen_offer(domid_t domain, unsigned int number, evtchn_port_t port)
{
	char *key = xen_offer_key(domain, number);
	int err;

	if (!key)
		return -ENOMEM;
	err = xenbus_printf(XBT_NIL, key, "", "%u", port);
	kfree(key);
	return err;
}

/* The toolstack removes all of a guest that ends. May sleep. */
void dtdev_relay_xen_withdraw(domid_t domain, unsigned int number)
{
	char *key = xen_offer_key(domain, number);

	if (key)
		xenbus_rm(XBT_NIL, key, "");
	kfree(key);
}
