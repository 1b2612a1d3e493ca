/* SPDX-License-Identifier: GPL-2.0 */
/*
 * newcomer - functions that appear while we are loaded, or that nobody is offered
 */
#ifndef PCIBACK_HOST_NEWCOMER_H
#define PCIBACK_HOST_NEWCOMER_H

int pciback_newcomer_init(void);
void pciback_newcomer_exit(void);

void pciback_newcomer_fetch(void);
void pciback_newcomer_settle(void);

#endif
