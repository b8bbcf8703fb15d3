/* SPDX-License-Identifier: ISC
 * The page cannot be accessed: the fault opens it for one instruction, which the processor's trap flag ends.  See mmio.h. */
#define _GNU_SOURCE
#include <assert.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <ucontext.h>
#include "mmio.h"

#define LEN       4096
#define FLAG_TRAP 0x100 /* of EFLAGS */
#define ERR_WRITE 2     /* of a page fault's code */

volatile uint32_t *mmio;

static void (*on_read)(unsigned offset), (*on_write)(unsigned offset);
static unsigned offset;
static bool writes;

void mmio_open(int open)
{
	int err = mprotect((void *)(uintptr_t)mmio, LEN, open ? PROT_READ | PROT_WRITE : PROT_NONE);

	assert(!err);
}

static void on_fault(int number, siginfo_t *info, void *context)
{
	greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;

	(void)number;
	offset = (unsigned)((uintptr_t)info->si_addr - (uintptr_t)mmio);
	assert(offset < LEN); /* or it is the test's own fault */
	writes = r[REG_ERR] & ERR_WRITE;
	mmio_open(true);
	on_read(offset);
	r[REG_EFL] |= FLAG_TRAP;
}

static void on_trap(int number, siginfo_t *info, void *context)
{
	(void)number, (void)info;
	((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL] &= ~FLAG_TRAP;
	if (writes)
		on_write(offset);
	mmio_open(false);
}

void mmio_begin(void (*read)(unsigned offset), void (*wrote)(unsigned offset))
{
	struct sigaction fault = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
	struct sigaction trap = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO};

	on_read = read;
	on_write = wrote;
	mmio = mmap(NULL, LEN, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert(mmio != MAP_FAILED);
	sigaction(SIGSEGV, &fault, NULL);
	sigaction(SIGTRAP, &trap, NULL);
}
