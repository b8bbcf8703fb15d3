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

/** Takes a file of `len` bytes apart.  0; -ENOEXEC in PROTO_ERRNO's form if it is no program for this machine, or
 * one that does not lie between USER_START and the heap's end, with parts on pages of their own. */
int elf_parse(struct elf *out, const void *file, size_t len);

#endif
