/* SPDX-License-Identifier: ISC
 * upcall: a program that handles its own faults.  Writes to protected pages are noticed and let through (what a
 * garbage collector or a checkpoint does), and a sparse array gets its memory where it is touched. */
#include <mullion.h>
#include "tool.h"

#define PAGES  8
#define SPARSE ((size_t)64 << 20)

static struct upcall area;
static char *guarded, *sparse;
static unsigned dirty, grown;

/** Repairs what `u` says.  What it cannot repair it leaves to the pager: the thread gives up its handler. */
static void upcall_serve(struct upcall *u)
{
	uintptr_t page = u->address & ~(uintptr_t)(PAGE_SIZE - 1);
	int f_id, r = ERR_NOMAP;

	if (page - (uintptr_t)guarded < PAGES * PAGE_SIZE && u->kind & FAULT_RIGHT) {
		r = vm_protect((void *)page, PAGE_SIZE, F_MAP_READ | F_MAP_WRITE);
		dirty++;
	} else if (page - (uintptr_t)sparse < SPARSE && u->kind & FAULT_NOMAP) {
		f_id = page_alloc(PAGE_SIZE, 0);
		r = f_id < 0 ? f_id : vm_map_at((void *)page, f_id, 0, 0, F_MAP_READ | F_MAP_WRITE);
		grown++;
	}
	if (r < 0)
		thread_upcall(NULL, NULL);
}

UPCALL_ENTRY(upcall_entry, upcall_serve)

static int guarded_show(void)
{
	int f_id = page_alloc(PAGES * PAGE_SIZE, 0);

	guarded = f_id < 0 ? NULL : vm_map(f_id, 0, 0, F_MAP_READ | F_MAP_WRITE);
	if (!guarded || vm_protect(guarded, PAGES * PAGE_SIZE, F_MAP_READ) < 0)
		return 1;
	for (size_t i = 0; i < 100; i++)
		((volatile char *)guarded)[i * 137 % (3 * PAGE_SIZE)] = 'x';
	((volatile char *)guarded)[7 * PAGE_SIZE] = 'x';
	printf("upcall: %u of %d protected pages were written to\n", dirty, PAGES);
	return 0;
}

static int sparse_show(void)
{
	unsigned long wrong = 0;

	sparse = vm_reserve(SPARSE, 0);
	if (!sparse)
		return 1;
	for (size_t i = 0; i < 1000; i++)
		*(volatile uint32_t *)(sparse + i * 0x9e3cu % (SPARSE / 8)) = (uint32_t)i;
	for (size_t i = 0; i < 1000; i++)
		wrong += *(volatile uint32_t *)(sparse + i * 0x9e3cu % (SPARSE / 8)) != i;
	printf("upcall: a sparse array of %u MiB took %u KiB, %lu wrong\n", (unsigned)(SPARSE >> 20), grown * 4, wrong);
	return wrong != 0;
}

int main(void)
{
	int r = thread_upcall(upcall_entry, &area);

	if (r < 0) {
		fprintf(stderr, "upcall: %s\n", err_string(r));
		return 1;
	}
	return guarded_show() || sparse_show();
}
