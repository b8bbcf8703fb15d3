/* SPDX-License-Identifier: ISC
 * Access to the shell's own memory that survives a fault: the thread takes its own faults while it lasts,
 * and jumps back out of the access. */
#include <setjmp.h>
#include "sh_mull.h"

static struct upcall area;
static jmp_buf back;

static void fault_entry(void *p)
{
	struct upcall *u = p;

	/* From here on a fault is an ordinary one again. */
	*(volatile uint32_t *)&u->busy = 0;
	longjmp(back, 1);
}

static void fault_report(const char *word)
{
	complain("%s: fault: %s 0x%08lx: %s", word, fault_try(area.kind), (unsigned long)area.address,
		fault_why(area.kind));
}

int guarded_read(const char *word, uintptr_t va, uint32_t *value)
{
	if (setjmp(back)) {
		thread_upcall(NULL, NULL);
		fault_report(word);
		return -1;
	}
	thread_upcall(fault_entry, &area);
	*value = *(volatile uint32_t *)va;
	thread_upcall(NULL, NULL);
	return 0;
}

int guarded_write(const char *word, uintptr_t va, uint32_t value)
{
	if (setjmp(back)) {
		thread_upcall(NULL, NULL);
		fault_report(word);
		return -1;
	}
	thread_upcall(fault_entry, &area);
	*(volatile uint32_t *)va = value;
	thread_upcall(NULL, NULL);
	return 0;
}
