/* SPDX-License-Identifier: ISC
 * newlib's system calls on processes and memory. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "self.h"
#include "page.h"
#include "vm.h"

#define HEAP_CHUNK 0x10000 /* least that the heap grows by */

/* What could not be written is a failure, also if it was in a buffer until the very end. */
void _exit(int status)
{
	static const char text[] = ": some output could not be written\n";

	if (!status && self.lost) {
		status = 1;
		if (self.start && self.start->argc)
			write(STDERR_FILENO, self.start->argv[0], strlen(self.start->argv[0]));
		write(STDERR_FILENO, text, sizeof text - 1);
	}
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
	if (sig < 0 || sig >= NSIG) {
		errno = EINVAL;
		return -1;
	}
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

/* Adds `len` bytes in one frame. */
static int heap_add(size_t len)
{
	int f_id = page_alloc(len, 0), r;

	if (f_id < 0)
		return f_id;
	r = vm_map_at((void *)heap_top, f_id, 0, 0, F_MAP_READ | F_MAP_WRITE);
	if (r < 0) {
		page_free(f_id);
		return r;
	}
	heap_top += len;
	return 0;
}

/* Gives back what is mapped from `top`, a page's start, on: frame by frame, and of the last one, which is cut, the upper part. */
static void heap_drop(uintptr_t top)
{
	while (heap_top > top) {
		struct frame f;
		size_t offset;
		int f_id = vm_frame((void *)(heap_top - PAGE_SIZE), &offset);

		if (f_id < 0 || frame_info(f_id, &f) < 0 || offset != f.len - PAGE_SIZE)
			return; /* not the heap's any more: the program put something else there */
		if (f.len > heap_top - top) {
			offset = f.len - (heap_top - top);
			f_id = frame_split(f_id, offset);
			if (f_id == ERR_BUSY && top % SECTION_SIZE) { /* a section is cut nowhere */
				top = (top + SECTION_SIZE - 1) & ~(uintptr_t)(SECTION_SIZE - 1);
				continue;
			}
			if (f_id < 0)
				return;
			f.len -= offset;
		}
		heap_top -= f.len;
		page_free(f_id);
	}
}

/* The heap ends at heap_end now: pages past it go back, and what stays of them reads as zero when it grows again. */
static void heap_shrink(void)
{
	heap_drop((heap_end + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1));
	memset((void *)heap_end, 0, heap_top - heap_end);
}

/* Adds `len` bytes in as many frames as it takes, or nothing. */
static int heap_add_pieces(size_t len)
{
	uintptr_t top = heap_top;
	size_t piece = len;
	int r;

	while (len) {
		piece = piece < len ? piece : len;
		r = heap_add(piece);
		if (r == 0) {
			len -= piece;
		} else if (r == ERR_MEMORY && piece > HEAP_CHUNK) {
			piece = (piece / 2 + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);
		} else {
			heap_drop(top);
			return r;
		}
	}
	return 0;
}

/* Grows by a quarter, to do so rarely; for want of a run of memory that long, by as much as is needed, in pieces. */
static int heap_grow(uintptr_t end)
{
	size_t chunk = (heap_top - self.heap_va) / 4, len;

	if (end > SELF_HEAP_END)
		return ERR_MEMORY;
	len = (end - heap_top + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);
	chunk = (chunk < HEAP_CHUNK ? HEAP_CHUNK : chunk) & ~(size_t)(PAGE_SIZE - 1);
	if (chunk > len && chunk <= SELF_HEAP_END - heap_top && heap_add(chunk) == 0)
		return 0;
	return heap_add_pieces(len);
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
	if (len < 0)
		heap_shrink();
	return (void *)old;
}
