/* SPDX-License-Identifier: ISC
 * Lays out a new program's arguments and environment.  Only writes where it is told; knows no frames. */
#include <string.h>
#include "frame.h"
#include "args.h"

static size_t strings_count(char *const list[], size_t *bytes)
{
	size_t n = 0;

	for (; list && list[n]; n++)
		*bytes += strlen(list[n]) + 1;
	return n;
}

size_t args_len(char *const argv[], char *const envp[])
{
	size_t bytes = sizeof(struct spawn_start), n = strings_count(argv, &bytes) + strings_count(envp, &bytes) + 2;

	bytes += n * sizeof(char *) + 8;
	return bytes > ARGS_MAX ? 0 : (bytes + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);
}

/* Copies a list's strings to *at and their new addresses to `pointers`. */
static size_t strings_write(char *const list[], char **pointers, char **at, intptr_t shift)
{
	size_t n = 0;

	for (; list && list[n]; n++) {
		size_t len = strlen(list[n]) + 1;

		memcpy(*at, list[n], len);
		pointers[n] = *at + shift;
		*at += len;
	}
	pointers[n] = NULL;
	return n;
}

uintptr_t args_write(
	void *to, size_t len, uintptr_t va, const struct spawn_start *start, char *const argv[], char *const envp[])
{
	size_t bytes = 0, argc = strings_count(argv, &bytes), envc = strings_count(envp, &bytes);
	size_t all = sizeof *start + (argc + envc + 2) * sizeof(char *) + bytes;
	char *base = (char *)to + ((len - all) & ~(size_t)7);
	struct spawn_start *block = (struct spawn_start *)(void *)base;
	char **pointers = (char **)(void *)(block + 1), *at = (char *)(pointers + argc + envc + 2);
	intptr_t shift = (intptr_t)(va - (uintptr_t)to);

	*block = *start;
	block->argc = (int)argc;
	block->argv = (char **)((char *)pointers + shift);
	block->envp = (char **)((char *)(pointers + argc + 1) + shift);
	strings_write(argv, pointers, &at, shift);
	strings_write(envp, pointers + argc + 1, &at, shift);
	return (uintptr_t)base + (uintptr_t)shift;
}
