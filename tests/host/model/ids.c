/* SPDX-License-Identifier: ISC
 * What ids name, on the model machine.  The real code of kern/arm/mmu.c fills the array and maps it; natively its pages are mapped as
 * those descriptors say, and the rest of what an id could index with them. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include "model.h"

#define ARRAY_LEN ((1u << ID_INDEX_BITS) * (uint32_t)sizeof(struct frame_rec *))
#define PAGES     (ARRAY_LEN / PAGE_SIZE)

struct frame_rec **host_ids;

static uint32_t ids_n;
static const struct frame_rec *ids_none;

void words_fill(void *to, uint32_t n, uint32_t word)
{
	uint32_t *at = to;

	if (n % 8)
		model_fail("words_fill fills eights", n, 0);
	if ((uint8_t *)to >= host_ram && (uint8_t *)to < host_ram + MODEL_RAM) /* or a variable of the kernel's */
		model_touch(va_phys(to), n * (uint32_t)sizeof *at);
	for (; n--; at++) {
		tlb_model_store(at, sizeof *at);
		*at = word;
	}
}

bool words_any(const void *at, uint32_t n)
{
	const uint32_t *word = at;

	if (n % 8 || !n)
		model_fail("words_any looks at eights", n, 0);
	while (n && !*word)
		word++, n--;
	return n != 0;
}

void words_count(void *to, uint32_t n, uint32_t first, uint32_t step)
{
	uint32_t *at = to;

	if (n % 8 || !n)
		model_fail("words_count fills eights", n, 0);
	for (; n--; at++, first += step) {
		tlb_model_store(at, sizeof *at);
		*at = first;
	}
}

static void native_map(uint32_t page, uint32_t d)
{
	static uint32_t mapped[PAGES]; /* it is the same with each boot */
	void *at = (char *)host_ids + page * PAGE_SIZE;
	int prot = d & 0x200 ? PROT_READ : PROT_READ | PROT_WRITE; /* AP[2]: DDI 0406C B3.7 */
	off_t from = (off_t)(d & ~(PAGE_SIZE - 1u)) - (off_t)MODEL_RAM_PA;

	if ((d & 0x832) != 0x12) /* a small page, global, privileged */
		model_fail("a page of what ids name is no page of the kernel's", page, d);
	if (mapped[page] == d)
		return;
	if (mmap(at, PAGE_SIZE, prot, MAP_FIXED | MAP_SHARED, model_ram_fd, from) != at)
		model_fail("no memory for what ids name", page, d);
	mapped[page] = d;
}

void ids_map(uint32_t n, struct frame_rec *none)
{
	if (!host_ids)
		host_ids = mmap(NULL, ARRAY_LEN, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	arm_ids_map(n, none);
	ids_n = n;
	ids_none = none;
	for (uint32_t page = 0; page < PAGES; page++)
		native_map(page, model_kernel_page(IDS_VA + page * PAGE_SIZE));
	for (uint32_t i = 0; i < 1u << ID_INDEX_BITS; i += i < n ? 1 : PAGE_SIZE / sizeof none)
		if (host_ids[i] != none)
			model_fail("an id names something before there is anything", i, 0);
}

void ids_prove(unsigned frames)
{
	for (uint32_t i = 1; i < ids_n; i++)
		if (host_ids[i] != ids_none && ((uint32_t)host_ids[i]->id & ID_INDEX_MASK) != i)
			model_fail("an id leads to what is no frame", i, 0);
		else
			frames -= host_ids[i] != ids_none;
	if (frames)
		model_fail("frames without an id, or ids without a frame", frames, 0);
}
