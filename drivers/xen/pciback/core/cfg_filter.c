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

/* One past the last byte from @pos on that has the same owner, at most @end. */
static u16 filter_run_end(const struct pciback_cfg *cfg, u16 pos, u16 end)
{
	u8 owner = cfg->owner[pos];

	for (pos++; pos < end && cfg->owner[pos] == owner; pos++)
		;
	return pos;
}

/* Is the register one that holds an address, and answers sizing? */
static bool filter_is_bar(u8 action)
{
	return action == PCIBACK_CFG_BAR || action == PCIBACK_CFG_ROM;
}

static u32 filter_shadow(const struct pciback_cfg *cfg,
			 const struct pciback_cfg_reg *reg)
{
	if (filter_is_bar(reg->field->action))
		return pciback_bar_read(&cfg->bars[reg->bar]) | reg->shadow;
	return reg->shadow;
}

/* What never changes is known already. */
static void filter_fixed(const struct pciback_cfg *cfg, u16 offset,
			 struct pciback_cfg_read *decision)
{
	const struct pciback_cfg_fixed *fixed = &cfg->fixed[offset / 4];
	unsigned int skip = 8 * (offset % 4);
	u32 bits = fixed->bits >> skip & decision->hw;

	decision->shadow |= fixed->value >> skip & bits;
	decision->hw &= ~bits;
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

		next = filter_run_end(cfg, pos, end);
		run = filter_bytes(next - pos);
		if (pciback_cfg_is_hidden(cfg, pos))
			continue;
		if (!reg) {
			decision->hw |= run << shift;
			continue;
		}
		skip = 8 * (pos - reg->pos);
		decision->hw |= (~reg->field->virt >> skip & run) << shift;
		decision->shadow |= ((filter_shadow(cfg, reg) & reg->field->virt) >>
				     skip & run) << shift;
	}
	if (decision->hw)
		filter_fixed(cfg, offset, decision);
}

