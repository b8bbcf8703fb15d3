/* SPDX-License-Identifier: ISC
 * An exclusive access in whose midst a thread was interrupted is not finished: by what its handler began, or by nobody. */
#include "test.h"

static struct upcall area;
static char *page;
static uint32_t word;
static volatile uint32_t handled;

/* Changes the word and begins an exclusive access to it. */
static void serve(struct upcall *a)
{
	(void)a;
	uint32_t v;

	handled++;
	vm_protect(page, PAGE_SIZE, RW);
	__asm__ volatile("ldrex %0, [%1]" : "=&r"(v) : "r"(&word) : "memory");
}

UPCALL_ENTRY(entry, serve)

/* An exclusive access to the word with a load between; 0: it succeeded. */
static uint32_t exclusive_load(const char *between)
{
	uint32_t v, failed;

	__asm__ volatile("ldrex %0, [%2]\n\tldrb r2, [%3]\n\tadd %0, %0, #1\n\tstrex %1, %0, [%2]"
			 : "=&r"(v), "=&r"(failed)
			 : "r"(&word), "r"(between)
			 : "r2", "memory");
	return failed;
}

/* With so many turns of a loop between. */
static uint32_t exclusive_turns(uint32_t n)
{
	uint32_t v, failed;

	__asm__ volatile("ldrex %0, [%3]\n1:	subs %2, %2, #1\n\tbne 1b\n\tadd %0, %0, #1\n\tstrex %1, %0, [%3]"
			 : "=&r"(v), "=&r"(failed), "+r"(n)
			 : "r"(&word)
			 : "cc", "memory");
	return failed;
}

TEST("an exclusive access fails if a fault's handler, or an interrupt, came in between, even if nobody else ran")
{
	struct msg m = {0};
	uint32_t turns = 1000000, failed;
	int tries = 0;

	page = vm_map(mem_new(PAGE_SIZE), 0, 0, RW);
	CHECK(page);
	CHECK_EQ(exclusive_load(page), 0);
	CHECK_EQ(word, 1);
	CHECK_OK(vm_protect(page, PAGE_SIZE, 0));
	CHECK_OK(thread_upcall(entry, &area));
	failed = exclusive_load(page);
	CHECK_OK(thread_upcall(NULL, NULL));
	CHECK_EQ(handled, 1);
	CHECK_EQ(failed, 1);
	CHECK_EQ(word, 1);
	do { /* an alarm may also come just before or after it, but not always */
		CHECK(turns < 1u << 30);
		CHECK_OK(time_alarm(time_now() + MS(3), 1));
		failed = exclusive_turns(turns);
		if (msg_recv(&m, 0) == ERR_TIMEOUT)
			turns *= 2;
		CHECK_OK(time_alarm(-1, 1));
		CHECK(++tries < 40);
	} while (!failed);
	CHECK_EQ(m.tag, MSG_NOTIFY);
}
