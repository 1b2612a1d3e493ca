/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cfg_chain - walks the chains of capabilities and lays their policy
 */
#ifndef PCIBACK_CORE_CFG_CHAIN_H
#define PCIBACK_CORE_CFG_CHAIN_H

struct pciback_cfg;
struct pciback_cfg_reader;

void pciback_cfg_walk(struct pciback_cfg *cfg,
		      const struct pciback_cfg_reader *reader);

#endif
