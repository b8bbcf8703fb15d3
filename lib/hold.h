/* SPDX-License-Identifier: ISC
 * Counts of frames with more than one holder.  Internal to lib/. */
#ifndef MULLION_HOLD_H
#define MULLION_HOLD_H

/** One more holder of f_id; a frame not yet counted has one.  The new count, or ERR_…. */
int hold_add(int f_id);

/** One holder less.  How many are left: 0 for a frame that is not counted. */
int hold_drop(int f_id);

#endif
