/* SPDX-License-Identifier: ISC
 * The client's side of the io protocol (proto.h).  Internal to lib/.  Results: zero or more, or -1 with errno set. */
#ifndef MULLION_IO_H
#define MULLION_IO_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "msg.h"
#include "spawn.h"

#define IO_BUFFER_LEN 0x4000 /* bytes that travel at once */

/** Sets errno for an ERR_… or an answer's tag, and returns -1; 0 and more is returned as it is. */
int io_result(int tag);

/** A call without bytes; the answer is in *m.  -1 with errno set, or its tag. */
int io_call(int server, struct msg *m);
/** The same with up to IO_BUFFER_LEN bytes that go along, and `out_len` bytes (0: none) that come back. */
int io_call_with(int server, struct msg *m, const void *in, size_t in_len, void *out, size_t out_len);

/** Up to `len` bytes; never more, whatever the server answers. */
ssize_t io_read(const struct spawn_fd *f, void *to, size_t len);
/** All of it, unless there is an error: then what was written, if anything was. */
ssize_t io_write(const struct spawn_fd *f, const void *from, size_t len);

#endif
