// SPDX-License-Identifier: GPL-2.0
/*
 * judge - reasons, one function each
 *
 * The module's own inspection knows more, for it sees who uses what; this one needs
 * no machine.
 */
#include <linux/kernel.h>
#include <stdio.h>
#include <string.h>

#include "address.h"
#include "interrupts.h"
#include "judge.h"
#include "timer.h"
#include "window.h"

static void judge_add_regions(struct judge *judge, struct tree_node *node)
{
	struct dtdev_region region = { };
	u32 i;

	for (i = 0; address_region(node, i, &region); i++) {
		judge->regions = pool_grow(judge->tree->pool, judge->regions,
					   judge->region_count, sizeof(*judge->regions));
		judge->regions[judge->region_count++] =
			(struct judge_region){ node, region };
	}
}

static void judge_add_interrupts(struct judge *judge, struct tree_node *node)
{
	struct interrupt interrupt;
	u32 i;

	for (i = 0; interrupts_get(judge->tree, node, i, &interrupt); i++) {
		if (!interrupt.named)
			continue;
		judge->interrupts = pool_grow(judge->tree->pool, judge->interrupts,
					      judge->interrupt_count,
					      sizeof(*judge->interrupts));
		judge->interrupts[judge->interrupt_count++] = (struct judge_interrupt){
			node, interrupt,
		};
	}
}

/* Has @node registers, or an interrupt that it could be given with? */
bool judge_is_candidate(const struct judge *judge, const struct tree_node *node)
{
	struct dtdev_region region;
	struct interrupt interrupt;
	u32 i;

	if (!tree_is_device(node))
		return false;
	if (address_region(node, 0, &region))
		return true;
	for (i = 0; interrupts_get(judge->tree, node, i, &interrupt); i++)
		if (interrupt.is_spi)
			return true;
	return false;
}

void judge_read(struct judge *judge, const struct tree *tree)
{
	u32 i;

	memset(judge, 0, sizeof(*judge));
	judge->tree = tree;
	refs_read(&judge->refs, tree);
	judge->users = pool_take(tree->pool, tree->count * sizeof(*judge->users));
	for (i = 0; i < tree->count; i++) {
		if (!tree_is_device(tree->nodes[i]))
			continue;
		judge_add_regions(judge, tree->nodes[i]);
		judge_add_interrupts(judge, tree->nodes[i]);
		if (!tree_is_enabled(tree->nodes[i]) ||
		    !judge_is_candidate(judge, tree->nodes[i]))
			continue;
		judge->devices = pool_grow(tree->pool, judge->devices,
					   judge->device_count, sizeof(*judge->devices));
		judge->devices[judge->device_count++] = tree->nodes[i];
	}
}

/* Those of @node, read once: there may be many. Returns how many. */
static u32 judge_own(const struct judge *judge, const struct tree_node *node,
		     struct dtdev_region **own)
{
	struct dtdev_region region = { };
	u32 count;

	*own = NULL;
	for (count = 0; address_region(node, count, &region); count++) {
		*own = pool_grow(judge->tree->pool, *own, count, sizeof(**own));
		(*own)[count] = region;
	}
	return count;
}

static bool judge_is_in(const struct tree_node *memory, const struct dtdev_region *own,
			u32 count)
{
	struct dtdev_region region;
	u32 i, j;

	for (i = 0; address_region(memory, i, &region); i++)
		for (j = 0; j < count; j++)
			if (dtdev_pages_share(&own[j], &region))
				return true;
	return false;
}

static bool judge_is_memory(const struct judge *judge, const struct tree_node *node)
{
	struct dtdev_region *own;
	u32 count = judge_own(judge, node, &own), i;
	const char *type;

	for (i = 0; i < judge->tree->count; i++) {
		type = tree_string(judge->tree->nodes[i], "device_type");
		if (type && !strcmp(type, "memory") &&
		    judge_is_in(judge->tree->nodes[i], own, count))
			return true;
	}
	return false;
}

/*
 * What keeps a guest from using @node, whatever is done about it; NULL: nothing
 * that the tree tells.
 */
const char *judge_unfit(const struct judge *judge, const struct tree_node *node)
{
	const char *type = tree_string(node, "device_type");
	struct dtdev_region own;

	if (type && !strncmp(type, "pci", 3))
		return "pci-host: guests get no windows nor interrupts of it: give PCI functions";
	if (tree_property(node, "#iommu-cells"))
		return "iommu: only Xen itself can drive it";
	if (node->parent && !address_region(node, 0, &own) &&
	    tree_property(node->parent, "reg"))
		return pool_text(judge->tree->pool,
				 "no-registers: it works by those of %s, which stays",
				 node->parent->path);
	if (judge_is_memory(judge, node))
		return "in-memory: Xen gives no guest registers that lie in memory";
	return NULL;
}

