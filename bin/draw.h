/* SPDX-License-Identifier: ISC
 * Pictures in text of address spaces and of physical memory, on standard output.  They look, and change nothing. */
#ifndef BIN_DRAW_H
#define BIN_DRAW_H

/** Draws the address space of pid (0: mine; or a child's).  0, or the ERR_… that said no. */
int draw_maps(int pid);

/** Draws physical memory by owner and kind, as far as I and init can see.  0, or ERR_…. */
int draw_mem(void);

#endif
