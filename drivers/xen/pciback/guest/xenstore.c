// SPDX-License-Identifier: GPL-2.0
/*
 * xenstore - reads and writes keys
 *
 * All of this sleeps, waiting for xenstored. Formats: xen/interface/io/pciif.h
 * and what libxl and pcifront agree on.
 *
 * A key that is not there, or does not say what it should, means something. That
 * it could not be read, for want of memory, means nothing: those are the errors
 * returned, and the caller has to look again.
 *
 * Nothing is written into a directory that the toolstack has taken away: a key would
 * bring it back, and nobody would ever take that away.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <xen/interface/io/pciif.h>
#include <xen/xenbus.h>

#include "../core/bdf.h"
#include "../core/topology.h"
#include "xenstore.h"

/* "dev-12" and its like */
#define XENSTORE_KEY	24

static const char *xenstore_key(char key[XENSTORE_KEY], const char *name,
				unsigned int n)
{
	snprintf(key, XENSTORE_KEY, "%s-%u", name, n);
	return key;
}

/* Reads a number; *@value stays as it is where there is none. */
static int xenstore_number_in(struct xenbus_transaction transaction, const char *dir,
			      const char *key, const char *format, unsigned int *value)
{
	unsigned int number;
	int err = xenbus_scanf(transaction, dir, key, format, &number);

	if (err == 1)
		*value = number;
	return err == 1 || err == -ENOENT || err == -ERANGE ? 0 : err;
}

static int xenstore_number(const char *dir, const char *key, const char *format,
			   unsigned int *value)
{
	return xenstore_number_in(XBT_NIL, dir, key, format, value);
}

/* The state in @dir, ours or the frontend's; Unknown where there is none. */
int pciback_xenstore_state(struct xenbus_device *xdev, const char *dir,
			   enum xenbus_state *state)
{
	unsigned int value = XenbusStateUnknown;
	int err;

	*state = xenbus_read_driver_state(xdev, dir);
	if (*state != XenbusStateUnknown)
		return 0;
	/* Not there, or not read? */
	err = xenstore_number(dir, "state", "%u", &value);
	return err ?: value == XenbusStateUnknown ? 0 : -EAGAIN;
}

/* Will the domain want its functions again? */
int pciback_xenstore_is_online(struct xenbus_device *xdev, bool *is_online)
{
	unsigned int value = 0;
	int err = xenstore_number(xdev->nodename, "online", "%u", &value);

	*is_online = value;
	return err;
}

static int xenstore_num_devs(struct xenbus_transaction transaction,
			     struct xenbus_device *xdev, unsigned int *num)
{
	int err;

	*num = 0;
	err = xenstore_number_in(transaction, xdev->nodename, "num_devs", "%u", num);
	*num = min_t(unsigned int, *num, PCIBACK_MAX_DEVS);
	return err;
}

/* How many functions the toolstack lists; 0 where it has not said. */
int pciback_xenstore_num_devs(struct xenbus_device *xdev, unsigned int *num)
{
	return xenstore_num_devs(XBT_NIL, xdev, num);
}

static int xenstore_dev(struct xenbus_transaction transaction,
			struct xenbus_device *xdev, unsigned int n,
			struct pciback_bdf *host)
{
	char key[XENSTORE_KEY];
	unsigned int len;
	char *value;
	int err;

	value = xenbus_read(transaction, xdev->nodename,
			    xenstore_key(key, "dev", n), &len);
	if (IS_ERR(value))
		return PTR_ERR(value);
	err = pciback_bdf_parse_line(value, len, host);
	kfree(value);
	return err;
}

/* The host address of function @n. Returns 0, -EINVAL or xenstore's error. */
int pciback_xenstore_dev(struct xenbus_device *xdev, unsigned int n,
			 struct pciback_bdf *host)
{
	return xenstore_dev(XBT_NIL, xdev, n, host);
}

/* Returns 1 or 0: @host is or is not in the list; or xenstore's error. */
static int xenstore_lists(struct xenbus_transaction transaction,
			  struct xenbus_device *xdev, struct pciback_bdf host)
{
	struct pciback_bdf at;
	unsigned int n, count;
	int err = xenstore_num_devs(transaction, xdev, &count);

