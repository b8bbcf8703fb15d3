/* SPDX-License-Identifier: ISC
 * Data accesses that lie in two pages, as a thread's own handler is told of them. */
#include <stdio.h>
#include <string.h>
#include "straddle.h"

static struct upcall area;
static char *base;
static int frame[2];
static unsigned faults;
static uint32_t address, kind;

/* Brings the page that it is told of, or lets it be accessed. */
static void serve(struct upcall *a)
{
	unsigned page = (a->address - (uintptr_t)base) / PAGE_SIZE;

	faults++;
	address = a->address;
	kind = a->kind;
	if (page > 1)
		thread_exit();
	if (a->kind & FAULT_NOMAP)
		vm_map_at(base + page * PAGE_SIZE, frame[page], 0, PAGE_SIZE, RW);
	else
		vm_protect(base + page * PAGE_SIZE, PAGE_SIZE, RW);
}

UPCALL_ENTRY(entry, serve)

static void straddle_try(const struct straddle *s, unsigned missing, uint32_t why)
{
	char *edge = base + PAGE_SIZE, *at = edge - s->before;
	char data[STRADDLE_MOST], want[STRADDLE_MOST] = {0}, *page = base + missing * PAGE_SIZE;

	for (int n = 0; n < STRADDLE_MOST; n++)
		at[n] = (char)(n + s->before + 1);
	memcpy(data, want, sizeof data);
	if (s->writes)
		for (int n = 0; n < s->len; n++)
			data[n] = (char)(0x80 + n);
	else
		memcpy(want, at, (size_t)s->len);
	if (why == FAULT_NOMAP)
		CHECK_OK(vm_unmap(page, PAGE_SIZE));
	else
		CHECK_OK(vm_protect(page, PAGE_SIZE, s->writes ? F_MAP_READ : 0));
	faults = 0;
	CHECK_OK(thread_upcall(entry, &area));
	s->access(at, data);
	CHECK_OK(thread_upcall(NULL, NULL));
	CHECK_EQ(faults, 1);
	CHECK_EQ(kind, why | (s->writes ? FAULT_WRITE : FAULT_READ));
	CHECK_EQ(address & ~(PAGE_SIZE - 1u), (uintptr_t)page);
	CHECK(address >= (uintptr_t)at && address < (uintptr_t)at + (unsigned)s->len);
	CHECK(!memcmp(s->writes ? at : want, data, (size_t)s->len));
}

TEST("an access in two pages faults at the one that is missing or has not the right, and is made once that is brought")
{
	page_credits(40);
	base = vm_reserve(2 * PAGE_SIZE, PAGE_SIZE);
	CHECK(base);
	for (unsigned n = 0; n < 2; n++) {
		frame[n] = mem_new(PAGE_SIZE);
		CHECK_OK(vm_map_at(base + n * PAGE_SIZE, frame[n], 0, PAGE_SIZE, RW));
	}
	for (unsigned n = 0; n < STRADDLES * 4; n++) {
		printf("%s\n", straddles[n / 4].what);
		straddle_try(&straddles[n / 4], n & 1, n & 2 ? FAULT_NOMAP : FAULT_RIGHT);
	}
}
