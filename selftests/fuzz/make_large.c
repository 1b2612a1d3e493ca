// SPDX-License-Identifier: GPL-2.0
/*
 * Writes the planner an input that no committed one should be as long as: a blob with
 * lists of 64 KiB, among them one with a byte more, handles in a circle, regions that
 * overlap, cells that are missing, and a device within another.
 */
#include <libfdt.h>
#include <stdio.h>

#define CELLS	16384

static int put_cells(void *blob, const char *name, unsigned int first, unsigned int step,
		     int more)
{
	static unsigned char data[CELLS * 4 + 3];
	int i;

	for (i = 0; i < CELLS; i++)
		fdt32_st(data + i * 4, i % 2 ? 0x1000 : first + i / 2 * step);
	return fdt_property(blob, name, data, CELLS * 4 + more);
}

static int put_controller(void *blob)
{
	return fdt_begin_node(blob, "gic@1000") ||
	       fdt_property_u32(blob, "phandle", 1) ||
	       fdt_property_u32(blob, "#interrupt-cells", 3) ||
	       fdt_property_u32(blob, "#reset-cells", 1) ||
	       fdt_property(blob, "interrupt-controller", "", 0) ||
	       fdt_end_node(blob);
}

/* Device @name, which refers to the one with @other for a handle. */
static int put_device(void *blob, const char *name, unsigned int first, int own, int other)
{
	return fdt_begin_node(blob, name) ||
	       fdt_property_u32(blob, "phandle", own) ||
	       fdt_property_u32(blob, "phy-handle", other) ||
	       fdt_property_u32(blob, "interrupt-parent", 1) ||
	       fdt_property(blob, "ranges", "", 0) ||
	       put_cells(blob, "reg", first, 0x800, 0) ||
	       put_cells(blob, "interrupts", 0, 1, 1) ||
	       put_cells(blob, "vendor,table", first, 1, 3) ||
	       fdt_begin_node(blob, "part@0") ||
	       fdt_property_u32(blob, "reg", first) ||
	       fdt_end_node(blob) || fdt_end_node(blob);
}

int main(void)
{
	static unsigned char blob[1 << 20];
	int err;

	err = fdt_create(blob, sizeof(blob)) || fdt_finish_reservemap(blob) ||
	      fdt_begin_node(blob, "") ||
	      fdt_property_u32(blob, "#address-cells", 1) ||
	      fdt_property_u32(blob, "#size-cells", 1) ||
	      put_controller(blob) ||
	      put_device(blob, "a", 0x2000000, 2, 3) ||
	      put_device(blob, "b", 0x2400800, 3, 2) ||
	      fdt_end_node(blob) || fdt_finish(blob);
	if (err)
		return 1;
	return fwrite(blob, 1, fdt_totalsize(blob), stdout) != fdt_totalsize(blob);
}
