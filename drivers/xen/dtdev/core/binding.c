// SPDX-License-Identifier: GPL-2.0
/*
 * binding - the table, and what names tell beyond it
 *
 * Pure: any context, no allocation.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

#include "binding.h"

#define CELLS(_cells)	{ .kind = DTDEV_BINDING_CELLS, .cells = _cells }
#define HELD(_cells)	{ .kind = DTDEV_BINDING_CELLS, .cells = _cells, .held = true }
#define MAYBE(_cells)	{ .kind = DTDEV_BINDING_CELLS, .cells = _cells, .optional = true }
#define PLAIN		{ .kind = DTDEV_BINDING_PLAIN }
#define PLAIN_HELD	{ .kind = DTDEV_BINDING_PLAIN, .held = true }
#define FIRST		{ .kind = DTDEV_BINDING_FIRST }
#define MAP(_column)	{ .kind = DTDEV_BINDING_MAP, .column = _column }

/*
 * A '*' before an end stands for something, after a beginning for anything; the first
 * line that fits counts.
 */
static const struct {
	const char *name;
	struct dtdev_binding binding;
} binding_table[] = {
	/* What xen-dtdev and the driver core see to. */
	{ "assigned-clocks", HELD("#clock-cells") },
	{ "assigned-clock-parents", HELD("#clock-cells") },
	{ "clocks", HELD("#clock-cells") },
	{ "interconnects", HELD("#interconnect-cells") },
	{ "power-domains", HELD("#power-domain-cells") },
	{ "resets", HELD("#reset-cells") },
	{ "pinctrl-*", PLAIN_HELD },
	{ "*-supply", PLAIN_HELD },
	/* What somebody else serves. */
	{ "access-controllers", CELLS("#access-controller-cells") },
	{ "cooling-device", CELLS("#cooling-cells") },
	{ "dmas", CELLS("#dma-cells") },
	{ "hwlocks", CELLS("#hwlock-cells") },
	{ "io-backends", CELLS("#io-backend-cells") },
	{ "io-channels", CELLS("#io-channel-cells") },
	{ "iommus", CELLS("#iommu-cells") },
	{ "mboxes", CELLS("#mbox-cells") },
	{ "msi-parent", MAYBE("#msi-cells") },
	{ "nvmem-cells", MAYBE("#nvmem-cell-cells") },
	{ "phys", CELLS("#phy-cells") },
	{ "pwms", CELLS("#pwm-cells") },
	{ "sound-dai", CELLS("#sound-dai-cells") },
	{ "thermal-sensors", CELLS("#thermal-sensor-cells") },
	{ "trigger-sources", CELLS("#trigger-source-cells") },
	{ "fsl,usbmisc", MAYBE("#index-cells") },
	{ "*,nr-gpios", { .kind = DTDEV_BINDING_NONE } },
	{ "gpio", CELLS("#gpio-cells") },
	{ "gpios", CELLS("#gpio-cells") },
	{ "*-gpio", CELLS("#gpio-cells") },
	{ "*-gpios", CELLS("#gpio-cells") },
	{ "backlight", PLAIN },
	{ "companion", PLAIN },
	{ "cpus", PLAIN },
	{ "cpu-idle-states", PLAIN },
	{ "ddc-i2c-bus", PLAIN },
	{ "extcon", PLAIN },
	{ "i2c-parent", PLAIN },
	{ "interrupt-affinity", PLAIN },
	{ "interrupt-parent", PLAIN },
	{ "leds", PLAIN },
	{ "mdio-parent-bus", PLAIN },
	{ "memory-region", PLAIN },
	{ "mmc-pwrseq", PLAIN },
	{ "next-level-cache", PLAIN },
	{ "nvmem", PLAIN },
	{ "operating-points-v2", PLAIN },
	{ "panel", PLAIN },
	{ "phy", PLAIN },
	{ "phy-device", PLAIN },
	{ "post-init-providers", PLAIN },
	{ "remote-endpoint", PLAIN },
	{ "required-opps", PLAIN },
	{ "sfp", PLAIN },
	{ "trip", PLAIN },
	{ "usb-phy", PLAIN },
	{ "usb-role-switch-provider", PLAIN },
	{ "wakeup-parent", PLAIN },
	{ "*-handle", PLAIN },
	{ "*,grf", PLAIN },
	{ "snps,axi-config", PLAIN },
	{ "snps,mtl-rx-config", PLAIN },
	{ "snps,mtl-tx-config", PLAIN },
	{ "fsl,stop-mode", FIRST },
	{ "intf_mode", FIRST },
	{ "syscon*", FIRST },
	{ "*-syscon", FIRST },
	{ "*,syscon", FIRST },
	{ "gpio-ranges", MAP(0) },
	{ "iommu-map", MAP(1) },
	{ "msi-map", MAP(1) },
	{ "interrupt-map", { .kind = DTDEV_BINDING_ROUTES } },
};

