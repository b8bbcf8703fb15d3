/* SPDX-License-Identifier: ISC
 * Claim: a pipe delivers every byte once and in order, whatever the sizes of reads and writes, makes readers and
 * writers wait and answers them, tells the end and EPIPE, and loses nothing to a reader that died while it
 * waited.  The kernel is a fake: frames are buffers, an answer to a dead thread is refused. */
#include "../../bin/files_pipe.c"
#include "../../bin/waiter.c"
#include <assert.h>
#include <stdio.h>

#define FRAMES 8
#define DEAD   99
#define MAKER  1

static char frames[FRAMES + 1][65536];
static struct msg last; /* the last answer */
static int last_to, answers, freed;
static int mapped;

void *vm_reserve(size_t len, size_t align)
{
	(void)align;
	return malloc(len);
}

int frame_info(int f_id, struct frame *out)
{
	*out = (struct frame){.f_id = f_id, .kind = FRAME_MEM, .len = 65536};
	return f_id > FRAMES ? ERR_FRAME : 0;
}

int vm_map_at(void *va, int f_id, size_t offset, size_t len, int rights)
{
	(void)offset, (void)rights;
	memcpy(va, frames[f_id], len);
	mapped = f_id;
	return 0;
}

int vm_unmap(void *va, size_t len)
{
	memcpy(frames[mapped], va, len);
	return 0;
}

int msg_reply(int to, struct msg *m)
{
	if (to == DEAD)
		return ERR_PROC;
	last = *m;
	last_to = to;
	answers++;
	return 0;
}

void *ring_new(void)
{
	return calloc(1, PIPE_LEN);
}

void ring_free(void *va)
{
	free(va);
}

static int rings;

int client_rings(int pid, int more)
{
	assert(pid == MAKER);
	rings += more;
	return rings;
}

int page_scrap(int f_id)
{
	freed = f_id;
	return 0;
}

static struct msg request(int from, int frame)
{
	return (struct msg){.from = from, .frame = frame};
}

static void test_order(void)
{
	struct pipe *p = pipe_new(MAKER);
	uint8_t next_in = 0, next_out = 0;

	for (int i = 0; i < 20000; i++) {
		size_t n = (size_t)rand() % 6000 + 1;
		struct msg m = request(1, 1);

		if (rand() % 2 && PIPE_LEN - (p->end - p->read) >= n) {
			for (size_t k = 0; k < n; k++)
				frames[1][k] = (char)next_in++;
			pipe_write(p, &m, n);
			assert(last.tag == (int)n);
		} else if (p->end != p->read) {
			m = request(2, 2);
			pipe_read(p, &m, n);
			assert(last_to == 2 && last.tag > 0 && last.tag <= (int)n);
			for (int k = 0; k < last.tag; k++)
				assert((uint8_t)frames[2][k] == next_out++);
		}
	}
	pipe_close(p, 1);
	pipe_close(p, 0);
}

static void test_waiting(void)
{
	struct pipe *p = pipe_new(MAKER);
	struct msg m = request(5, 0);
	int before = answers;

	pipe_read(p, &m, 20);
	assert(answers == before);
	m = request(DEAD, 3);
	pipe_read(p, &m, 100); /* dies while it waits */
	m = request(6, 0);
	memcpy(&m.word[2], "abc", 3);
	pipe_write(p, &m, 3);
	assert(answers == before + 2 && last_to == 5 && last.tag == 3 && !memcmp(last.word, "abc", 3));
	m = request(6, 0);
	memcpy(&m.word[2], "defg", 4);
	pipe_write(p, &m, 4);
	assert(freed == 3); /* the dead one's frame, and its bytes are kept */
	m = request(7, 0);
	pipe_read(p, &m, 20);
	assert(last_to == 7 && last.tag == 4 && !memcmp(last.word, "defg", 4));

	m = request(8, 4);
	pipe_write(p, &m, 40000); /* more than it holds: answered when it was read */
	assert(last_to == 7);
	for (int left = 40000; left > 0; left -= last.tag) {
		m = request(9, 5);
		pipe_read(p, &m, 15000);
		assert(last_to == 9 || last_to == 8);
		if (last_to == 8) { /* the writer's answer came behind the reader's */
			assert(last.tag == 40000);
			break;
		}
	}
	pipe_close(p, 0);
	m = request(8, 4);
	pipe_write(p, &m, 10);
	assert(last_to == 8 && last.tag == PROTO_ERRNO(EPIPE) && last.frame == 4);
	pipe_close(p, 1);
}

static void test_end(void)
{
	struct pipe *p = pipe_new(MAKER);
	struct msg m = request(1, 0);

	memcpy(&m.word[2], "xy", 2);
	pipe_write(p, &m, 2);
	pipe_close(p, 1);
	m = request(2, 0);
	pipe_read(p, &m, 20);
	assert(last.tag == 2);
	m = request(2, 0);
	pipe_read(p, &m, 20);
	assert(last_to == 2 && last.tag == 0);
	pipe_close(p, 0);

	p = pipe_new(MAKER);
	m = request(3, 0);
	pipe_read(p, &m, 20);
	pipe_close(p, 1);
	assert(last_to == 3 && last.tag == 0); /* the end wakes who waits */
	m = request(4, 77);
	pipe_read(p, &m, 20);
	assert(last_to == 4 && last.tag == ERR_FRAME && last.frame == 77);
	pipe_close(p, 0);

	p = pipe_new(MAKER);
	m = request(5, 1);
	pipe_write(p, &m, 40000);
	pipe_close(p, 0);
	assert(last_to == 5 && last.tag == PROTO_ERRNO(EPIPE));
	pipe_close(p, 1);
}

/* A thread that asks for something else does not wait any more: its buffer is freed, its place goes to who is behind. */
static void test_forgotten(void)
{
	struct pipe *p = pipe_new(MAKER), *q = pipe_new(MAKER);
	struct msg m = request(5, 3);
	int before = answers;

	pipe_read(p, &m, 100);
	m = request(6, 0);
	pipe_read(p, &m, 20);
	freed = 0;
	waiters_forget(5);
	assert(freed == 3 && answers == before);
	m = request(5, 0);
	pipe_read(q, &m, 20);
	m = request(7, 0);
	memcpy(&m.word[2], "ab", 2);
	pipe_write(p, &m, 2);
	assert(answers == before + 2 && last_to == 6 && last.tag == 2 && p->read == 2);
	waiters_forget_process(0); /* everybody's here */
	assert(!q->readers.first && !q->readers.n);
	for (int end = 0; end < 2; end++) {
		pipe_close(p, end);
		pipe_close(q, end);
	}
}

/* More pipes with bytes than one process may have are refused, and no byte is lost. */
static void test_share(void)
{
	struct pipe *p[PIPE_RINGS + 1];
	struct msg m;

	assert(rings == 0);
	for (int i = 0; i <= PIPE_RINGS; i++) {
		p[i] = pipe_new(MAKER);
		m = request(7, 0);
		pipe_write(p[i], &m, 2);
		assert(last.tag == (i < PIPE_RINGS ? 2 : PROTO_ERRNO(ENOMEM)));
	}
	for (int i = 0; i <= PIPE_RINGS; i++) {
		pipe_close(p[i], 1);
		pipe_close(p[i], 0);
	}
	assert(rings == 0);
}

int main(void)
{
	test_forgotten();
	test_share();
	test_order();
	test_waiting();
	test_end();
	printf("bin_pipe: ok\n");
	return 0;
}
