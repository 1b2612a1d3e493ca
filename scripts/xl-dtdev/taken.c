// SPDX-License-Identifier: GPL-2.0
/*
 * taken - what xen-dtdev tells of a device that it has, and xl of guests
 */
#include <stdlib.h>
#include <string.h>

#include "dma.h"
#include "live.h"
#include "spi.h"

static char *taken_attribute(struct pool *pool, const char *dir, const char *name)
{
	return live_read(pool, pool_text(pool, "%s/%s", dir, name)) ?: pool_text(pool, "%s", "");
}

static void taken_regions(struct device *device, struct pool *pool, const char *dir)
{
	char *text = taken_attribute(pool, dir, "iomem"), *line, *end;
	struct dtdev_region region = { };

	while ((line = live_next_line(&text))) {
		region.start = strtoull(line, &end, 16);
		if (*end != '-')
			continue;
		region.end = strtoull(end + 1, NULL, 16);
		device_add_region(device, pool, &region);
	}
}

/* Has dom0 an interrupt that Xen cannot take from it? */
bool live_is_kept(const struct device_irq *irq)
{
	return irq->kept && !strncmp(irq->kept, "routed to dom0", 14);
}

/* Of a kernel's word; 0: it has none for it. */
static u32 taken_trigger(const char *word, size_t len)
{
	struct dtdev_spi spi = { 0, DTDEV_SPI_EDGE_RISING };
	const char *name;

	for (; spi.trigger <= DTDEV_SPI_LEVEL_LOW; spi.trigger <<= 1) {
		name = dtdev_spi_trigger_name(&spi);
		if (strlen(name) == len && !strncmp(name, word, len))
			return spi.trigger;
	}
	return 0;
}

static struct device_irq *taken_irq(struct device *device, struct pool *pool, u32 number,
				    const char *state)
{
	bool relayed = !strncmp(state, "relayed ", 8);
	struct device_irq *irq;

	device_add_irq(device, pool, number,
		       relayed || !strcmp(state, "free") || !strcmp(state, "released") ?
		       NULL : state);
	irq = &device->irqs[device->irq_count - 1];
	if (relayed)
		irq->relay = strtoul(state + 8, NULL, 10);
	return irq;
}

/* "NUMBER TRIGGER STATE"; what can be given in no way has no number. */
static void taken_irqs(struct device *device, struct pool *pool, const char *dir)
{
	char *text = taken_attribute(pool, dir, "interrupts"), *line, *state, *end;
	unsigned long number;

	while ((line = live_next_line(&text))) {
		number = strtoul(line, &end, 10);
		if (end == line || *end != ' ')
			continue;
		line = end + 1;
		state = line + strcspn(line, " ");
		if (!device_irq(device, number))
			taken_irq(device, pool, number, state + (*state == ' '))->trigger =
				taken_trigger(line, state - line);
	}
}

static void taken_clocks(struct device *device, struct pool *pool, const char *dir)
{
	char *text = taken_attribute(pool, dir, "clocks"), *line, *rate;

	while ((line = live_next_line(&text))) {
		rate = strrchr(line, ' ');
		if (!rate)
			continue;
		*rate++ = '\0';
		device_add_clock(device, pool, strcmp(line, "-") ? line : NULL,
				 strtoull(rate, NULL, 10));
	}
}

/* Xen is the one to ask: what tells of an IOMMU that it drives it takes out of the tree. */
static void taken_iommu(struct device *device, struct pool *pool, const char *dir)
{
	char *text = taken_attribute(pool, dir, "iommu");
	const char *state = live_next_line(&text) ?: "unknown";

	device->dtdev = !strcmp(state, "deassigned");
	if (!strcmp(state, "none"))
		device->dma = dma_line(device->node, pool, DMA_NO_IOMMU);
	else if (!device->dtdev)
		device->dma = pool_text(pool, "no dtdev: of its DMA, Xen's IOMMU says: %s", state);
}

/* Returns false if it has not been taken. */
bool live_device(struct device *device, struct pool *pool, const struct tree_node *node)
{
	const char *dir = live_directory(pool, node->path);
	char *text;

	if (!dir)
		return false;
	memset(device, 0, sizeof(*device));
	device->node = node;
	device->name = strrchr(dir, '/') + 1;
	taken_regions(device, pool, dir);
	taken_irqs(device, pool, dir);
	taken_clocks(device, pool, dir);
	taken_iommu(device, pool, dir);
	text = taken_attribute(pool, dir, "fence");
	device->partial = !strncmp(text, "partial", 7) || strstr(text, "\npartial");
	return true;
}

