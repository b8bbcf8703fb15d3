/* SPDX-License-Identifier: ISC
 * A call in an IT block.  When it faults the CPU's state is already that of the instruction after it. */
#include "test.h"

#ifdef __thumb__

static struct upcall area;
static int upcalls, frame, table;
static uintptr_t offset;

static void repairs(void *a)
{
	upcalls++;
	frame_map(table, frame, offset, 0, 0, PAGE_RW);
	thread_return(a);
}

/* proc_info(0, out), if 0 is 0; the result is whether the other branch ran. */
uint32_t call_in_block(volatile void *out);
__asm__(".syntax unified\n"
	".text\n"
	".thumb\n"
	".balign 4\n"
	".thumb_func\n"
	".type call_in_block, %function\n"
	".global call_in_block\n"
	"call_in_block:\n"
	"	push	{r4, lr}\n"
	"	mov	r4, #0\n"
	"	mov	r1, r0\n"
	"	mov	r0, #0\n"
	"	mov	r12, #26\n"
	"	cmp	r0, #0\n"
	"	ite	eq\n"
	"	svceq	#0\n"
	"	movne	r4, #1\n"
	"	mov	r0, r4\n"
	"	pop	{r4, pc}\n");

TEST("a call in an IT block whose pointer faults is made when the handler has repaired that, and nothing else of the "
     "block")
{
	volatile uint32_t *info;
	struct mapping m;
	uint32_t other;

	_Static_assert(CALL_proc_info == 26, "the number above");
	frame = mem_new(PAGE_SIZE);
	info = vm_map(frame, 0, 0, RW);
	CHECK(info);
	CHECK_EQ(vspace_next(vspace_root(0), (uintptr_t)info & ~(uintptr_t)(L2_SPAN - 1), &m), 1);
	table = m.f_id;
	offset = (uintptr_t)info % L2_SPAN;
	CHECK_OK(frame_unmap(table, frame, offset, PAGE_SIZE));
	CHECK_OK(thread_upcall(repairs, &area));
	other = call_in_block(info);
	CHECK_OK(thread_upcall(NULL, NULL));
	CHECK_EQ(upcalls, 1);
	CHECK_EQ(other, 0);
	CHECK_EQ(info[0], (uint32_t)thread_self());
}

#else

TEST("a call in an IT block whose pointer faults is made when the handler has repaired that")
{
	SKIP("there are no IT blocks in ARM state");
}

#endif
