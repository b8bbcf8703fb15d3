/* SPDX-License-Identifier: ISC
 * Pointers of calls to what lies in two pages, words in two pages among it, as a thread's own handler is told of them. */
#include <string.h>
#include "test.h"

static struct upcall area;
static char *base, *missing;
static int frame[2];
static unsigned faults;
static uint32_t kind;

static void serve(struct upcall *a)
{
	faults++;
	kind = a->kind;
	if ((a->address & ~(PAGE_SIZE - 1u)) == (uintptr_t)missing)
		vm_map_at(missing, frame[missing != base], 0, PAGE_SIZE, RW);
	else
		vm_unmap(base, 2 * PAGE_SIZE); /* nothing will do any more */
}

UPCALL_ENTRY(entry, serve)

static void lose(unsigned page)
{
	missing = base + page * PAGE_SIZE;
	CHECK_OK(vm_unmap(missing, PAGE_SIZE));
	faults = 0;
}

/* What a call writes, or reads, at so many bytes before the second page. */
static void write_try(unsigned before, unsigned page)
{
	char *at = base + PAGE_SIZE - before;
	struct proc_info info;

	lose(page);
	CHECK_OK(proc_info(0, (void *)at));
	CHECK_EQ(faults, 1);
	CHECK_EQ(kind, FAULT_WRITE | FAULT_NOMAP);
	memcpy(&info, at, sizeof info);
	CHECK_EQ(info.pid, thread_self());
	CHECK_EQ(info.priority, ((struct proc_info *)at)->priority);
}

static void read_try(unsigned before, unsigned page, int f_id)
{
	struct frame_op op = {.call = CALL_frame_cache, .arg = {(uintptr_t)f_id, 0, 0, CACHE_CLEAN}, .result = 5};
	char *at = base + PAGE_SIZE - before;

	memcpy(at, &op, sizeof op);
	lose(page);
	CHECK_EQ(frame_batch((void *)at, 1), 0); /* it is none of those that a batch does */
	CHECK_EQ(faults, 1);
	CHECK_EQ(kind, FAULT_READ | FAULT_NOMAP);
	memcpy(&op, at, sizeof op);
	CHECK_ERR(op.result, ERR_CALL);
}

TEST("a call's pointer to what lies in two pages faults at the one that is missing, and the call is made once that is "
     "brought")
{
	int f = mem_new(PAGE_SIZE);

	page_credits(40);
	base = vm_reserve(2 * PAGE_SIZE, PAGE_SIZE);
	for (unsigned n = 0; n < 2; n++) {
		frame[n] = mem_new(PAGE_SIZE);
		CHECK_OK(vm_map_at(base + n * PAGE_SIZE, frame[n], 0, PAGE_SIZE, RW));
	}
	CHECK_OK(thread_upcall(entry, &area));
	for (unsigned page = 0; page < 2; page++) {
		write_try(4, page);
		write_try(24, page);
		write_try(2, page);
		read_try(4, page, f);
		read_try(20, page, f);
		read_try(sizeof(struct frame_op) - 1, page, f);
	}
	CHECK_OK(thread_upcall(NULL, NULL));
}
