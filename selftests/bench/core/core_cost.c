// SPDX-License-Identifier: GPL-2.0
/*
 * core_cost - makes core/ decide the same request again and again
 *
 *	core_cost NAME COUNT	one of the requests below, so many times
 *	core_cost		names them
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/kernel.h>
#include <linux/pci_regs.h>
#include <xen/interface/io/pciif.h>

#include "cfg_map.h"
#include "fake_device.h"
#include "measured.h"

static const struct request {
	const char *name;
	u32 cmd;
	s32 offset, size;
	u32 value;
} requests[] = {
	{ "read_id_4", XEN_PCI_OP_conf_read, PCI_VENDOR_ID, 4 },
	{ "read_command_2", XEN_PCI_OP_conf_read, PCI_COMMAND, 2 },
	{ "read_status_2", XEN_PCI_OP_conf_read, PCI_STATUS, 2 },
	{ "read_bar_4", XEN_PCI_OP_conf_read, PCI_BASE_ADDRESS_0, 4 },
	{ "read_capability_2", XEN_PCI_OP_conf_read, 0x90 + PCI_EXP_LNKSTA, 2 },
	{ "read_extended_4", XEN_PCI_OP_conf_read, 0x300, 4 },
	{ "write_byte", XEN_PCI_OP_conf_write, PCI_CACHE_LINE_SIZE, 1, 16 },
};

static struct fake_device device;
static struct pciback_cfg cfg;

static const struct request *find(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(requests); i++)
		if (!strcmp(requests[i].name, name))
			return &requests[i];
	return NULL;
}

static int run(const struct request *request, unsigned long count)
{
	struct pciback_cfg_facts facts = fake_device_facts(PCI_CFG_SPACE_EXP_SIZE);
	struct xen_pci_op op = {
		.cmd = request->cmd, .offset = request->offset,
		.size = request->size, .value = request->value,
	};

	fake_device_rich(&device);
	if (fake_device_build(&device, &cfg, &facts))
		return EXIT_FAILURE;
	printf("%s %lu %#x\n", request->name, count,
	       measured(&cfg, &op, count));
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	const struct request *request;
	unsigned int i;

	if (argc == 3) {
		request = find(argv[1]);
		return request ? run(request, strtoul(argv[2], NULL, 0)) :
				 EXIT_FAILURE;
	}
	for (i = 0; i < ARRAY_SIZE(requests); i++)
		puts(requests[i].name);
	return EXIT_SUCCESS;
}