/* Which interrupts of @node no Xen can give to a guest; "" if it has none of that kind. */
const char *judge_note(const struct judge *judge, const struct tree_node *node)
{
	const struct tree_node *named = NULL;
	struct interrupt interrupt;
	bool nobodys = false;
	u32 i;

	for (i = 0; interrupts_get(judge->tree, node, i, &interrupt); i++) {
		if (interrupt.is_spi)
			return "";
		nobodys |= interrupt.is_nobodys;
		if (!interrupt.is_nobodys)
			named = interrupt.named ?: named;
	}
	if (!named)
		return nobodys ? ", without its interrupts: no guest can have such" : "";
	return pool_text(judge->tree->pool, ", its interrupts by way of dom0 only: they are %s's",
			 named->path);
}

/* Is it another node that dom0 may be using? Parts go where the whole goes. */
static bool judge_is_other(const struct judge *judge, const struct tree_node *other,
			   const struct tree_node *node)
{
	u32 i;

	for (i = 0; i < judge->together_count; i++)
		if (tree_is_within(other, judge->together[i]))
			return false;
	return !tree_is_within(other, node) && tree_is_enabled(other);
}

static void judge_console(const struct judge *judge, const struct tree_node *node,
			  struct dtdev_report *report)
{
	const struct tree_node *chosen = tree_find(judge->tree, "/chosen"), *aliases;
	const char *path = chosen ? tree_string(chosen, "stdout-path") : NULL;
	char name[DTDEV_BINDING_NAME_MAX];

	if (!path)
		return;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(path, ":"), path);
	if (*path != '/') {
		aliases = tree_find(judge->tree, "/aliases");
		path = aliases ? tree_string(aliases, name) : NULL;
		if (!path)
			return;
	}
	if (strcspn(path, ":") == strlen(node->path) &&
	    !strncmp(path, node->path, strlen(node->path)))
		dtdev_report_add(report, DTDEV_CONSOLE, NULL);
}

/* Its frames for messages, below it, are Xen's as well. */
static void judge_controller(const struct judge *judge, const struct tree_node *node,
			     struct dtdev_report *report)
{
	const struct tree_node *at;

	for (at = node; at; at = at->parent)
		if (tree_property(at, "interrupt-controller") &&
		    interrupts_is_main(judge->tree, at)) {
			dtdev_report_add(report, DTDEV_CONTROLLER, NULL);
			return;
		}
}

static void judge_timer(const struct tree_node *node, struct dtdev_report *report)
{
	const char *timer;
	u32 i;

	for (i = 0; (timer = dtdev_timer(i)); i++)
		if (tree_is_compatible(node, timer)) {
			dtdev_report_add(report, DTDEV_TIMER, NULL);
			return;
		}
}

/*
 * Who has interrupts needs their controller; who only says whose they would be does not,
 * unless it is a controller itself, which passes on by that one what others have of it.
 */
static bool judge_needs(const struct ref *ref)
{
	if (!strcmp(ref->property->name, "interrupt-parent") &&
	    !tree_property(ref->user, "interrupt-controller"))
		return false;
	return ref->target && ref->user->parent &&
	       dtdev_binding_is_needed(ref->property->name);
}

static void judge_mark_user(const struct judge *judge, const struct tree_node *node,
			    const struct tree_node *user, const struct tree_node *target)
{
	if (tree_is_within(target, node) && judge_is_other(judge, user, node) &&
	    !tree_is_within(node, user))
		judge->users[user->index] = true;
}

/* One name for each user, not for each property of it, in the order of the tree. */
static void judge_provider(const struct judge *judge, const struct tree_node *node,
			   struct dtdev_report *report)
{
	const struct judge_interrupt *interrupt;
	const struct tree *tree = judge->tree;
	const struct ref *ref;
	u32 i;

	memset(judge->users, 0, tree->count * sizeof(*judge->users));
	for (i = 0; i < judge->refs.count; i++) {
		ref = &judge->refs.list[i];
		if (judge_needs(ref))
			judge_mark_user(judge, node, ref->user, ref->target);
	}
	for (i = 0; i < judge->interrupt_count; i++) {
		interrupt = &judge->interrupts[i];
		judge_mark_user(judge, node, interrupt->owner,
				interrupt->interrupt.named);
	}
	for (i = 0; i < tree->count; i++)
		if (judge->users[i])
			dtdev_report_add(report, DTDEV_PROVIDER, tree->nodes[i]->path);
}

/* Registers that anyone may use, who refers to them by any property. */
static void judge_syscon(const struct tree_node *node, struct dtdev_report *report)
{
	if (tree_is_compatible(node, "syscon"))
		dtdev_report_add(report, DTDEV_PROVIDER, "(syscon)");
}

/* Is @child, below @node, given by its own path, or by that of one between them? */
static bool judge_is_named(const struct judge *judge, const struct tree_node *child,
			   const struct tree_node *node)
{
	u32 i;

	for (i = 0; i < judge->together_count; i++)
		if (judge->together[i] != node && tree_is_within(judge->together[i], node) &&
		    tree_is_within(child, judge->together[i]))
			return true;
	return false;
}

