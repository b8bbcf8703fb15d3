/* SPDX-License-Identifier: ISC
 * Accesses, instructions and calls' pointers that lie in two pages, as a pager is told of them. */
#include <string.h>
#include "straddle.h"

/* Two pages a try, the first of which is there: data, then code, then what a call writes. */
#define FIRST(n)  ((uintptr_t)CHILD_FREE_VA + 2 * (n)*PAGE_SIZE)
#define SECOND(n) (FIRST(n) + PAGE_SIZE)
#define CODE      STRADDLES
#define POINTER   (STRADDLES + 1)
#define INFO_AT   (SECOND(POINTER) - 8)

static void accesses(void *shared)
{
	char *data = shared;

	for (unsigned n = 0; n < STRADDLES; n++)
		straddles[n].access((void *)(SECOND(n) - (unsigned)straddles[n].before), data + n * STRADDLE_MOST);
	if (straddle_call(SECOND(CODE)) != STRADDLE_CODE_VALUE)
		proc_exit(1);
	if (proc_info(0, (struct proc_info *)INFO_AT) || ((struct proc_info *)INFO_AT)->pid != thread_self())
		proc_exit(2);
	proc_exit(0);
}

/* The next fault must be of that page; it is brought. */
static void expect(struct child *c, uint32_t kind, uintptr_t page, int f_id, int rights)
{
	struct msg m;

	child_message(c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0] & ~(PAGE_SIZE - 1u), page);
	CHECK_EQ(m.word[2], kind | FAULT_NOMAP);
	CHECK_OK(frame_map(c->l2, f_id, page, 0, 0, F_MAP_PAGE | rights));
	m = (struct msg){.tag = 0, .call = m.call};
	CHECK_OK(msg_reply(c->pid, &m));
}

static void bytes_put(int f_id)
{
	char *va = vm_map(f_id, 0, 0, RW);

	CHECK(va);
	for (unsigned n = 0; n < PAGE_SIZE; n++)
		va[n] = (char)n;
	CHECK_OK(vm_unmap(va, PAGE_SIZE));
}

TEST("a pager is told which of two pages an access, an instruction or a call's pointer lacks, and the child goes on "
     "when it has it")
{
	struct child c;
	int first = mem_new(PAGE_SIZE), second = mem_new(PAGE_SIZE);
	int code[2] = {mem_new(PAGE_SIZE), mem_new(PAGE_SIZE)};

	page_credits(200);
	bytes_put(first);
	bytes_put(second);
	straddle_code_put(code[0], code[1]);
	child_make(&c);
	for (unsigned n = 0; n <= POINTER; n++)
		CHECK_OK(frame_map(c.l2, n == CODE ? code[0] : first, FIRST(n), 0, 0,
			n == CODE ? F_MAP_PAGE | F_MAP_READ | F_MAP_EXEC : PAGE_RW));
	child_run(&c, accesses);
	for (unsigned n = 0; n < STRADDLES; n++)
		expect(&c, straddles[n].writes ? FAULT_WRITE : FAULT_READ, SECOND(n), second, RW);
	expect(&c, FAULT_EXEC, SECOND(CODE), code[1], F_MAP_READ | F_MAP_EXEC);
	expect(&c, FAULT_WRITE, SECOND(POINTER), second, RW);
	CHECK_EQ(child_join(&c), 0);
}
