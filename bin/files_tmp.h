/* SPDX-License-Identifier: ISC
 * Contents of a writable file: chunks of memory found by their offset without a search, of 4 KiB first, then
 * ever larger up to 64 KiB, so that neither a small nor a growing file costs more than its length.  What was
 * never written reads as zeros and takes no memory. */
#ifndef FILES_TMP_H
#define FILES_TMP_H

#include <stddef.h>
#include <stdint.h>

#define TMP_MOST ((uint64_t)1 << 31) /* bytes: no more would fit into the server's address space */

struct tmp_file {
	uint8_t **chunk; /* NULL: a hole */
	size_t room;     /* entries */
};

/** Memory of whole pages, zeroed; NULL: none. (files_memory.c) */
void *chunk_get(size_t len);
void chunk_put(void *va, size_t len);

/** At most so many bytes are the clients' to fill: chunks, and what keeps them.  Before anything is. */
void chunks_limit(size_t most);
/** Counts `more` bytes from the heap that keep chunks (less: negative).  0, or -1: no more may be. */
int chunks_count(long more);

/** Copies n bytes from `pos`. */
void tmp_read(const struct tmp_file *f, uint64_t pos, void *buf, size_t n);

/** Copies n bytes to `pos`.  How many were written: fewer when memory ends. */
size_t tmp_write(struct tmp_file *f, uint64_t pos, const void *buf, size_t n);

/** Frees what lies at and beyond `len`; it reads as zeros if the file grows again. */
void tmp_cut(struct tmp_file *f, uint64_t len);

#endif
