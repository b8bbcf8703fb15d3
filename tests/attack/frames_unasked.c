/* SPDX-License-Identifier: ISC
 * Frames, children and messages that nobody asked for. */
#include "attack.h"

struct report {
	int parent, sibling, f_id, proc_f, parents_f;
	volatile int wrong, done;
};

static void pushes(void *shared)
{
	struct report *r = shared;
	struct msg m;
	int pid = proc_new(r->proc_f);

	for (int n = 0; n < 100; n++) {
		r->wrong += frame_give(r->f_id, r->parent) != ERR_RIGHT;
		r->wrong += frame_give(r->f_id, r->sibling) != ERR_PROC;
		r->wrong += frame_give(r->proc_f, r->sibling) != ERR_PROC;
		m = (struct msg){.tag = 1, .frame = r->f_id};
		r->wrong += msg_send(r->parent, &m, 0) != ERR_RIGHT;
		m = (struct msg){.tag = 1, .frame = r->f_id};
		r->wrong += msg_call(r->parent, &m, 0) != ERR_RIGHT;
		m = (struct msg){.tag = MSG_RESERVED + n % 8};
		r->wrong += msg_send(r->parent, &m, 0) != ERR_RANGE;
		m = (struct msg){.tag = 1, .frame = r->parents_f};
		r->wrong += msg_send(r->parent, &m, 0) != ERR_FRAME;
		m = (struct msg){.tag = 1};
		r->wrong += msg_send(r->sibling, &m, 0) != ERR_PROC;
		r->wrong += msg_notify(r->sibling, 1) != ERR_PROC;
	}
	r->wrong += proc_end(pid, 0) != 0 || proc_reap(pid) != 0;
	r->done = 1;
	proc_exit(0);
}

ATTACK("push frames, children, messages with the kernel's tags and with others' frames at those who allow none of it",
	"a process that drowns in what is not its own, or believes a message of the kernel's")
{
	struct child c, sibling;
	struct report *r;
	int frames;

	child_make(&sibling);
	child_make(&c);
	child_credits(&c);
	r = c.shared;
	r->f_id = mem_new(PAGE_SIZE);
	r->proc_f = mem_new(PROC_SIZE);
	r->parents_f = mem_new(PAGE_SIZE);
	r->parent = thread_self();
	r->sibling = sibling.pid;
	CHECK_OK(frame_give(r->f_id, c.pid));
	CHECK_OK(frame_give(r->proc_f, c.pid));
	frames = frames_owned();
	child_run(&c, pushes);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->done, 1);
	CHECK_EQ(r->wrong, 0);
	CHECK_EQ(frames_owned(), frames);
	child_kill(&sibling);
}
