// SPDX-License-Identifier: GPL-2.0
/*
 * xlcfg - lines for xl.cfg, and what to know about them
 *
 * xl reads all numbers of "iomem" as hexadecimal ones, and takes the last line of a
 * name only: so there is one of each, for all devices.
 */
#include <string.h>

#include "output.h"

/* Interrupts that a guest may have of its own: its console, its virtio devices. */
#define OWN_IRQ_FIRST	32
#define OWN_IRQ_LAST	43

static const char *xlcfg_whose(const struct guest *guest, const struct device *device)
{
	return guest->device_count > 1 ?
	       pool_text(guest->pool, "%s: ", device->node->path) : "";
}

static void xlcfg_notes(FILE *to, const struct guest *guest)
{
	const struct device *device;
	u32 i;

	for (i = 0; i < guest->device_count; i++) {
		device = &guest->devices[i];
		if (device->partial)
			fprintf(to,
				"# %sits pages hold registers of other devices: the guest reaches those, too\n",
				xlcfg_whose(guest, device));
	}
	for (i = 0; i < guest->note_count; i++)
		fprintf(to, "# %s\n", guest->notes[i]);
	if (guest->relay)
		fputs("# dom0 passes interrupts on: the guest needs the module xen-dtdev-irq\n",
		      to);
}

static void xlcfg_streams(FILE *to, const struct guest *guest)
{
	const struct device *device;
	const char *before = "dtdev = [ ";
	u32 i;

	for (i = 0; i < guest->device_count; i++) {
		device = &guest->devices[i];
		if (device->dma)
			fprintf(to, "# %s%s\n", xlcfg_whose(guest, device), device->dma);
	}
	for (i = 0; i < guest->device_count; i++) {
		device = &guest->devices[i];
		if (!device->dtdev)
			continue;
		fprintf(to, "%s\"%s\"", before, device->node->path);
		before = ", ";
	}
	if (*before == ',')
		fputs(" ]\n", to);
}

/* Has one before number @index of device number @whose it, too? */
static bool xlcfg_is_again(const struct guest *guest, u32 whose, u32 index)
{
	u32 i, j, number = guest->devices[whose].irqs[index].number;

	for (i = 0; i <= whose; i++)
		for (j = 0; j < guest->devices[i].irq_count; j++) {
			if (i == whose && j == index)
				return false;
			if (guest->devices[i].irqs[j].number == number)
				return true;
		}
	return false;
}

/* Calls @say for each interrupt that is given, once. */
static u32 xlcfg_irqs(FILE *to, const struct guest *guest,
		      void (*say)(FILE *to, u32 index, u32 number))
{
	const struct device_irq *irq;
	u32 i, j, count = 0;

	for (i = 0; i < guest->device_count; i++)
		for (j = 0; j < guest->devices[i].irq_count; j++) {
			irq = &guest->devices[i].irqs[j];
			if (irq->kept || irq->relay || xlcfg_is_again(guest, i, j))
				continue;
			if (say)
				say(to, count, irq->number);
			count++;
		}
	return count;
}

static void xlcfg_warn(FILE *to, u32 index, u32 number)
{
	(void)index;
	if (number >= OWN_IRQ_FIRST && number <= OWN_IRQ_LAST)
		fprintf(to,
			"# interrupt %u: the guest must have no virtual UART and no virtio devices that use it\n",
			number);
}

static void xlcfg_irq(FILE *to, u32 index, u32 number)
{
	fprintf(to, "%s%u", index ? ", " : "irqs = [ ", number);
}

static void xlcfg_frames(FILE *to, const struct guest *guest)
{
	const struct place_run *run;
	u64 count;
	u32 i;

	for (i = 0; i < guest->place.count; i++) {
		run = &guest->place.runs[i];
		count = run->last - run->first + 1;
		fprintf(to, "%s\"0x%llx,%s%llx@0x%llx\"", i ? ", " : "iomem = [ ",
			(unsigned long long)run->first, count > 9 ? "0x" : "",
			(unsigned long long)count, (unsigned long long)run->guest);
	}
	if (guest->place.count)
		fputs(" ]\n", to);
}

/* @blob_file is where the guest's tree is. */
void output_lines(FILE *to, const struct guest *guest, const char *blob_file)
{
	xlcfg_notes(to, guest);
	xlcfg_irqs(to, guest, xlcfg_warn);
	fprintf(to, "device_tree = \"%s\"\n", blob_file);
	xlcfg_streams(to, guest);
	if (xlcfg_irqs(to, guest, xlcfg_irq))
		fputs(" ]\n", to);
	xlcfg_frames(to, guest);
}
