/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dir - the directories in configfs; Documentation/ABI tells of each attribute
 */
#ifndef DTOVL_DIR_H
#define DTOVL_DIR_H

int dtovl_dir_init(void);
void dtovl_dir_exit(void);

#endif
