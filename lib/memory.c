/* SPDX-License-Identifier: ISC
 * Keeps the memory library able to work: the lock that pool, tables and address space share, the stock of tree nodes
 * and the margin of record credits.  Decides nothing about what is allocated or mapped. */
#include "self.h"
#include "memory.h"
#include "page.h"
#include "room.h"
#include "vm.h"

#define NODES_MOST (NODES_PAGE + 3 * NODES_LEAST)

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
		return ERR_MEMORY;
	f_id = page_take(PAGE_SIZE, PAGE_SIZE, 0, 0);
	if (f_id < 0)
		return f_id;
	r = table_map(va, f_id, 0, PAGE_SIZE, F_MAP_READ | F_MAP_WRITE);
	if (r < 0) {
		page_put(f_id, 0);
		return r;
	}
	node_pages++;
	node_add((void *)va);
	return 0;
}

int nodes_keep(void)
{
	return node_count() < NODES_LEAST ? nodes_fill() : 0;
}

static void nodes_trim(void)
{
	void *va = (void *)node_page_va(node_pages - 1);
	int f_id;

	if (!node_pages || node_count() < NODES_MOST)
		return;
	f_id = vm_frame(va, NULL);
	if (f_id < 0)
		return;
	node_vacate(va);
	node_pages--;
	table_unmap((uintptr_t)va, PAGE_SIZE);
	page_put(f_id, 0);
}

/* Filling up uses the pool and the tables itself; those inner uses find what the margin holds. */
int memory_prepare(void)
{
	int r, credits;

	if (preparing)
		return 0;
	preparing = 1;
	r = nodes_keep();
	credits = room_fill(SELF_CREDITS);
	if (credits >= 0 && r < 0) /* for want of credits, perhaps */
		r = nodes_keep();
	nodes_trim();
	room_trim(room_credits());
	preparing = 0;
	return credits < 0 ? credits : r;
}

int page_credits(int n)
{
	int r;

	memory_lock();
	memory_prepare();
	preparing = 1;
	r = room_fill(n);
	if (r >= 0)
		room_ask(n);
	preparing = 0;
	memory_unlock();
	return r;
}

int memory_has(const struct frame *f)
{
	int has;

	memory_lock();
	has = f->kind == FRAME_RECORDS ? room_has(f->f_id) : page_pooled(f->pa);
	memory_unlock();
	return has;
}

void memory_start(void)
{
	(void)node_count();
	table_start();
	vm_start();
	if (self.start && self.start->pool)
		page_put(self.start->pool, 1);
}
