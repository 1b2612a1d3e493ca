/* SPDX-License-Identifier: GPL-2.0 */
/* Stands in for the kernel header of the same name: what core/ uses of it. */
#ifndef UNIT_LINUX_MINMAX_H
#define UNIT_LINUX_MINMAX_H

#define min(_a, _b)	({ typeof(_a) a_ = (_a); typeof(_b) b_ = (_b); a_ < b_ ? a_ : b_; })
#define max(_a, _b)	({ typeof(_a) a_ = (_a); typeof(_b) b_ = (_b); a_ > b_ ? a_ : b_; })
#define clamp(_value, _low, _high) min(max(_value, _low), _high)

#endif
