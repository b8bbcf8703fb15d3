/* SPDX-License-Identifier: ISC
 * A server's look at a client's frame: one reserved place in its address space, where the frame is mapped while
 * bytes are copied, and no longer.  A frame's kind and length are looked at, never believed. */
#ifndef BIN_WINDOW_H
#define BIN_WINDOW_H

#include <mullion.h>

#define WINDOW_LEN ((size_t)0x10000)

/** Maps the first bytes of a frame of mine: *len is cut to what it has and what fits.  NULL: it is no memory. */
static inline void *window_open(int f_id, size_t *len)
{
	static void *window;
	struct frame f;
	size_t whole;

	if (!window)
		window = vm_reserve(WINDOW_LEN, 0);
	if (!window || f_id <= 0 || frame_info(f_id, &f) < 0 || f.kind != FRAME_MEM)
		return NULL;
	whole = f.len < WINDOW_LEN ? f.len : WINDOW_LEN;
	*len = *len < whole ? *len : whole;
	whole = (*len + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);
	if (!whole || vm_map_at(window, f_id, 0, whole, F_MAP_READ | F_MAP_WRITE) < 0)
		return NULL;
	return window;
}

/** Ends what window_open began; `len` as it left it. */
static inline void window_close(void *window, size_t len)
{
	vm_unmap(window, (len + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1));
}

#endif
