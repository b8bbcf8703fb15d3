/* SPDX-License-Identifier: ISC
 * Claim: elf_parse takes a plain program apart and refuses, without reading outside the file, every file in which a random
 * bit, length or word was changed to something that does not fit.  It cannot show that what it accepts runs. */
#include "../../lib/elf.c"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static size_t file_make(uint8_t *to)
{
	struct header h = {"\177ELF\1\1\1", ELF_EXECUTABLE, ELF_MACHINE_ARM, 1, USER_START + 4, 52, 0, 0, 52, 32, 2};
	struct segment text = {PART_LOAD, 0x1000, USER_START, 0, 0x80, 0x80, 5, PAGE_SIZE};
	struct segment data = {PART_LOAD, 0x2000, USER_START + 0x1000, 0, 0x10, 0x2000, 6, PAGE_SIZE};

	memset(to, 0, 0x2010);
	memcpy(to, &h, sizeof h);
	memcpy(to + 52, &text, sizeof text);
	memcpy(to + 52 + sizeof text, &data, sizeof data);
	return 0x2010;
}

/** What was accepted must lie in the file and in user space, in order, entry inside. */
static void part_check(const struct elf *e, size_t len)
{
	uintptr_t end = 0;

	assert(e->entry >= e->start && e->entry < e->end);
	for (int i = 0; i < e->parts_n; i++) {
		const struct elf_part *p = &e->part[i];

		assert(p->file_off <= len && p->file_len <= len - p->file_off && p->file_len <= p->mem_len);
		assert(p->va >= USER_START && p->mem_len <= SELF_HEAP_END - p->va && p->va >= end);
		end = p->va + p->mem_len;
	}
}

int main(void)
{
	uint8_t file[0x2010];
	size_t len = file_make(file);
	struct elf e;

	assert(elf_parse(&e, file, len) == 0);
	assert(e.parts_n == 2 && e.start == USER_START && e.end == USER_START + 0x3000 && e.entry == USER_START + 4);
	assert(e.part[0].rights == (F_MAP_READ | F_MAP_EXEC) && e.part[1].rights == (F_MAP_READ | F_MAP_WRITE));
	srand(1);
	for (int i = 0; i < 100000; i++) {
		uint8_t *copy = malloc(len);
		size_t cut = rand() % 4 ? len : (size_t)rand() % len;

		memcpy(copy, file, len);
		for (int k = rand() % 4; k >= 0; k--)
			copy[rand() % 116] ^= (uint8_t)(rand() % 2 ? 1 << rand() % 8 : rand());
		copy = realloc(copy, cut ? cut : 1);
		if (elf_parse(&e, copy, cut) == 0)
			part_check(&e, cut);
		free(copy);
	}
	return 0;
}
