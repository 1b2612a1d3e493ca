/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dir - the directories in configfs; Documentation/ABI tells of each attribute
 */
#ifndef DTOVL_DIR_H
#define DTOVL_DIR_H

struct config_item;

int dtovl_dir_hold(struct config_item *item);
void dtovl_dir_let_go(struct config_item *item);

int dtovl_dir_init(void);
void dtovl_dir_exit(void);

#endif
