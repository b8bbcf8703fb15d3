/* SPDX-License-Identifier: ISC
 * The record window on the model machine.  Natively its pages are mapped to the donated ones; beside that the real code of kern/arm/mmu.c
 * writes its descriptors.  Those are global: a TLB that has loaded one keeps it whatever the identifier, until the page, or all, is
 * invalidated, and a walk can load it at any time. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>
#include "model.h"
#include "../../../kern/arm/cpu.h"

#define PAGES (MODEL_RAM / PAGE_SIZE)

static uint8_t *window;
static uint32_t changed[PAGES], changed_n;
static uint32_t held[4][PAGES]; /* by CPU: the descriptor that its TLB may hold; 0: none */
static int watched = -1;        /* the page that is being changed */

static uint32_t desc_at(const uint8_t *ram, unsigned n)
{
	uint32_t d;

	memcpy(&d, ram + (model_window_pa() - MODEL_RAM_PA) + n * sizeof d, sizeof d);
	return d;
}

static void native_set(unsigned n, pa_t pa)
{
	void *at = window + n * PAGE_SIZE, *got;
	int flags = MAP_FIXED | (pa ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE);

	got = mmap(at, PAGE_SIZE, pa ? PROT_READ | PROT_WRITE : PROT_READ, flags, pa ? model_ram_fd : -1,
		pa ? (off_t)(pa - MODEL_RAM_PA) : 0);
	if (got != at)
		model_fail("no window", n, pa);
}

void *record_window_init(unsigned pages)
{
	size_t len = (1u << ID_INDEX_BITS) * RECORD_SIZE;

	if (!window)
		window = mmap(NULL, len, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	arm_record_window_init(pages);
	if (walk_coherent())
		tlb_model_wrote(model_window_pa(), pages * (uint32_t)sizeof(uint32_t));
	cpu_sync_data();
	for (unsigned n = 0; n < pages; n++) /* each CPU has looked at all of it */
		for (int cpu = 0; cpu < model_cpus; cpu++)
			held[cpu][n] = desc_at(host_ram, n);
	return window;
}

void record_window_set(unsigned n, pa_t pa)
{
	native_set(n, pa);
	changed[changed_n++ % PAGES] = n;
	watched = (int)n;
	arm_record_window_set(n, pa);
	for (int cpu = 0; cpu < model_cpus; cpu++)
		if (held[cpu][n] && held[cpu][n] != desc_at(host_ram, n))
			model_fail("a TLB may hold an older page of records", n, held[cpu][n]);
	watched = -1;
}

void window_model_reset(void)
{
	for (unsigned i = 0; i < changed_n && i < PAGES; i++)
		native_set(changed[i], 0);
	changed_n = 0;
	memset(held, 0, sizeof held);
}

void window_walk(const uint8_t *ram)
{
	uint32_t d = watched < 0 ? 0 : desc_at(ram, (unsigned)watched);

	for (int cpu = 0; d && cpu < model_cpus; cpu++) {
		if (held[cpu][watched] && held[cpu][watched] != d)
			model_fail("a page of records is made before it is broken", (uint32_t)watched, d);
		held[cpu][watched] = d;
	}
}

bool window_watched(pa_t *pa)
{
	*pa = model_window_pa() + (uint32_t)watched * 4;
	return watched >= 0;
}

void window_drop(uint32_t va)
{
	uint32_t n = (va - RECORDS_VA) / PAGE_SIZE;

	for (int cpu = 0; va >= RECORDS_VA && n < PAGES && cpu < model_cpus; cpu++)
		held[cpu][n] = 0;
}

void window_drop_all(void)
{
	memset(held, 0, sizeof held);
}
