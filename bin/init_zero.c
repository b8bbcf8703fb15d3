/* SPDX-License-Identifier: ISC
 * Zeroing what is long: a thread of its own does it, at the priority of ordinary programs, so that who asks for much delays nobody
 * above them.  It takes no lock that the server needs; it gets its jobs in answers of the server's, and answers clients itself.
 * The queue is in the frames that wait: each one's first page says whose it is and which frame comes next, so there is room for
 * as many as there is memory. */
#include "init.h"

#define STACK_LEN (16 * 1024)

/** What stands in a frame that waits. */
struct grant {
	int next; /* frame, 0: none */
	int to;
	uint32_t call;
	uint32_t len;
};

/* only the server thread */
static int first, last;   /* frames */
static struct msg zeroer; /* its call, while it waits for a job */
static int zeroer_waits;

static int grant_note(int f_id, struct grant *g, int write)
{
	struct grant *note = window_open(WINDOW_NOTE, f_id, PAGE_SIZE);

	if (!note)
		return ERR_RECORDS;
	*(write ? note : g) = *(write ? g : note);
	window_close(WINDOW_NOTE, PAGE_SIZE);
	return 0;
}

/** Hands the first job to the zeroer, if both are there. */
static void grant_start(void)
{
	struct grant g;

	if (!zeroer_waits || !first || grant_note(first, &g, 0) < 0)
		return;
	zeroer.tag = 0;
	zeroer.word[0] = (uint32_t)first;
	zeroer.word[1] = (uint32_t)g.to;
	zeroer.word[2] = g.call;
	zeroer.word[3] = g.len;
	first = g.next;
	zeroer_waits = 0;
	msg_reply(zeroer.from, &zeroer);
}

int zero_queue(const struct msg *m, int f_id, size_t len)
{
	struct grant g = {.to = m->from, .call = m->call, .len = (uint32_t)len}, before;
	int r = grant_note(f_id, &g, 1);

	if (r >= 0 && first) {
		r = grant_note(last, &before, 0);
		before.next = f_id;
		if (r >= 0)
			r = grant_note(last, &before, 1);
	}
	if (r < 0)
		return r;
	first = first ? first : f_id;
	last = f_id;
	grant_start();
	return 0;
}

void zero_next(const struct msg *m)
{
	if (m->word[0])
		frame_home((int)m->word[0]);
	zeroer = *m;
	zeroer.frame = 0;
	zeroer_waits = 1;
	grant_start();
}

int zero_idle(void)
{
	return zeroer_waits && !first;
}

/** Zeroes and answers.  The frame, if the client did not get it, else 0. */
static int grant_do(const struct msg *m)
{
	int f_id = (int)m->word[0];
	struct msg answer = {.frame = f_id, .call = m->word[2]};

	if (mem_zero(WINDOW_WORK, WINDOW_WORK_LEN, f_id, m->word[3]) < 0)
		answer = (struct msg){.tag = ERR_RECORDS, .call = m->word[2]};
	return msg_reply((int)m->word[1], &answer) < 0 || !answer.frame ? f_id : 0;
}

static void zero_run(void *arg)
{
	struct msg m = {0};

	(void)arg;
	thread_priority(0, PRIORITY_DEFAULT);
	for (;;) {
		m = (struct msg){.tag = OWN_ZERO, .word = {m.word[0]}};
		if (msg_call(boot_page->pid, &m, -1) >= 0)
			m.word[0] = (uint32_t)grant_do(&m);
	}
}

void zero_start(void)
{
	thread_start(zero_run, NULL, STACK_LEN);
}
