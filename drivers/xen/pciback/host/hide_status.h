/* SPDX-License-Identifier: GPL-2.0 */
/*
 * hide_status - tells of the wishes, and what became of each
 */
#ifndef PCIBACK_HOST_HIDE_STATUS_H
#define PCIBACK_HOST_HIDE_STATUS_H

struct seq_buf;

int pciback_hide_show_slots(struct seq_buf *s);
int pciback_hide_show_status(struct seq_buf *s);
void pciback_hide_report(void);

#endif
