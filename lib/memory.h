/* SPDX-License-Identifier: ISC
 * What the page pool, the table keeper and the address-space builder share.  Internal to lib/: programs use page.h
 * and vm.h.  Everything here is called with memory_lock held, but for memory_lock itself. */
#ifndef MULLION_MEMORY_H
#define MULLION_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "extent.h"
#include "frame.h"

/** One lock for the pool, the tables and the address space, since each needs the others; its holder may take it again. */
void memory_lock(void);
void memory_unlock(void);

/** Makes sure that the next operation finds nodes for its trees and credits for its records, and gives back what is too much
 * of both.  Nobody who calls it holds a node of a tree.  ERR_RECORDS · ERR_MEMORY.  What gives back calls it last, so that an error
 * keeps nothing: what came back is what it takes. */
int memory_prepare(void);

#define NODES_PAGE  (PAGE_SIZE / sizeof(struct extent))
#define NODES_LEAST 8 /* more than one operation of the pool and one of the address space use up */
#define NODES_FEW   3 /* that giving a frame back may use up; nothing else takes the last ones */

/** How many nodes are in stock. */
size_t node_count(void);

/** Sees to it that there are NODES_LEAST, in the middle of another operation.  ERR_RECORDS · ERR_MEMORY. */
int nodes_keep(void);

/** Adds a page of nodes. */
void node_add(void *page);

/** Moves what is in use on a page of nodes elsewhere; NODES_PAGE must be in stock. */
void node_vacate(void *page);

/** Takes a run of pages out of the pool, or gets it from the memory server; not cleared unless `zero`.
 * Aligned to `align` (at least PAGE_SIZE), ending at or below `below` (0: anywhere).  The frame's id, or ERR_…. */
int page_take(size_t len, size_t align, uint32_t below, int zero);

/** Puts a frame of mine, unmapped, into the pool; `clean`: it is all zero.  ERR_FRAME · ERR_KIND. */
int page_put(int f_id, int clean);

/** Gets a page for the pool from the server, for the sake of the credit that comes with it.  ERR_MEMORY · ERR_CALL. */
int page_fetch(void);

/** Gives the server what of the pool does not lie with the lowest of it, and what is more than it likes to keep: when much came from
 * somebody else, in many places. */
void page_gather(void);

/** Whether the pool has the page at physical address pa. */
int page_pooled(uintptr_t pa);

/** Takes a whole frame out of the pool, as it is, which costs no credit.  ERR_MEMORY. */
int page_take_whole(void);

/** The L2 over va: its id, made if none stands there.  ERR_…. */
int table_at(uintptr_t va);

/** The same, 0 if none stands there. */
int table_find(uintptr_t va);

/** Whether the L2 over va is somebody else's, a pager's, which lets me map nothing in it unless it says so. */
bool table_foreign(uintptr_t va);

/** Nothing can be mapped at `at`, which was reserved: if that is because the span has become somebody else's, another reservation, the old one
 * left to its fate; NULL: it is not, or there is no room. */
void *vm_reserve_again(void *at, size_t len, size_t align);

/** Learns the tables that stand when the program starts. */
void table_start(void);

/** Where an L2 of mine can be read; NULL if it is not mapped for me. */
const uint32_t *table_window(uintptr_t va);

/** Where my L1 can be read. */
const uint32_t *table_root(void);

/** Maps pages of f_id at va, making tables as needed; all of it or nothing. */
int table_map(uintptr_t va, int f_id, size_t offset, size_t len, int rights);

/** Takes out what is mapped in [va, va + len); holes are no error. */
int table_unmap(uintptr_t va, size_t len);

/** Whether the pool or the room for records has the frame. */
int memory_has(const struct frame *f);

/** Builds the set of free addresses. */
void vm_start(void);

/** The first process's, and default, source of memory: a zeroed frame of at least `len` bytes, aligned and below as
 * page_take says.  Weak: the memory server, which has all memory in its pool, may define its own. */
int page_more(size_t len, size_t align, uint32_t below);

/** Takes an unmapped frame that the pool has too much of; an error keeps it in the pool.  Weak, as page_more. */
int page_less(int f_id);

#endif