/* Does @name fit @pattern? */
static bool binding_fits(const char *pattern, const char *name)
{
	size_t want = strlen(pattern), len = strlen(name);

	if (pattern[0] == '*')
		return len >= want && !strcmp(name + len - (want - 1), pattern + 1);
	if (pattern[want - 1] == '*')
		return len >= want - 1 && !strncmp(name, pattern, want - 1);
	return !strcmp(pattern, name);
}

/* "pinctrl-names" is text, as all lists of names are. */
static bool binding_is_names(const char *property)
{
	return binding_fits("*-names", property);
}

/*
 * Are the properties of a node of that name, and of those below it, paths and labels, that
 * refer to nobody? @top: its parent is the root.
 */
bool dtdev_binding_is_special(const char *node, bool top)
{
	return !strncmp(node, "__", 2) ||
	       (top && (!strcmp(node, "aliases") || !strcmp(node, "chosen")));
}

/* How @property refers to other nodes, if the table knows. */
struct dtdev_binding dtdev_binding_find(const char *property)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(binding_table) && !binding_is_names(property); i++)
		if (binding_fits(binding_table[i].name, property))
			return binding_table[i].binding;
	return (struct dtdev_binding){ .kind = DTDEV_BINDING_NONE };
}

/* Numbers that no binding has handles in, or that have readers of their own. */
bool dtdev_binding_is_number(const char *property)
{
	static const char * const numbers[] = {
		"reg", "ranges", "dma-ranges", "interrupts", "phandle",
		"linux,phandle", "interrupts-extended", "interrupt-map-mask",
		"interrupt-parent",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		if (!strcmp(property, numbers[i]))
			return true;
	return property[0] == '#';
}

/*
 * Does who has @property fail without what it refers to? Without one to cool, none is
 * hot.
 */
bool dtdev_binding_is_needed(const char *property)
{
	return strcmp(property, "cooling-device");
}

/* "#" @stem "-cells", if it fits. */
static bool binding_put_cells(const char *stem, size_t len, char *name, size_t size)
{
	if (!len || len + sizeof("#-cells") > size)
		return false;
	name[0] = '#';
	memcpy(name + 1, stem, len);
	memcpy(name + 1 + len, "-cells", sizeof("-cells"));
	return true;
}

/*
 * Which property a target of @property would have to say how many cells go with
 * its handle: variant 0 by the whole name without its vendor, 1 without the
 * plural, 2 by its last word without the plural. Returns false if there is none.
 */
bool dtdev_binding_cells_name(const char *property, unsigned int variant,
			      char *name, size_t size)
{
	const char *comma = strchr(property, ','), *stem = comma ? comma + 1 : property;
	const char *dash = strrchr(stem, '-');
	size_t len;

	if (variant == 2 && dash)
		stem = dash + 1;
	else if (variant >= 2)
		return false;
	len = strlen(stem);
	if (variant && len && stem[len - 1] == 's')
		len--;
	return binding_put_cells(stem, len, name, size);
}

/* Puts the name of the list that names the entries of @property into @name. */
bool dtdev_binding_names(const char *property, char *name, size_t size)
{
	const char *stem = binding_fits("pinctrl-*", property) ? "pinctrl" : property;
	size_t len = strlen(stem);

	if (len && stem == property && stem[len - 1] == 's')
		len--;
	if (!len || len + sizeof("-names") > size)
		return false;
	memcpy(name, stem, len);
	memcpy(name + len, "-names", sizeof("-names"));
	return true;
}