/* From now on @device is that guest's, and dom0 passes its interrupts on; or it dies. */
void live_name(struct pool *pool, const struct device *device, const char *guest)
{
	const char *dir = live_directory(pool, device->node->path);
	struct device again;
	u32 i;

	if (!dir)
		die("%s: it is gone", device->node->path);
	live_ask(pool, pool_text(pool, "%s/guest", dir), guest, device->node->path);
	live_device(&again, pool, device->node);
	for (i = 0; i < device->irq_count; i++)
		if (device->irqs[i].relay &&
		    (i >= again.irq_count || again.irqs[i].relay != device->irqs[i].relay))
			die("%s: interrupt %u is not passed on", device->node->path,
			    device->irqs[i].number);
}

/* Drives Xen an IOMMU, whatever is behind it? If it does not tell, it may. */
bool live_has_iommu(struct pool *pool)
{
	static const char *const info[] = { "xl", "info", NULL };
	const char *output = live_output(pool, info), *caps;

	caps = output ? strstr(output, "\nvirt_caps") : NULL;
	return !caps || memmem(caps, strcspn(caps + 1, "\n"), "_directio", strlen("_directio"));
}

/* A line of `xl list`, without its head. */
struct taken_domain {
	const char *name;
	unsigned long id;
	bool dying;
};

/* Domain number @index but dom0. Returns false if there are no more. */
static bool taken_domain(struct pool *pool, u32 index, struct taken_domain *domain)
{
	static const char *const list[] = { "xl", "list", NULL };
	const char *output = live_output(pool, list);
	char *text, *line, *word, *fields[6], *save;
	u32 i;

	if (!output)
		die("xl list does not work");
	text = pool_text(pool, "%s", output);
	live_next_line(&text);
	while ((line = live_next_line(&text))) {
		for (i = 0, word = strtok_r(line, " ", &save); word && i < 6;
		     word = strtok_r(NULL, " ", &save))
			fields[i++] = word;
		if (i < 5)
			continue;
		domain->name = fields[0];
		domain->id = strtoul(fields[1], NULL, 10);
		domain->dying = strchr(fields[4], 'd');
		if (domain->id && !index--)
			return true;
	}
	return false;
}

/* Domains that have ended, but are not gone; NULL: no more. */
const char *live_dying(struct pool *pool, u32 *index)
{
	struct taken_domain domain;

	while (taken_domain(pool, (*index)++, &domain))
		if (domain.dying)
			return pool_text(pool, "%lu", domain.id);
	return NULL;
}

/* The number behind @key in a line of JSON. */
static bool taken_number(const char *line, const char *key, u64 *number)
{
	const char *at = strstr(line, key);

	if (!at)
		return false;
	at += strlen(key);
	at += strcspn(at, "0123456789");
	*number = strtoull(at, NULL, 10);
	return true;
}

/* Has that domain's configuration a frame of @region? One that is gone has none. */
static bool taken_has(struct pool *pool, unsigned long id, const struct dtdev_region *region)
{
	const char *const list[] = { "xl", "list", "-l", pool_text(pool, "%lu", id), NULL };
	struct dtdev_frames span = dtdev_pages_span(region);
	const char *output = live_output(pool, list);
	u64 start = 0, number;
	char *text, *line;

	text = pool_text(pool, "%s", output ?: "");
	while ((line = live_next_line(&text))) {
		if (taken_number(line, "\"start\":", &start))
			continue;
		if (taken_number(line, "\"number\":", &number) &&
		    start < span.first + span.count && start + number > span.first)
			return true;
	}
	return false;
}

static bool taken_has_any(struct pool *pool, unsigned long id, const struct device *device)
{
	u32 i;

	for (i = 0; i < device->region_count; i++)
		if (taken_has(pool, id, &device->regions[i]))
			return true;
	return false;
}

/*
 * Names of guests whose configuration has a frame of @device, or "". @but does not count;
 * NULL: all do.
 */
const char *live_guests(struct pool *pool, const struct device *device, const char *but)
{
	struct taken_domain domain;
	const char *names = "";
	u32 i;

	for (i = 0; taken_domain(pool, i, &domain); i++)
		if ((!but || strcmp(domain.name, but)) &&
		    taken_has_any(pool, domain.id, device))
			names = pool_text(pool, "%s%s%s", names, *names ? " " : "", domain.name);
	return names;
}

/* Runs @guest, with a frame of @device in its configuration? */
bool live_has(struct pool *pool, const char *guest, const struct device *device)
{
	struct taken_domain domain;
	u32 i;

	for (i = 0; taken_domain(pool, i, &domain); i++)
		if (!strcmp(domain.name, guest) && taken_has_any(pool, domain.id, device))
			return true;
	return false;
}
