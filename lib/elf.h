/* SPDX-License-Identifier: ISC
 * Programs' files as spawn sees them (System V ABI, chapter 4 and 5; ELF for the Arm Architecture).  Internal to lib/. */
#ifndef MULLION_ELF_H
#define MULLION_ELF_H

#include <stddef.h>
#include <stdint.h>

/** One loadable part: its pages, where its bytes are in the file, and F_MAP_… rights. */
struct elf_part {
	uintptr_t va; /* of the first byte */
	size_t file_off, file_len, mem_len;
	int rights;
};

#define ELF_PARTS 8

struct elf {
	uintptr_t entry;
	uintptr_t start, end; /* page-aligned range of all parts */
	int parts_n;
	struct elf_part part[ELF_PARTS];
};

/** Takes a file of `len` bytes apart.  0; ERR_CPU if it is a program for another processor,
 * another byte order or word length, or uses what this library's own processor need not have; -ENOEXEC in PROTO_ERRNO's form if it is no
 * program, or one that does not lie between USER_START and the heap's end, with parts on pages of their own. */
int elf_parse(struct elf *out, const void *file, size_t len);

/** What a CPU has at most, in the numbers of build attributes: Tag_CPU_arch, Tag_FP_arch, Tag_Advanced_SIMD_arch, and whether ARM code
 * may divide. */
struct elf_cpu {
	unsigned arch, fp, simd, divides;
};

extern const struct elf_cpu elf_cpu_most; /* of this machine's */

/** ERR_CPU if the build attributes of an ELF file of `len` bytes say that it needs another CPU; 0 otherwise, also without any. */
int elf_cpu_check(const void *file, size_t len);

#endif
