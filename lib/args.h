/* SPDX-License-Identifier: ISC
 * The top of a new program's stack: the start block and the strings that it points at.  Internal to lib/. */
#ifndef MULLION_ARGS_H
#define MULLION_ARGS_H

#include <stddef.h>
#include <stdint.h>
#include "spawn.h"

#define ARGS_MAX 0x10000 /* bytes of strings and pointers */

/** How many bytes the block, its pointers and its strings take, rounded to pages; 0: more than ARGS_MAX. */
size_t args_len(char *const argv[], char *const envp[]);

/** Lays them out in `len` bytes at `to`, which the program will see at `va`; `start` holds what is known already.
 * The address of its copy, as the program sees it; the stack begins just below. */
uintptr_t args_write(
	void *to, size_t len, uintptr_t va, const struct spawn_start *start, char *const argv[], char *const envp[]);

#endif
