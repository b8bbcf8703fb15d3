/* SPDX-License-Identifier: ISC
 * The client's side of the io protocol.  Owns buffers: frames that travel to a server with a call and come back with its
 * answer, one for each call under way.  Knows nothing of file numbers. */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "self.h"
#include "io.h"
#include "memory.h"
#include "page.h"
#include "proto.h"
#include "vm.h"

#define READ_SMALL  20
#define WRITE_SMALL 16

struct buffer {
	int frame; /* 0: lost with a server that ended */
	void *va;  /* where it is mapped while it is here */
	struct buffer *next;
};

static struct mutex lock = MUTEX_INIT;
static struct buffer *idle;

static int errno_of(int err)
{
	if (PROTO_IS_ERRNO(err))
		return PROTO_TO_ERRNO(err);
	switch (err) {
	case ERR_PROC:
	case ERR_DEAD:
		return EIO;
	case ERR_CALL:
		return ENOSYS;
	case ERR_BUSY:
		return EBUSY;
	case ERR_EXISTS:
		return EEXIST;
	case ERR_RIGHT:
		return EACCES;
	case ERR_RECORDS:
	case ERR_MEMORY:
		return ENOMEM;
	case ERR_RANGE:
		return ENOSPC;
	case ERR_TIMEOUT:
		return ETIMEDOUT;
	case ERR_CPU:
		return ENOEXEC;
	case ERR_POINTER:
		return EFAULT;
	default:
		return EINVAL;
	}
}

int io_result(int tag)
{
	if (tag >= 0)
		return tag;
	errno = errno_of(tag);
	return -1;
}

/* ---- buffers ---- */

static void buffer_put(struct buffer *b)
{
	mutex_lock(&lock);
	b->next = idle;
	idle = b;
	mutex_unlock(&lock);
}

static struct buffer *buffer_new(void)
{
	struct buffer *b = calloc(1, sizeof *b);

	if (b)
		b->va = vm_reserve(IO_BUFFER_LEN, 0);
	if (b && b->va)
		return b;
	free(b);
	return NULL;
}

/* Maps the buffer's frame, or drops it: it is somebody else's now, perhaps a child's, or there is no memory for that. */
static void buffer_map(struct buffer *b)
{
	int r = vm_map_at(b->va, b->frame, 0, IO_BUFFER_LEN, F_MAP_READ | F_MAP_WRITE);
	void *elsewhere = r < 0 ? vm_reserve_again(b->va, IO_BUFFER_LEN, 0) : NULL;

	if (elsewhere) {
		b->va = elsewhere;
		r = vm_map_at(b->va, b->frame, 0, IO_BUFFER_LEN, F_MAP_READ | F_MAP_WRITE);
	}
	if (r >= 0)
		return;
	if (r != ERR_FRAME)
		page_free(b->frame);
	b->frame = 0;
}

static struct buffer *buffer_take(void)
{
	struct buffer *b;

	mutex_lock(&lock);
	b = idle;
	if (b)
		idle = b->next;
	mutex_unlock(&lock);
	if (!b)
		b = buffer_new();
	if (!b || b->frame)
		return b;
	b->frame = page_alloc(IO_BUFFER_LEN, 0);
	if (b->frame > 0)
		buffer_map(b);
	if (b->frame > 0)
		return b;
	b->frame = 0;
	buffer_put(b);
	return NULL;
}

/* After a call: the frame that the answer brought, if any, is the buffer's now.  Without an answer the frame never left,
 * or is gone with the server; and what is left of its mapping is not known. */
static void buffer_back(struct buffer *b, int result, const struct msg *m)
{
	if (result >= 0)
		b->frame = m->frame;
	else
		vm_unmap(b->va, IO_BUFFER_LEN);
	if (b->frame)
		buffer_map(b);
}

/* ---- calls ---- */

int io_call(int server, struct msg *m)
{
	int r = msg_call(server, m, -1);

	return io_result(r < 0 ? r : m->tag);
}

int io_call_with(int server, struct msg *m, const void *in, size_t in_len, void *out, size_t out_len)
{
	struct buffer *b = buffer_take();
	bool reads = m->tag == IO_READ;
	int r;

	if (!b) {
		errno = ENOMEM;
		return -1;
	}
	if (in_len)
		memcpy(b->va, in, in_len);
	m->frame = b->frame;
	r = msg_call(server, m, -1);
	buffer_back(b, r, m);
	if (r >= 0)
		r = m->tag;
	if (r > 0 && out_len && !b->frame)
		r = PROTO_ERRNO(EIO); /* the server kept the bytes */
	else if (r > 0 && out_len)    /* a read's tag says how much; the rest of the buffer is old */
		memcpy(out, b->va, reads && (size_t)r < out_len ? (size_t)r : out_len);
	buffer_put(b);
	return io_result(r);
}

/* A server is not trusted: whatever it says, no more was read or written than was asked. */
static ssize_t at_most(ssize_t r, size_t asked)
{
	return r > 0 && (size_t)r > asked ? (ssize_t)asked : r;
}

ssize_t io_read(const struct spawn_fd *f, void *to, size_t len)
{
	struct msg m = {.tag = IO_READ};
	ssize_t r;

	if (len > IO_BUFFER_LEN)
		len = IO_BUFFER_LEN;
	m.word[0] = (uint32_t)f->handle;
	m.word[1] = (uint32_t)len;
	m.word[2] = m.word[3] = UINT32_MAX;
	if (len > READ_SMALL)
		return at_most(io_call_with(f->server, &m, NULL, 0, to, len), len);
	r = at_most(io_call(f->server, &m), len);
	if (r > 0)
		memcpy(to, m.word, (size_t)r);
	return r;
}

static ssize_t write_once(const struct spawn_fd *f, const void *from, size_t len)
{
	struct msg m = {.tag = IO_WRITE, .word = {(uint32_t)f->handle, (uint32_t)len}};

	if (len > WRITE_SMALL)
		return at_most(io_call_with(f->server, &m, from, len, NULL, 0), len);
	memcpy(&m.word[2], from, len);
	return at_most(io_call(f->server, &m), len);
}

ssize_t io_write(const struct spawn_fd *f, const void *from, size_t len)
{
	size_t done = 0;

	do {
		size_t n = len - done < IO_BUFFER_LEN ? len - done : IO_BUFFER_LEN;
		ssize_t r = write_once(f, (const char *)from + done, n);

		if (r < 0)
			return done ? (ssize_t)done : -1;
		done += (size_t)r;
		if (r == 0)
			break;
	} while (done < len);
	return (ssize_t)done;
}
