/* SPDX-License-Identifier: ISC
 * Pipes: bytes from writers to readers through a ring, with the calls of those who must wait. */
#ifndef FILES_PIPE_H
#define FILES_PIPE_H

#include "waiter.h"

#define PIPE_LEN   16384

#define PIPE_RINGS 32 /* pipes of one process that hold bytes */

struct pipe {
	struct queue readers, writers; /* calls that wait */
	uint32_t read, end;            /* count bytes for ever */
	int ends[2];                   /* whether the end to read, to write, is open */
	int maker;                     /* pid: whose share its ring counts against */
	char *ring;                    /* PIPE_LEN bytes, from the first byte on; NULL: there was none */
};

/** Memory of a ring, zeroed; NULL: none, or all rings together are at their limit, in bytes. (files_memory.c) */
void *ring_new(void);
void ring_free(void *va);
void rings_limit(size_t most);

/** A pipe of process `maker` with both ends open.  NULL: no memory. */
struct pipe *pipe_new(int maker);

/** Reads or writes: *m is answered now or later. */
void pipe_read(struct pipe *p, struct msg *m, size_t len);
void pipe_write(struct pipe *p, struct msg *m, size_t len);

/** Nobody holds that end (0: to read, 1: to write) any more: readers find the end, writers EPIPE.  Frees the
 * pipe with its second end. */
void pipe_close(struct pipe *p, int end);

#endif