	for (n = 0; !err && n < count; n++) {
		err = xenstore_dev(transaction, xdev, n, &at);
		if (!err && pciback_bdf_key(at) == pciback_bdf_key(host))
			return 1;
		if (err == -EINVAL || err == -ENOENT)
			err = 0;
	}
	return err;
}

/*
 * Does the toolstack list @host? As of one moment, for toolstacks renumber. Returns 0 or
 * xenstore's error.
 */
int pciback_xenstore_lists(struct xenbus_device *xdev, struct pciback_bdf host,
			   bool *lists)
{
	struct xenbus_transaction transaction;
	int found, ended;

	do {
		ended = xenbus_transaction_start(&transaction);
		if (ended)
			return ended;
		found = xenstore_lists(transaction, xdev, host);
		ended = xenbus_transaction_end(transaction, found < 0);
	} while (found >= 0 && ended == -EAGAIN);
	*lists = found;
	return found < 0 ? found : ended;
}

/* The devfn the toolstack wants the guest to see, or PCIBACK_ANY_DEVFN. */
int pciback_xenstore_wish(struct xenbus_device *xdev, unsigned int n, int *devfn)
{
	char key[XENSTORE_KEY];
	unsigned int value = 0;
	int err;

	err = xenstore_number(xdev->nodename, xenstore_key(key, "vdevfn", n),
			      "%x", &value);
	/* libxl writes 0 where the owner asked for nothing. */
	*devfn = value ?: PCIBACK_ANY_DEVFN;
	return err;
}

int pciback_xenstore_dev_state(struct xenbus_device *xdev, unsigned int n,
			       enum xenbus_state *state)
{
	char key[XENSTORE_KEY];
	unsigned int value = XenbusStateUnknown;
	int err;

	err = xenstore_number(xdev->nodename, xenstore_key(key, "state", n),
			      "%u", &value);
	*state = value;
	return err;
}

/* Takes a key of ours away, if there is one. */
static void xenstore_remove(struct xenbus_device *xdev, const char *key)
{
	if (xenbus_exists(XBT_NIL, xdev->nodename, key))
		xenbus_rm(XBT_NIL, xdev->nodename, key);
}

/*
 * Writes a key of ours. Returns 0, -ENOENT where our directory is gone, or xenstore's
 * error.
 */
static int xenstore_write(struct xenbus_device *xdev, const char *key,
			  const char *value)
{
	struct xenbus_transaction transaction;
	char *state;
	int err, ended;

	do {
		err = xenbus_transaction_start(&transaction);
		if (err)
			return err;
		state = xenbus_read(transaction, xdev->nodename, "state", NULL);
		err = PTR_ERR_OR_ZERO(state);
		if (!err) {
			kfree(state);
			err = xenbus_write(transaction, xdev->nodename, key,
					   value);
		}
		ended = xenbus_transaction_end(transaction, err);
	} while (!err && ended == -EAGAIN);
	return err ?: ended;
}

static int xenstore_write_dev_state(struct xenbus_device *xdev, unsigned int n,
				    enum xenbus_state state)
{
	char key[XENSTORE_KEY], value[XENSTORE_KEY];

	snprintf(value, sizeof(value), "%d", state);
	return xenstore_write(xdev, xenstore_key(key, "state", n), value);
}

/* A state, from @from to @to. */
static int xenstore_step(struct xenbus_transaction transaction, const char *dir,
			 const char *key, enum xenbus_state from,
			 enum xenbus_state to)
{
	int state, err;

	err = xenbus_scanf(transaction, dir, key, "%d", &state);
	if (err < 0)
		return err;
	if (err != 1 || state != from)
		return -ECANCELED;
	return xenbus_printf(transaction, dir, key, "%d", to);
}

/*
 * Our state, from @from to @to, and that in the directory @front, if not NULL. Returns -EAGAIN
 * where somebody else wrote meanwhile.
 */
static int xenstore_try(struct xenbus_device *xdev, enum xenbus_state from,
			enum xenbus_state to, const char *front)
{
	struct xenbus_transaction transaction;
	int err;

	err = xenbus_transaction_start(&transaction);
	if (err)
		return err;
	err = xenstore_step(transaction, xdev->nodename, "state", from, to);
	if (!err && front)
		err = xenstore_step(transaction, front, "state",
				    XenbusStateInitialised,
				    XenbusStateInitialising);
	if (err) {
		xenbus_transaction_end(transaction, true);
		return err;
	}
	err = xenbus_transaction_end(transaction, false);
	/* What the bus compares with when it closes the device in the end. */
	if (!err)
		xdev->state = to;
	return err;
}

