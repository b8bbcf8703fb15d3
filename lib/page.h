/* SPDX-License-Identifier: ISC
 * A physical allocator over frames: the process's own pool, topped up from the memory server. */
#ifndef MULLION_PAGE_H
#define MULLION_PAGE_H

#include <stddef.h>
#include <stdint.h>

/** A zeroed MEM frame of my own of exactly `len` bytes (a multiple of PAGE_SIZE), aligned to `align` (0, or a power
 * of two of at least PAGE_SIZE), got from the memory server if need be.  Returns its f_id.
 * ERR_ALIGN · ERR_RANGE len 0, or no whole pages · ERR_MEMORY · ERR_RECORDS. */
int page_alloc(size_t len, size_t align);

/** The same, wholly below physical address `below` (0: anywhere): for DMA. */
int page_alloc_below(size_t len, size_t align, uint32_t below);

/** Gives a MEM frame of mine back to the pool: unmaps it everywhere.  A counted frame (page_hold) only when its
 * last holder lets it go.  ERR_FRAME · ERR_KIND. */
int page_free(int f_id);

/** Gives a frame of mine of any kind back, wherever it is mapped or stands: memory to the pool; a table, emptied, as memory;
 * room for records when nobody needs it; a device to the server.  For what came with a message or was left by somebody who ended.
 * ERR_FRAME · ERR_KIND a process or a thread · ERR_BUSY a root in use. */
int page_scrap(int f_id);

/** Counts one more holder of a frame.  Returns the count.  page_free takes one away.  ERR_FRAME. */
int page_hold(int f_id);

/** Makes sure that at least n record credits are free, donating pages if need be, and that the library turns none of them back.  ERR_RECORDS · ERR_MEMORY. */
int page_credits(int n);

#endif
