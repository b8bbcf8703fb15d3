/* SPDX-License-Identifier: ISC
 * Takes executable files apart.  Believes nothing that a file says: offsets and lengths are checked without sums that
 * could wrap.  Maps and allocates nothing. */
#include <errno.h>
#include <string.h>
#include "self.h"
#include "elf.h"
#include "proto.h"

#define ELF_CLASS_32    1
#define ELF_DATA_LITTLE 1
#define ELF_MACHINE_ARM 40
#define ELF_EXECUTABLE  2
#define PART_LOAD       1
#define PART_EXEC       1
#define PART_WRITE      2

struct header {
	uint8_t ident[16];
	uint16_t type, machine;
	uint32_t version, entry, phoff, shoff, flags;
	uint16_t ehsize, phentsize, phnum;
};

struct segment {
	uint32_t type, offset, va, pa, file_len, mem_len, flags, align;
};

static int segment_bad(const struct segment *s, size_t len)
{
	return s->offset > len || s->file_len > len - s->offset || s->file_len > s->mem_len || s->va < USER_START ||
	       s->va >= SELF_HEAP_END || s->mem_len > SELF_HEAP_END - s->va;
}

static int part_add(struct elf *out, const struct segment *s)
{
	uintptr_t start = s->va & ~(uintptr_t)(PAGE_SIZE - 1);
	uintptr_t end = (s->va + s->mem_len + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1);

	if (out->parts_n == ELF_PARTS || (out->parts_n && start < out->end))
		return PROTO_ERRNO(ENOEXEC);
	out->part[out->parts_n++] = (struct elf_part){.va = s->va,
		.file_off = s->offset,
		.file_len = s->file_len,
		.mem_len = s->mem_len,
		.rights = F_MAP_READ | (s->flags & PART_WRITE ? F_MAP_WRITE : 0) |
			  (s->flags & PART_EXEC ? F_MAP_EXEC : 0)};
	if (out->parts_n == 1)
		out->start = start;
	out->end = end;
	return 0;
}

int elf_parse(struct elf *out, const void *file, size_t len)
{
	struct header h;
	struct segment s;

	memset(out, 0, sizeof *out);
	if (len < sizeof h)
		return PROTO_ERRNO(ENOEXEC);
	memcpy(&h, file, sizeof h);
	if (memcmp(h.ident, "\177ELF", 4))
		return PROTO_ERRNO(ENOEXEC);
	if (h.ident[4] != ELF_CLASS_32 || h.ident[5] != ELF_DATA_LITTLE || h.machine != ELF_MACHINE_ARM ||
		elf_cpu_check(file, len) < 0)
		return ERR_CPU;
	if (h.type != ELF_EXECUTABLE || h.phentsize != sizeof s || h.phoff > len ||
		h.phnum > (len - h.phoff) / sizeof s)
		return PROTO_ERRNO(ENOEXEC);
	for (unsigned i = 0; i < h.phnum; i++) {
		memcpy(&s, (const uint8_t *)file + h.phoff + i * sizeof s, sizeof s);
		if (s.type != PART_LOAD || !s.mem_len)
			continue;
		if (segment_bad(&s, len) || part_add(out, &s))
			return PROTO_ERRNO(ENOEXEC);
	}
	out->entry = h.entry;
	return out->parts_n && h.entry >= out->start && h.entry < out->end ? 0 : PROTO_ERRNO(ENOEXEC);
}
