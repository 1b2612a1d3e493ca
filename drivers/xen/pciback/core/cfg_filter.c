// SPDX-License-Identifier: GPL-2.0
/*
 * cfg_filter - merges masks; there is no register in here, only bits
 *
 * Pure: any context, no allocation. Exclusion as for struct pciback_cfg.
 */
#include <linux/types.h>

#include "bar.h"
#include "cfg_field.h"
#include "cfg_filter.h"
#include "cfg_map.h"

static u32 filter_bytes(u8 size)
{
	return size == 4 ? 0xffffffff : (1u << (8 * size)) - 1;
}

/*
 * May an access of @size bytes at @offset be made at all? Both are as the
 * guest sent them: signed, and anything.
 */
bool pciback_cfg_access_ok(const struct pciback_cfg *cfg, s32 offset, s32 size)
{
	if (size != 1 && size != 2 && size != 4)
		return false;
	return offset >= 0 && offset < cfg->size && !(offset & (size - 1));
}

/* One past the last byte at or after @pos that @reg owns (NULL: nobody). */
static u16 filter_run_end(const struct pciback_cfg *cfg,
			  const struct pciback_cfg_reg *reg, u16 pos, u16 end)
{
	u16 stop;

	if (reg) {
		stop = reg->pos + reg->field->size;
		return stop < end ? stop : end;
	}
	for (stop = pos + 1; stop < end && !cfg->owner[stop]; stop++)
		;
	return stop;
}

static u32 filter_shadow(const struct pciback_cfg *cfg,
			 const struct pciback_cfg_reg *reg)
{
	if (reg->field->action == PCIBACK_CFG_BAR)
		return pciback_bar_read(&cfg->bars[reg->bar]);
	return reg->shadow;
}

/* @offset and @size have passed pciback_cfg_access_ok(). */
void pciback_cfg_decide_read(struct pciback_cfg *cfg, u16 offset, u8 size,
			     struct pciback_cfg_read *decision)
{
	u16 end = offset + size, pos = offset, next;

	decision->hw = 0;
	decision->shadow = 0;
	for (; pos < end; pos = next) {
		const struct pciback_cfg_reg *reg = pciback_cfg_owner(cfg, pos);
		unsigned int shift = 8 * (pos - offset), skip;
		u32 run;

		next = filter_run_end(cfg, reg, pos, end);
		run = filter_bytes(next - pos);
		if (!reg) {
			decision->hw |= run << shift;
			continue;
		}
		skip = 8 * (pos - reg->pos);
		decision->hw |= (~reg->field->virt >> skip & run) << shift;
		decision->shadow |= ((filter_shadow(cfg, reg) & reg->field->virt) >>
				     skip & run) << shift;
	}
}

static struct pciback_cfg_step *
filter_add_step(struct pciback_cfg_write *decision, u16 pos, u8 size, u32 value)
{
	struct pciback_cfg_step *step = &decision->steps[decision->nsteps++];

	*step = (struct pciback_cfg_step){
		.pos = pos, .size = size, .value = value,
	};
	return step;
}

/* The part of a write that falls on @reg. Returns the bits that count. */
static u32 filter_step_reg(struct pciback_cfg_step *step,
			   struct pciback_cfg_reg *reg)
{
	const struct pciback_cfg_field *field = reg->field;
	unsigned int skip = 8 * (step->pos - reg->pos);
	u32 bytes = filter_bytes(step->size);
	u32 vwrite = field->vwrite & bytes << skip;

	step->reg = reg;
	step->action = field->action;
	step->write = field->write >> skip & bytes;
	step->rw1c = field->rw1c >> skip & bytes;
	step->shadow = (reg->shadow & ~vwrite) | (step->value << skip & vwrite);
	if (field->action == PCIBACK_CFG_BAR)
		return bytes;
	return step->write | step->rw1c | vwrite >> skip;
}

/* Bytes that nobody owns: only permissive lets them through, size by size. */
static void filter_add_unowned(struct pciback_cfg_write *decision, u16 pos,
			       u16 next, u16 offset, u32 value)
{
	while (pos < next) {
		u8 size = !(pos & 3) && next - pos >= 4 ? 4 :
			  !(pos & 1) && next - pos >= 2 ? 2 : 1;
		struct pciback_cfg_step *step;

		step = filter_add_step(decision, pos, size,
				       value >> (8 * (pos - offset)) &
				       filter_bytes(size));
		step->write = filter_bytes(size);
		pos += size;
	}
}

/*
 * Splits a write at its owners. @offset and @size have passed
 * pciback_cfg_access_ok(), so there are at most four steps.
 */
void pciback_cfg_decide_write(struct pciback_cfg *cfg, u16 offset, u8 size,
			      u32 value, bool permissive,
			      struct pciback_cfg_write *decision)
{
	u16 end = offset + size, pos = offset, next;

	decision->nsteps = 0;
	decision->refused = 0;
	decision->quiet = true;
	decision->may_sleep = false;
	for (; pos < end; pos = next) {
		struct pciback_cfg_reg *reg = pciback_cfg_owner(cfg, pos);
		unsigned int shift = 8 * (pos - offset);
		struct pciback_cfg_step *step;
		u32 run, taken;

		next = filter_run_end(cfg, reg, pos, end);
		run = filter_bytes(next - pos);
		if (!reg) {
			if (permissive)
				filter_add_unowned(decision, pos, next, offset,
						   value);
			else
				decision->refused |= run << shift;
			decision->quiet &= permissive;
			continue;
		}
		step = filter_add_step(decision, pos, next - pos,
				       value >> shift & run);
		taken = filter_step_reg(step, reg);
		decision->refused |= (run & ~taken) << shift;
		decision->quiet &= reg->field->quiet || !(run & ~taken);
		decision->may_sleep |= step->action > PCIBACK_CFG_BAR;
	}
}

/*
 * Is what the hardware holds needed to write this step? Not where every bit
 * is the guest's or clears only by a 1.
 */
bool pciback_cfg_needs_current(const struct pciback_cfg_step *step)
{
	return (step->write | step->rw1c) != filter_bytes(step->size);
}

/*
 * What goes to hardware: the guest's bits where it may write, a 1 to clear
 * where it wrote one, the @current_value elsewhere.
 */
u32 pciback_cfg_merge(const struct pciback_cfg_step *step, u32 current_value)
{
	u32 keep = ~(step->write | step->rw1c);

	return (current_value & keep) |
	       (step->value & (step->write | step->rw1c));
}

/* Takes over the shadow, once the step has been carried out. */
void pciback_cfg_commit(struct pciback_cfg *cfg,
			const struct pciback_cfg_step *step)
{
	unsigned int skip;

	if (!step->reg)
		return;
	if (step->action != PCIBACK_CFG_BAR) {
		step->reg->shadow = step->shadow;
		return;
	}
	skip = 8 * (step->pos - step->reg->pos);
	pciback_bar_write(&cfg->bars[step->reg->bar], step->value << skip,
			  filter_bytes(step->size) << skip);
}
