/* SPDX-License-Identifier: ISC
 * Keeps the memory library able to work: the lock that pool, tables and address space share, the stock of tree nodes
 * and the margin of record credits.  Decides nothing about what is allocated or mapped. */
#include "self.h"
#include "memory.h"
#include "page.h"

#define NODES_LEAST 8 /* more than one operation of the pool and one of the address space use up */

static struct rlock lock = RLOCK_INIT;
static size_t node_pages;
static int preparing;

void memory_lock(void)
{
	rlock_lock(&lock);
}

void memory_unlock(void)
{
	rlock_unlock(&lock);
}

static uintptr_t node_page_va(size_t i)
{
	return i < SELF_NODES ? SELF_NODES_VA + i * PAGE_SIZE : SELF_NODES2_VA + (i - SELF_NODES) * PAGE_SIZE;
}

static int nodes_fill(void)
{
	uintptr_t va = node_page_va(node_pages);
	int f_id, r;

	if (va >= SELF_NODES2_END)
		return ERR_RANGE;
	f_id = page_take(PAGE_SIZE, PAGE_SIZE, 0, 0);
	if (f_id < 0)
		return f_id;
	r = table_map(va, f_id, 0, PAGE_SIZE, F_MAP_READ | F_MAP_WRITE);
	if (r < 0) {
		page_put(f_id, 0);
		return r;
	}
	node_pages++;
	node_add((void *)va, PAGE_SIZE);
	return 0;
}

static int credits_fill(int n)
{
	int f_id, r;

	while (self.info->credits < n) {
		f_id = page_take(PAGE_SIZE, PAGE_SIZE, 0, 0);
		if (f_id < 0)
			return f_id;
		r = frame_donate(f_id);
		if (r < 0) {
			page_put(f_id, 0);
			return r;
		}
	}
	return 0;
}

/* Filling up uses the pool and the tables itself; those inner uses find what the margin holds. */
int memory_prepare(void)
{
	int r = 0;

	if (preparing)
		return 0;
	preparing = 1;
	if (self.info->credits < SELF_CREDITS)
		r = credits_fill(SELF_CREDITS);
	if (r >= 0 && node_count() < NODES_LEAST)
		r = nodes_fill();
	preparing = 0;
	return r;
}

int page_credits(int n)
{
	int r;

	memory_lock();
	r = memory_prepare();
	if (r >= 0) {
		preparing = 1;
		r = credits_fill(n);
		preparing = 0;
	}
	memory_unlock();
	return r;
}

void memory_start(void)
{
	(void)node_count();
	table_start();
	vm_start();
}