/*
 * Changes our state, if it still is @from. Returns 0, -ECANCELED where it is
 * something else by now, or xenstore's error.
 */
int pciback_xenstore_switch(struct xenbus_device *xdev, enum xenbus_state from,
			    enum xenbus_state to)
{
	int err;

	do {
		err = xenstore_try(xdev, from, to, NULL);
	} while (err == -EAGAIN);
	return err;
}

/*
 * Both states as for a new device: Initialising the frontend's (its directory is @front),
 * which is Initialised, and InitWait ours, if it still is @from. Returns as above.
 */
int pciback_xenstore_start_over(struct xenbus_device *xdev, const char *front,
				enum xenbus_state from)
{
	int err;

	xenstore_remove(xdev, "error");
	err = xenstore_try(xdev, from, XenbusStateInitWait, front);
	/* A guest that writes all the time is not waited for. */
	return err == -EAGAIN ? -ECANCELED : err;
}

/* Tells where the guest finds function @n, and that it is there. */
int pciback_xenstore_publish_dev(struct xenbus_device *xdev, unsigned int n,
				 struct pciback_bdf guest)
{
	char key[XENSTORE_KEY], value[XENSTORE_KEY];
	int err;

	xenstore_remove(xdev, xenstore_key(key, "error", n));
	/* Two digits of function: the protocol has it so. */
	snprintf(value, sizeof(value), "%04x:%02x:%02x.%02x", guest.domain,
		 guest.bus, pciback_bdf_slot(guest), pciback_bdf_func(guest));
	err = xenstore_write(xdev, xenstore_key(key, "vdev", n), value);
	return err ?: xenstore_write_dev_state(xdev, n, XenbusStateInitialised);
}

/* Tells of the guest's bus number @n, counted from 0, that @guest is on. */
int pciback_xenstore_publish_root(struct xenbus_device *xdev, unsigned int n,
				  struct pciback_bdf guest)
{
	char key[XENSTORE_KEY], value[XENSTORE_KEY];
	int err;

	snprintf(value, sizeof(value), "%04x:%02x", guest.domain, guest.bus);
	err = xenstore_write(xdev, xenstore_key(key, "root", n), value);
	if (err)
		return err;
	snprintf(value, sizeof(value), "%u", n + 1);
	return xenstore_write(xdev, "root_num", value);
}

/* Marks dev-@n as one to let go of, in the toolstack's way. */
int pciback_xenstore_ask_dev(struct xenbus_device *xdev, unsigned int n)
{
	return xenstore_write_dev_state(xdev, n, XenbusStateClosing);
}

/* Says beside dev-@n why the function is not, or no more, the guest's. */
void pciback_xenstore_explain_dev(struct xenbus_device *xdev, unsigned int n,
				  const char *why)
{
	char key[XENSTORE_KEY];

	xenstore_write(xdev, xenstore_key(key, "error", n), why);
}

/* Closes what is asked for dev-@n: a toolstack may ask again by state-N. */
void pciback_xenstore_close_dev(struct xenbus_device *xdev, unsigned int n)
{
	xenstore_write_dev_state(xdev, n, XenbusStateClosed);
}

/* Says why there is no connection, as errno. */
void pciback_xenstore_explain(struct xenbus_device *xdev, int err)
{
	char value[XENSTORE_KEY];

	snprintf(value, sizeof(value), "cannot connect: %d", err);
	xenstore_write(xdev, "error", value);
}

/*
 * Reads what the frontend offers in its directory @front. Returns 0, -EPROTO for a
 * protocol that is not ours, or xenstore's error.
 */
int pciback_xenstore_offer(const char *front, struct pciback_offer *offer)
{
	char *magic = NULL;
	int err;

	err = xenbus_gather(XBT_NIL, front,
			    "pci-op-ref", "%u", &offer->ref,
			    "event-channel", "%u", &offer->port,
			    "magic", NULL, &magic, NULL);
	if (!err && strcmp(magic, XEN_PCI_MAGIC))
		err = -EPROTO;
	kfree(magic);
	return err;
}
