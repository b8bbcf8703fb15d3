/* SPDX-License-Identifier: ISC
 * Claim: elf_parse takes a plain program apart and refuses, without reading outside the file, every file in which a random
 * bit, length or word was changed to something that does not fit; what is built for another CPU is said to be.  It cannot show that what it accepts runs. */
#include "../../lib/elf.c"
#include "../../lib/elf_cpu.c"
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

/** Puts build attributes behind the file: the tags and values given, of one byte each.  Its new length. */
static size_t attributes_add(uint8_t *file, size_t len, const uint8_t *tags, size_t n)
{
	uint8_t at[64] = "A\0\0\0\0aeabi\0\1";
	uint32_t sub = (uint32_t)n + 5, all = sub + 10;
	struct section s = {.type = SECTION_ATTRIBUTES, .offset = (uint32_t)len, .len = all + 1};
	uint16_t size = sizeof s, count = 1;

	memcpy(at + 1, &all, 4);
	memcpy(at + 12, &sub, 4);
	memcpy(at + 16, tags, n);
	memcpy(file + len, at, all + 1);
	len = (len + all + 4) & ~(size_t)3;
	memcpy(file + len, &s, sizeof s);
	memcpy(file + 32, &len, 4);
	memcpy(file + 46, &size, 2);
	memcpy(file + 48, &count, 2);
	return len + sizeof s;
}

/** What is said of a file with these attributes, and that no attributes are read outside of it, whatever they say. */
static int attributes_try(const char *tags, size_t n)
{
	uint8_t file[0x2100];
	size_t len = attributes_add(file, file_make(file), (const uint8_t *)tags, n);
	struct elf e;
	int r = elf_parse(&e, file, len);

	for (int i = 0; i < 2000; i++) {
		uint8_t *copy = malloc(len);

		memcpy(copy, file, len);
		for (int k = rand() % 3; k >= 0; k--)
			copy[0x2010 + (size_t)rand() % (len - 0x2010)] = (uint8_t)rand();
		elf_parse(&e, copy, len);
		free(copy);
	}
	return r;
}
#define TRY(tags) attributes_try(tags, sizeof(tags) - 1)

const struct elf_cpu elf_cpu_most = {10, 4, 1, 0}; /* ARMv7-A with NEON and without division */

static void cpu_test(void)
{
	static const struct {
		int at, value;
	} others[] = {{4, 2}, {5, 2}, {18, 3}, {18, 62}, {18, 8}, {18, 183}, {18, 243}};
	uint8_t file[0x2010];
	size_t len = file_make(file);
	struct elf e;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		file_make(file);
		file[others[i].at] = (uint8_t)others[i].value;
		assert(elf_parse(&e, file, len) == ERR_CPU);
	}
	assert(TRY("\6\12\7A\12\3\14\1") == 0);           /* v7-A, VFPv3, NEON */
	assert(TRY("\0057-A\0\6\12\7A\54\2") == ERR_CPU); /* a name before it; divides */
	assert(TRY("\6\7\12\2") == 0);                    /* v6KZ, VFPv2 */
	assert(TRY("\6\12\7M") == ERR_CPU);               /* v7-M */
	assert(TRY("\6\13") == ERR_CPU);                  /* v6-M */
	assert(TRY("\6\16\7A") == ERR_CPU);               /* v8-A */
	assert(TRY("\6\12\7A\12\5") == ERR_CPU);          /* VFPv4 */
	assert(TRY("\6\12\7A\14\3") == ERR_CPU);          /* v8's SIMD */
}

int main(void)
{
	uint8_t file[0x2010];
	size_t len = file_make(file);
	struct elf e;

	cpu_test();

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
