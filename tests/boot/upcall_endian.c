/* SPDX-License-Identifier: ISC
 * The byte order of a thread (SETEND) is its own: not its handler's, and not lost by whatever interrupts it. */
#include "test.h"

#define CPSR_E 0x200

static struct upcall area;
static volatile uint32_t handler_cpsr, handled;
static char *page;
static volatile bool over;

/* Anything but a function of C would not be compiled for the other byte order. */
static void serve(struct upcall *a)
{
	__asm__ volatile("mrs %0, cpsr" : "=r"(handler_cpsr));
	handled += (a->cpsr & CPSR_E) != 0;
	vm_protect(page, PAGE_SIZE, RW);
}

UPCALL_ENTRY(entry, serve)

/* Two big-endian words of the page, the first of which faults; the cpsr after it. */
static uint32_t big_words(uint32_t words[2])
{
	uint32_t a, b, cpsr;

	__asm__ volatile("setend be\n\tldr %0, [%3]\n\tldr %1, [%3, #4]\n\tmrs %2, cpsr\n\tsetend le"
			 : "=&r"(a), "=&r"(b), "=&r"(cpsr)
			 : "r"(page)
			 : "memory");
	words[0] = a;
	words[1] = b;
	return cpsr;
}

/* The cpsr after so many turns of a loop, big-endian. */
static uint32_t big_turns(uint32_t n)
{
	uint32_t cpsr;

	__asm__ volatile("setend be\n1:	subs %1, %1, #1\n\tbne 1b\n\tmrs %0, cpsr\n\tsetend le"
			 : "=&r"(cpsr), "+r"(n)
			 :
			 : "cc");
	return cpsr;
}

static void spins(void *unused)
{
	(void)unused;
	while (!over)
		continue;
}

TEST("a thread in big-endian state has a little-endian handler, and goes on big-endian after it, after other threads, "
     "and a call")
{
	uint32_t words[2], cpsr, result;
	int tid;

	page = vm_map(mem_new(PAGE_SIZE), 0, 0, RW);
	CHECK(page);
	((uint32_t *)page)[0] = 0x11223344;
	((uint32_t *)page)[1] = 0x55667788;
	CHECK_OK(vm_protect(page, PAGE_SIZE, 0));
	CHECK_OK(thread_upcall(entry, &area));
	cpsr = big_words(words);
	CHECK_OK(thread_upcall(NULL, NULL));
	CHECK_EQ(handled, 1);
	CHECK_EQ(handler_cpsr & CPSR_E, 0);
	CHECK_EQ(cpsr & CPSR_E, CPSR_E);
	CHECK_EQ(words[0], 0x44332211);
	CHECK_EQ(words[1], 0x88776655);
	tid = CHECK_OK(thread_start(spins, NULL, PAGE_SIZE));
	for (int64_t from = time_now(); time_now() < from + MS(60);)
		CHECK_EQ(big_turns(2000000) & CPSR_E, CPSR_E);
	over = true;
	CHECK_OK(thread_join(tid));
	__asm__ volatile("setend be\n\tmov r12, %2\n\tsvc #0\n\tmrs %1, cpsr\n\tsetend le\n\tmov %0, r0"
			 : "=r"(result), "=&r"(cpsr)
			 : "i"(CALL_null)
			 : "r0", "r12", "memory");
	CHECK_EQ(result, 0);
	CHECK_EQ(cpsr & CPSR_E, CPSR_E);
}
