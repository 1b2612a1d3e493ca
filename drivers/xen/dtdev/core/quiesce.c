// SPDX-License-Identifier: GPL-2.0
/*
 * quiesce - the table, and carrying out its lines
 *
 * Registers and bits are those of the devices' manuals: ARM DDI 0183 (PL011),
 * DDI 0224 (PL031), DDI 0190 (PL061), virtio 1.x section 4.2 (MMIO).
 *
 * Pure: the accesses themselves are the caller's.
 */
#include <linux/errno.h>
#include <linux/types.h>

#include "quiesce.h"

static const struct dtdev_quiesce_step quiesce_xgmac[] = {
	{ DTDEV_QUIESCE_WRITE, 0xf1c, 0 },	/* DMA interrupt enable */
	{ DTDEV_QUIESCE_CLEAR, 0xf18, 0x2002 },	/* DMA control: start TX, RX */
	{ DTDEV_QUIESCE_CLEAR, 0x000, 0x000c },	/* control: TX, RX */
	{ DTDEV_QUIESCE_CHECK, 0xf1c, ~0u },
	{ DTDEV_QUIESCE_CHECK, 0xf18, 0x2002 },
	{ DTDEV_QUIESCE_CHECK, 0x000, 0x000c },
	{ }
};

static const struct dtdev_quiesce_step quiesce_pl011[] = {
	{ DTDEV_QUIESCE_WRITE, 0x038, 0 },	/* UARTIMSC: all masked */
	{ DTDEV_QUIESCE_WRITE, 0x048, 0 },	/* UARTDMACR: no DMA */
	{ DTDEV_QUIESCE_WRITE, 0x030, 0x0300 },	/* UARTCR: off, as after reset */
	{ DTDEV_QUIESCE_WRITE, 0x02c, 0 },	/* UARTLCR_H: FIFOs emptied */
	{ DTDEV_QUIESCE_WRITE, 0x044, 0x07ff },	/* UARTICR: none pending */
	{ DTDEV_QUIESCE_CHECK, 0x038, 0x07ff },
	{ DTDEV_QUIESCE_CHECK, 0x030, 0x0001 },
	{ }
};

/* The clock itself goes on: its time is the machine's. */
static const struct dtdev_quiesce_step quiesce_pl031[] = {
	{ DTDEV_QUIESCE_WRITE, 0x010, 0 },	/* RTCIMSC: masked */
	{ DTDEV_QUIESCE_WRITE, 0x01c, 1 },	/* RTCICR: not pending */
	{ DTDEV_QUIESCE_CHECK, 0x010, 1 },
	{ DTDEV_QUIESCE_CHECK, 0x018, 1 },	/* RTCMIS */
	{ }
};

static const struct dtdev_quiesce_step quiesce_pl061[] = {
	{ DTDEV_QUIESCE_WRITE, 0x410, 0 },	/* GPIOIE: all masked */
	{ DTDEV_QUIESCE_WRITE, 0x400, 0 },	/* GPIODIR: all inputs */
	{ DTDEV_QUIESCE_WRITE, 0x404, 0 },	/* GPIOIS: edges */
	{ DTDEV_QUIESCE_WRITE, 0x408, 0 },	/* GPIOIBE: one of them */
	{ DTDEV_QUIESCE_WRITE, 0x40c, 0 },	/* GPIOIEV: falling */
	{ DTDEV_QUIESCE_WRITE, 0x420, 0 },	/* GPIOAFSEL: plain pins */
	{ DTDEV_QUIESCE_WRITE, 0x41c, 0xff },	/* GPIOIC: none pending */
	{ DTDEV_QUIESCE_CHECK, 0x410, 0xff },
	{ DTDEV_QUIESCE_CHECK, 0x418, 0xff },	/* GPIOMIS */
	{ }
};

static const struct dtdev_quiesce_step quiesce_virtio[] = {
	{ DTDEV_QUIESCE_WRITE, 0x070, 0 },	/* Status: reset */
	{ DTDEV_QUIESCE_CHECK, 0x070, ~0u },
	{ }
};

const struct dtdev_quiesce dtdev_quiesce_table[] = {
	{ "calxeda,hb-xgmac", quiesce_xgmac },
	{ "arm,pl011", quiesce_pl011 },
	{ "arm,pl031", quiesce_pl031 },
	{ "arm,pl061", quiesce_pl061 },
	{ "virtio,mmio", quiesce_virtio },
	{ }
};

/* One step. Returns 0, or -EIO if the device does not do as it should. */
static int quiesce_step(const struct dtdev_quiesce_step *step,
			const struct dtdev_quiesce_bus *bus)
{
	switch (step->op) {
	case DTDEV_QUIESCE_WRITE:
		bus->write(bus->data, step->offset, step->value);
		return 0;
	case DTDEV_QUIESCE_CLEAR:
		bus->write(bus->data, step->offset,
			   bus->read(bus->data, step->offset) & ~step->value);
		return 0;
	case DTDEV_QUIESCE_CHECK:
		return bus->read(bus->data, step->offset) & step->value ? -EIO : 0;
	case DTDEV_QUIESCE_END:
		break;
	}
	return 0;
}

/*
 * Silences a device. Returns 0, -ERANGE if it has fewer registers than it
 * should, before any is touched, or -EIO if it does not obey.
 */
int dtdev_quiesce_run(const struct dtdev_quiesce *quiesce,
		      const struct dtdev_quiesce_bus *bus)
{
	const struct dtdev_quiesce_step *step;
	int err;

	for (step = quiesce->steps; step->op != DTDEV_QUIESCE_END; step++)
		if (bus->size < sizeof(u32) ||
		    step->offset > bus->size - sizeof(u32))
			return -ERANGE;
	for (step = quiesce->steps; step->op != DTDEV_QUIESCE_END; step++) {
		err = quiesce_step(step, bus);
		if (err)
			return err;
	}
	return 0;
}
