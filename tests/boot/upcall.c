/* SPDX-License-Identifier: ISC
 * A thread that handles its own faults. */
#include <string.h>
#include "test.h"

static volatile int handled;
static struct upcall area, seen;
static int frame, table;
static uintptr_t offset;

static void handler(void *a)
{
	seen = *(struct upcall *)a;
	handled++;
	frame_map(table, frame, offset, 0, 0, PAGE_RW);
	thread_return(a);
}

TEST("a handler entered with the fault's address and kind maps the page and resumes; all registers are kept")
{
	volatile uint32_t *va;
	struct mapping m;
	uint32_t in[12], out[12];

	frame = mem_new(PAGE_SIZE);
	va = vm_map(frame, 0, 0, RW);
	CHECK(va);
	va[3] = 77;
	CHECK_EQ(vspace_next(vspace_root(0), (uintptr_t)va & ~(uintptr_t)(L2_SPAN - 1), &m), 1);
	table = m.f_id;
	offset = (uintptr_t)va % L2_SPAN;
	CHECK_OK(frame_unmap(table, frame, offset, PAGE_SIZE));
	CHECK_OK(thread_upcall(handler, &area));
	for (uint32_t n = 0; n < 12; n++)
		in[n] = 0x5500 + n;
	in[11] = (uint32_t)(uintptr_t)&va[3];
	__asm__ volatile("push {r4-r11}\n"
			 "mov r12, %1\n"
			 "push {r12}\n"
			 "mov lr, %0\n"
			 "ldmia lr, {r0-r10, r12}\n"
			 "ldr r11, [r12]\n"
			 "pop {lr}\n"
			 "stmia lr, {r0-r10, r11}\n"
			 "pop {r4-r11}\n"
			 :
			 : "r"(in), "r"(out)
			 : "r0", "r1", "r2", "r3", "r12", "lr", "memory");
	CHECK_EQ(handled, 1);
	for (uint32_t n = 0; n < 11; n++)
		CHECK_EQ(out[n], in[n]);
	CHECK_EQ(out[11], 77);
	CHECK(seen.busy);
	CHECK_EQ(seen.address, in[11]);
	CHECK_EQ(seen.kind, FAULT_READ | FAULT_NOMAP);
	CHECK_EQ(seen.table, table);
	CHECK_EQ(seen.r[12], in[11]);
	CHECK_EQ(area.busy, 0);
	CHECK_OK(thread_upcall(NULL, NULL));
}
