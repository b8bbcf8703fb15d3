/* SPDX-License-Identifier: ISC
 * newlib's system calls on processes and memory. */
#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include "self.h"
#include "page.h"
#include "vm.h"

#define HEAP_CHUNK 0x10000 /* least that the heap grows by */

void _exit(int status)
{
	proc_exit(status);
}

int _getpid(void);
int _getpid(void)
{
	return self.pid;
}

pid_t getppid(void)
{
	return self.info->parent;
}

/* A signal to oneself ends the program, as an unhandled one would; nobody else can be sent one. */
int _kill(int pid, int sig);
int _kill(int pid, int sig)
{
	if (pid != self.pid && pid != 0) {
		errno = ESRCH;
		return -1;
	}
	if (sig)
		proc_exit(128 + sig);
	return 0;
}

/* ---- the heap: [heap_va, heap_top) is mapped, and in use up to heap_end ---- */

static uintptr_t heap_end, heap_top;

static int heap_grow(uintptr_t end)
{
	size_t len = end - heap_top, chunk = (heap_top - self.heap_va) / 4;
	int f_id;

	chunk = (chunk < HEAP_CHUNK ? HEAP_CHUNK : chunk) & ~(size_t)(PAGE_SIZE - 1);
	len = (len + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);
	if (end > SELF_HEAP_END || end < heap_top)
		return ERR_RANGE;
	if (chunk < len || chunk > SELF_HEAP_END - heap_top)
		chunk = len;
	f_id = page_alloc(chunk, 0);
	if (f_id < 0 && chunk > len) {
		chunk = len;
		f_id = page_alloc(chunk, 0);
	}
	if (f_id < 0)
		return f_id;
	if (vm_map_at((void *)heap_top, f_id, 0, 0, F_MAP_READ | F_MAP_WRITE) < 0) {
		page_free(f_id);
		return ERR_RANGE;
	}
	heap_top += chunk;
	return 0;
}

/* malloc holds its lock when it calls. */
void *_sbrk(ptrdiff_t len);
void *_sbrk(ptrdiff_t len)
{
	uintptr_t old;

	if (!heap_top)
		heap_end = heap_top = self.heap_va;
	old = heap_end;
	if ((len < 0 && (uintptr_t)-len > heap_end - self.heap_va) ||
		(len > 0 && old + (uintptr_t)len > heap_top && heap_grow(old + (uintptr_t)len) < 0)) {
		errno = ENOMEM;
		return (void *)-1;
	}
	heap_end += (uintptr_t)len;
	return (void *)old;
}