static void judge_children(const struct judge *judge, const struct tree_node *node,
			   struct dtdev_report *report)
{
	u32 i;

	for (i = 0; i < judge->device_count; i++)
		if (judge->devices[i] != node && tree_is_within(judge->devices[i], node) &&
		    !judge_is_named(judge, judge->devices[i], node))
			dtdev_report_add(report, DTDEV_CHILDREN, judge->devices[i]->path);
}

/* Does @other, a region of another node, share a frame with one of @own, @node's? */
static bool judge_shares_page(const struct judge_region *other, const struct tree_node *node,
			      const struct dtdev_region *own, u32 count)
{
	struct dtdev_window window = {
		.region = &other->region,
		.above = tree_is_within(node, other->owner),
		.ranges = tree_property(other->owner, "ranges"),
		.registers = tree_is_compatible(other->owner, "syscon") ||
			     tree_is_compatible(other->owner, "simple-mfd"),
	};
	u32 i;

	for (i = 0; i < count; i++)
		if (dtdev_pages_share(&own[i], &other->region) &&
		    !dtdev_window_is_bus(&window, &own[i]))
			return true;
	return false;
}

static void judge_pages(const struct judge *judge, const struct tree_node *node,
			struct dtdev_report *report)
{
	const struct tree_node *last = NULL;
	struct dtdev_region *own;
	u32 count = judge_own(judge, node, &own), i;

	for (i = 0; i < judge->region_count; i++) {
		const struct judge_region *other = &judge->regions[i];

		if (other->owner == last || !judge_shares_page(other, node, own, count) ||
		    !judge_is_other(judge, other->owner, node))
			continue;
		dtdev_report_add(report, DTDEV_PAGE, other->owner->path);
		last = other->owner;
	}
}

/* Those of one node follow each other: the first of @node's, and the one behind the last. */
static void judge_own_lines(const struct judge *judge, const struct tree_node *node,
			    u32 *first, u32 *end)
{
	u32 i = 0;

	while (i < judge->interrupt_count && judge->interrupts[i].owner != node)
		i++;
	*first = i;
	while (i < judge->interrupt_count && judge->interrupts[i].owner == node)
		i++;
	*end = i;
}

static bool judge_is_own_line(const struct judge *judge, const struct interrupt *other,
			      u32 first, u32 end)
{
	for (; first < end; first++)
		if (interrupts_are_one(&judge->interrupts[first].interrupt, other))
			return true;
	return false;
}

static void judge_interrupts(const struct judge *judge, const struct tree_node *node,
			     struct dtdev_report *report)
{
	const struct tree_node *last = NULL, *owner;
	u32 i, first, end;

	judge_own_lines(judge, node, &first, &end);
	for (i = 0; i < judge->interrupt_count; i++) {
		owner = judge->interrupts[i].owner;
		if (owner == last || !judge_is_other(judge, owner, node) ||
		    !judge_is_own_line(judge, &judge->interrupts[i].interrupt, first, end))
			continue;
		dtdev_report_add(report, DTDEV_INTERRUPT, owner->path);
		last = owner;
	}
}

static bool judge_is_reset(const struct ref *ref)
{
	return ref->target && !strcmp(ref->property->name, "resets");
}

static bool judge_is_same_line(const struct ref *a, const struct ref *b)
{
	u32 i;

	if (a->target != b->target || a->cells != b->cells)
		return false;
	for (i = 1; i <= a->cells; i++)
		if (tree_cell(a->property, a->at + i) != tree_cell(b->property, b->at + i))
			return false;
	return true;
}

static void judge_resets(const struct judge *judge, const struct tree_node *node,
			 struct dtdev_report *report)
{
	const struct tree_property *own = tree_property(node, "resets");
	const struct tree_node *last = NULL;
	const struct ref *ref;
	u32 i, j;

	for (i = 0; own && i < judge->refs.count; i++) {
		ref = &judge->refs.list[i];
		if (!judge_is_reset(ref) || ref->user == last ||
		    !judge_is_other(judge, ref->user, node))
			continue;
		for (j = own->ref; j < own->ref + own->ref_count; j++) {
			if (!judge_is_same_line(ref, &judge->refs.list[j]))
				continue;
			dtdev_report_add(report, DTDEV_RESET, ref->user->path);
			last = ref->user;
			break;
		}
	}
}

/* Fills @report, which begins as all zeros, with all reasons against giving @node. */
void judge_node(const struct judge *judge, const struct tree_node *node,
		struct dtdev_report *report)
{
	judge_console(judge, node, report);
	judge_controller(judge, node, report);
	judge_timer(node, report);
	judge_provider(judge, node, report);
	judge_syscon(node, report);
	judge_children(judge, node, report);
	judge_pages(judge, node, report);
	judge_interrupts(judge, node, report);
	judge_resets(judge, node, report);
}
