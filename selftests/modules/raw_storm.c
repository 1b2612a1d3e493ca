// SPDX-License-Identifier: GPL-2.0
/*
 * raw_storm - random requests, as fast as they are answered
 *
 *	echo SEED COUNT > storm; cat storm
 *
 * Every field is random, with a liking for its edges; some requests are changed
 * while they are being served, some events come without a request. The same seed
 * gives the same requests. Reading gives
 * "asked COUNT answered COUNT done COUNT refused COUNT".
 */
#include <linux/debugfs.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <xen/events.h>

#include "raw.h"

/* A request that was changed under way gets no answer: that one is not awaited. */
#define STORM_PATIENCE	(2 * HZ)
#define STORM_HASTE	max(HZ / 50, 1)

/* Guarded by raw_lock. */
static struct {
	u64 asked, answered, done, refused;
} storm;

static u32 storm_pick(struct rnd_state *rnd, const u32 *edges, unsigned int count)
{
	return edges[prandom_u32_state(rnd) % count];
}

static void storm_invent(struct rnd_state *rnd, struct xen_pci_op *op)
{
	static const u32 commands[] = { 0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 4, 5, 6, 9, 10, U32_MAX };
	static const u32 places[] = { 0, 0, 0, 0, 0, 0, 0, 1, 8, 0xff, 0x100, U32_MAX };
	static const u32 offsets[] = { -1, INT_MIN, INT_MAX, 0, 4, 6, 0x10, 0x30, 0x3c, 0xff, 0xfd,
		0x100, 0xffc, 0xfff, 0x1000 };
	static const u32 sizes[] = { 1, 1, 2, 2, 4, 4, 4, 0, 3, 5, 8, -1, INT_MIN, INT_MAX };
	static const u32 values[] = { 0, 1, 3, 127, 128, 129, INT_MAX, U32_MAX };
	unsigned int i;

	op->cmd = storm_pick(rnd, commands, ARRAY_SIZE(commands));
	op->domain = storm_pick(rnd, places, ARRAY_SIZE(places));
	op->bus = storm_pick(rnd, places, ARRAY_SIZE(places));
	op->devfn = storm_pick(rnd, places, ARRAY_SIZE(places));
	op->size = storm_pick(rnd, sizes, ARRAY_SIZE(sizes));
	op->offset = prandom_u32_state(rnd) % 4 ? prandom_u32_state(rnd) % 0x1000 :
			storm_pick(rnd, offsets, ARRAY_SIZE(offsets));
	op->value = prandom_u32_state(rnd) % 2 ? prandom_u32_state(rnd) :
			storm_pick(rnd, values, ARRAY_SIZE(values));
	op->info = prandom_u32_state(rnd);
	op->err = prandom_u32_state(rnd);
	if (op->cmd == XEN_PCI_OP_enable_msix)
		for (i = 0; i < SH_INFO_MAX_VEC; i++) {
			op->msix_entries[i].entry = prandom_u32_state(rnd) % 8 ? i :
					prandom_u32_state(rnd);
			op->msix_entries[i].vector = prandom_u32_state(rnd);
		}
}

/* Changes the request while somebody may be looking at it. */
static void storm_meddle(struct rnd_state *rnd, struct raw_front *front)
{
	struct xen_pci_op *op = &front->page->op;
	unsigned int i;

	for (i = 0; i < 16; i++) {
		WRITE_ONCE(op->cmd, prandom_u32_state(rnd) % 8);
		WRITE_ONCE(op->offset, prandom_u32_state(rnd));
		WRITE_ONCE(op->size, prandom_u32_state(rnd) % 8);
		WRITE_ONCE(op->value, prandom_u32_state(rnd));
		cpu_relax();
	}
}

static void storm_ask(struct rnd_state *rnd, struct raw_front *front,
		      struct xen_pci_op *op)
{
	unsigned int whim = prandom_u32_state(rnd) % 64;

	storm_invent(rnd, op);
	raw_post(front, op);
	if (!whim)
		storm_meddle(rnd, front);
	else if (whim < 4)
		notify_remote_via_evtchn(front->port);
	storm.asked++;
	if (!raw_await(front, op, whim ? STORM_PATIENCE : STORM_HASTE))
		return;
	storm.answered++;
	if (op->err)
		storm.refused++;
	else
		storm.done++;
}

static int storm_rage(u64 seed, u64 count)
{
	struct xen_pci_op *op = kzalloc(sizeof(*op), GFP_KERNEL);
	struct rnd_state rnd;

	if (!op)
		return -ENOMEM;
	prandom_seed_state(&rnd, seed);
	memset(&storm, 0, sizeof(storm));
	disable_irq(raw_front->irq);
	while (count-- && !signal_pending(current)) {
		storm_ask(&rnd, raw_front, op);
		cond_resched();
	}
	enable_irq(raw_front->irq);
	kfree(op);
	return 0;
}

static ssize_t storm_write(struct file *file, const char __user *buf,
			   size_t len, loff_t *pos)
{
	return raw_seeded(buf, len, storm_rage);
}

static int storm_show(struct seq_file *s, void *unused)
{
	mutex_lock(&raw_lock);
	seq_printf(s, "asked %llu answered %llu done %llu refused %llu\n",
		   storm.asked, storm.answered, storm.done, storm.refused);
	mutex_unlock(&raw_lock);
	return 0;
}

static int storm_open(struct inode *inode, struct file *file)
{
	return single_open(file, storm_show, NULL);
}

const struct file_operations raw_storm_fops = {
	.owner = THIS_MODULE,
	.open = storm_open,
	.read = seq_read,
	.write = storm_write,
	.llseek = seq_lseek,
	.release = single_release,
};
