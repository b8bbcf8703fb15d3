/* SPDX-License-Identifier: ISC
 * Instructions at the end of a page, as a thread's own handler is told of them.  That a breakpoint's address is not taken from what
 * an earlier fault left in IFAR cannot be seen on QEMU, which clears that. */
#include "straddle.h"

#define CPSR_T 0x20u

static struct upcall area, seen;
static char *base;
static int second;
static unsigned faults;

static void serve(struct upcall *a)
{
	seen = *a;
	if (faults++ || a->kind & FAULT_UNDEFINED) {
		a->r[15] = a->r[14]; /* enough: out of the function */
		a->cpsr = (a->cpsr & ~CPSR_T) | (a->r[14] & 1 ? CPSR_T : 0);
		return;
	}
	vm_map_at((void *)(a->address & ~(uintptr_t)(PAGE_SIZE - 1)), second, 0, PAGE_SIZE, F_MAP_READ | F_MAP_EXEC);
}

UPCALL_ENTRY(entry, serve)

static void breakpoint_try(int first)
{
	uint16_t *last = (uint16_t *)vm_map(first, 0, 0, RW) + PAGE_SIZE / 2 - 1;

	*last = STRADDLE_BKPT;
	CHECK_OK(frame_cache(first, 0, 0, CACHE_UNIFY));
	faults = 0;
	((void (*)(void))(base + PAGE_SIZE - 2 + 1))();
	CHECK_EQ(faults, 1);
	CHECK_EQ(seen.kind & (FAULT_EXEC | FAULT_UNDEFINED), FAULT_EXEC | FAULT_UNDEFINED);
	CHECK_EQ(seen.address, (uintptr_t)base + PAGE_SIZE - 2);
}

TEST("an instruction in two pages of which the second is missing faults there, and a breakpoint before a missing page "
     "where it is")
{
	int first = mem_new(PAGE_SIZE), value;

	second = mem_new(PAGE_SIZE);
	page_credits(40);
	straddle_code_put(first, second);
	base = vm_reserve(2 * PAGE_SIZE, PAGE_SIZE);
	CHECK_OK(vm_map_at(base, first, 0, PAGE_SIZE, F_MAP_READ | F_MAP_EXEC));
	CHECK_OK(thread_upcall(entry, &area));
	value = straddle_call((uintptr_t)base + PAGE_SIZE);
	CHECK_EQ(faults, 1);
	CHECK_EQ(value, STRADDLE_CODE_VALUE);
	CHECK_EQ(seen.address, (uintptr_t)base + PAGE_SIZE);
	CHECK_EQ(seen.kind, FAULT_EXEC | FAULT_NOMAP);
	CHECK_OK(vm_unmap(base + PAGE_SIZE, PAGE_SIZE));
	breakpoint_try(first);
	CHECK_OK(thread_upcall(NULL, NULL));
}
