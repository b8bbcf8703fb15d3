/* SPDX-License-Identifier: ISC
 * What a client of README's pager may do: touch what it has reserved, and then print, start a thread, fail. */
#include <stdio.h>
#include <string.h>
#include <mullion.h>

#define PAGES 16

static volatile int ran;

static void run(void *arg)
{
	(void)arg;
	ran = 1;
}

static void touch(void)
{
	volatile char *p = vm_reserve(PAGES * PAGE_SIZE, 0);

	for (int i = 0; i < PAGES; i++)
		p[i * PAGE_SIZE] = 1;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	touch();
	printf("%d pages were touched, and this line is longer than what fits into a message\n", PAGES);
	if (!strcmp(what, "thread")) {
		int tid = thread_start(run, NULL, 0x10000);

		return tid > 0 && thread_join(tid) == 0 && ran ? 3 : 4;
	}
	fflush(stdout);
	if (!strcmp(what, "null"))
		*(volatile int *)16 = 1;
	if (!strcmp(what, "text"))
		*(volatile int *)0x100000 = 1;
	if (!strcmp(what, "undefined"))
		__asm__ volatile("udf #0");
	return 0;
}
