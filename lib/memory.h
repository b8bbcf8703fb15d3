/* SPDX-License-Identifier: ISC
 * What the page pool, the table keeper and the address-space builder share.  Internal to lib/: programs use page.h
 * and vm.h.  Everything here is called with memory_lock held, but for memory_lock itself. */
#ifndef MULLION_MEMORY_H
#define MULLION_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/** One lock for the pool, the tables and the address space, since each needs the others; its holder may take it again. */
void memory_lock(void);
void memory_unlock(void);

/** Makes sure that the next operation finds nodes for its trees and credits for its records.  ERR_RECORDS · ERR_RANGE. */
int memory_prepare(void);

/** How many nodes are in stock. */
size_t node_count(void);

/** Adds a page of nodes at va. */
void node_add(void *va, size_t len);

/** Takes a run of pages out of the pool, or gets it from the memory server; not cleared unless `zero`.
 * Aligned to `align` (at least PAGE_SIZE), ending at or below `below` (0: anywhere).  The frame's id, or ERR_…. */
int page_take(size_t len, size_t align, uint32_t below, int zero);

/** Puts a frame of mine, unmapped, into the pool; `clean`: it is all zero.  ERR_FRAME · ERR_KIND. */
int page_put(int f_id, int clean);

/** The L2 over va: its id, made if none stands there.  ERR_…. */
int table_at(uintptr_t va);

/** The same, 0 if none stands there. */
int table_find(uintptr_t va);

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

/** Builds the set of free addresses. */
void vm_start(void);

/** The first process's, and default, source of memory: a zeroed frame of at least `len` bytes, aligned and below as
 * page_take says.  Weak: the memory server, which has all memory in its pool, may define its own. */
int page_more(size_t len, size_t align, uint32_t below);

/** Takes an unmapped frame that the pool has too much of; an error keeps it in the pool.  Weak, as page_more. */
int page_less(int f_id);

#endif
