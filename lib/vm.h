/* SPDX-License-Identifier: ISC
 * An address-space builder for the calling process: finds room, makes tables as needed, and reads its own
 * tables where they are mapped read-only.
 *
 * Under a pager two map in one vspace.  Whose L2 covers a span decides.  In its own L2 a process maps what it likes.  In another's it maps only if the
 * owner allows that (frame_allow, ALLOW_MAP); whoever names a pager allows it.  A pager puts an L2 of its own where a fault finds none
 * (pager_map): so a span that is touched before anything of the program lies in it becomes the pager's.  vm_map leaves such spans alone and
 * goes elsewhere; vm_map_at answers ERR_FRAME there. */
#ifndef MULLION_VM_H
#define MULLION_VM_H

#include <stddef.h>
#include <stdint.h>

/** Maps `len` bytes (0: the rest) of a frame of mine from `offset` where there is room, with F_MAP_READ and so on
 * (F_MAP_UNCACHED may be or-ed in).  NULL if refused; vm_error() says why. */
void *vm_map(int f_id, size_t offset, size_t len, int rights);

/** Maps `len` bytes (0: the rest) of a frame of mine from `offset` at the page-aligned address va, with rights
 * F_MAP_READ and so on.  Returns 0.
 * ERR_EXISTS something lies there · ERR_ALIGN · ERR_RANGE · ERR_FRAME · ERR_RIGHT · ERR_RECORDS · ERR_MEMORY. */
int vm_map_at(void *va, int f_id, size_t offset, size_t len, int rights);

/** Takes out whatever is mapped in [va, va + len).  Holes are no error. */
int vm_unmap(void *va, size_t len);

/** Changes the rights of all that is mapped in [va, va + len), up to what it was mapped with:
 * F_MAP_READ and so on, or 0. */
int vm_protect(void *va, size_t len, int rights);

/** The frame mapped at va, and the offset of va's byte in it (offset may be NULL).  ERR_NOMAP. */
int vm_frame(const void *va, size_t *offset);

/** What stands at va, from my own tables, without a call: 0 nothing, else 1; *desc gets the descriptor. */
int vm_walk(const void *va, uint32_t *desc);

/** Reserves `len` bytes of address space, mapping nothing; vm_map does not use it.  NULL if there is none. */
void *vm_reserve(size_t len, size_t align);

/** Gives a reservation back. */
void vm_release(void *va, size_t len);

/** Why the last vm_map of this thread answered NULL. */
int vm_error(void);

#endif