/* The bits of @size bytes at @pos that quirks open. */
static u32 filter_quirk(const struct pciback_cfg *cfg, u16 pos, u8 size)
{
	u32 bits = 0;

	while (size--)
		bits = bits << 8 | cfg->quirk[pos + size];
	return bits;
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

/* The shadow's bits that the guest may write; not to switch on no ROM. */
static u32 filter_vwrite(const struct pciback_cfg *cfg,
			 const struct pciback_cfg_reg *reg)
{
	if (reg->field->action == PCIBACK_CFG_ROM &&
	    !cfg->bars[reg->bar].address_bits)
		return 0;
	return reg->field->vwrite;
}

/* The part of a write that falls on @reg. Returns the bits that count. */
static u32 filter_step_reg(const struct pciback_cfg *cfg,
			   struct pciback_cfg_step *step,
			   struct pciback_cfg_reg *reg, u32 opened)
{
	const struct pciback_cfg_field *field = reg->field;
	unsigned int skip = 8 * (step->pos - reg->pos);
	u32 bytes = filter_bytes(step->size);
	u32 vwrite = filter_vwrite(cfg, reg) & bytes << skip;
	u32 taken = field->virt | field->rw1c | field->hold;

	step->reg = reg;
	step->action = field->action;
	step->rw1c = field->rw1c >> skip & bytes;
	step->hold = field->hold >> skip & bytes;
	step->write = (field->write >> skip | (opened & ~(taken >> skip))) & bytes;
	step->shadow = (reg->shadow & ~vwrite) | (step->value << skip & vwrite);
	if (filter_is_bar(field->action))
		return bytes;
	/* What an action starts is carried out: by the host, not by the bit. */
	return step->write | step->rw1c | vwrite >> skip |
	       (field->action ? step->hold : 0);
}

/*
 * Bytes that nobody owns: only quirks and permissive let them through, in the
 * sizes that fit. Returns the bits that are let through.
 */
static u32 filter_add_unowned(struct pciback_cfg_write *decision, u16 pos,
			      u16 next, u32 value, u32 opened)
{
	u16 start = pos;

	while (pos < next) {
		u8 size = !(pos & 3) && next - pos >= 4 ? 4 :
			  !(pos & 1) && next - pos >= 2 ? 2 : 1;
		unsigned int shift = 8 * (pos - start);
		u32 bits = opened >> shift & filter_bytes(size);

		if (bits)
			filter_add_step(decision, pos, size,
					value >> shift & filter_bytes(size))->write = bits;
		pos += size;
	}
	return opened;
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

	*decision = (struct pciback_cfg_write){
		.offset = offset, .size = size, .value = value,
	};
	for (; pos < end; pos = next) {
		struct pciback_cfg_reg *reg = pciback_cfg_owner(cfg, pos);
		unsigned int shift = 8 * (pos - offset);
		u32 run, opened, taken;
		bool quiet;

		next = filter_run_end(cfg, pos, end);
		if (pciback_cfg_is_hidden(cfg, pos))
			continue;
		run = filter_bytes(next - pos);
		opened = permissive ? run : filter_quirk(cfg, pos, next - pos);
		if (reg) {
			struct pciback_cfg_step *step;

			step = filter_add_step(decision, pos, next - pos,
					       value >> shift & run);
			taken = filter_step_reg(cfg, step, reg, opened);
			decision->may_sleep |= step->action >= PCIBACK_CFG_SLEEPS;
			quiet = reg->field->quiet;
		} else {
			taken = filter_add_unowned(decision, pos, next,
						   value >> shift & run, opened);
			quiet = false;
		}
		if (!quiet)
			decision->refused |= (run & ~taken) << shift;
	}
}

/*
 * Is what the hardware holds needed to write this step? Not where every bit
 * is the guest's, clears only by a 1, or is written as 0.
 */
bool pciback_cfg_needs_current(const struct pciback_cfg_step *step)
{
	return (step->write | step->rw1c | step->hold) !=
	       filter_bytes(step->size);
}

/*
 * What goes to hardware: the guest's bits where it may write, a 1 to clear
 * where it wrote one, nothing that would start something, the @current_value
 * elsewhere.
 */
u32 pciback_cfg_merge(const struct pciback_cfg_step *step, u32 current_value)
{
	u32 guest = step->write | step->rw1c;

	return (current_value & ~(guest | step->hold)) | (step->value & guest);
}

/* Takes over the shadow, once the step has been carried out. */
void pciback_cfg_commit(struct pciback_cfg *cfg,
			const struct pciback_cfg_step *step)
{
	unsigned int skip;

	/* By a quirk, or permissive: it may change after all. */
	if (step->write)
		cfg->fixed[step->pos / 4].bits &=
			~(filter_bytes(step->size) << 8 * (step->pos % 4));
	if (!step->reg)
		return;
	skip = 8 * (step->pos - step->reg->pos);
	step->reg->shadow = step->shadow;
	step->reg->given_bits |= step->write << skip;
	step->reg->given &= ~(step->write << skip);
	step->reg->given |= (step->value & step->write) << skip;
	if (!filter_is_bar(step->action))
		return;
	pciback_bar_write(&cfg->bars[step->reg->bar], step->value << skip,
			  filter_bytes(step->size) << skip);
}

/*
 * A function that has forgotten what it held is given it back: fills @step with the next
 * register of which the guest has had bits written, whole, so that it can be merged as
 * any step. Nothing clears or starts by it. Begin with *@next 0. Returns false at the end.
 */
bool pciback_cfg_next_given(struct pciback_cfg *cfg, unsigned int *next,
			    struct pciback_cfg_step *step)
{
	for (; *next < cfg->nregs; (*next)++) {
		struct pciback_cfg_reg *reg = &cfg->regs[*next];

		if (!reg->given_bits)
			continue;
		*step = (struct pciback_cfg_step){
			.reg = reg,
			.action = reg->field->action,
			.size = reg->field->size,
			.pos = reg->pos,
			.value = reg->given,
			.write = reg->given_bits,
			.rw1c = reg->field->rw1c,
			.hold = reg->field->hold,
			.shadow = reg->shadow,
		};
		(*next)++;
		return true;
	}
	return false;
}
