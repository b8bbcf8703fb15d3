/* SPDX-License-Identifier: ISC
 * Rule 2 for processes and threads: strangers cannot be named. */
#include "attack.h"

#define SLOTS      512 /* of the kernel's table of ids, from the first */
#define GENS       3
#define INDEX_BITS 21
#define CALLS      15

struct report {
	int mine, parent;
	int sibling; /* somebody told it, but that is no right */
	volatile int call, id, result;
};

static int use_proc(int call, int id, void *room)
{
	struct msg m = {.tag = 1};

	switch (call) {
	case 0:
		return proc_stop(id);
	case 1:
		return proc_end(id, 1);
	case 2:
		return proc_reap(id);
	case 3:
		return proc_info(id, room);
	case 4:
		return thread_regs(id, room, 0);
	case 5:
		return thread_unpark(id);
	case 6:
		return vspace_swap(id, 0);
	case 7:
		return proc_pager(id, 0);
	case 8:
		return msg_notify(id, 1);
	case 9:
		return msg_send(id, &m, 0);
	case 10:
		return msg_reply(id, &m);
	case 11:
		return thread_next(id, 0);
	case 12:
		return frame_count(id);
	case 13:
		return proc_watch(id, 1);
	default:
		return thread_priority(id, 0);
	}
}

/* A server may let anyone send to it: then it can be sent to, watched and looked at, nothing else. */
static bool harmless(int call, int result)
{
	return result == ERR_PROC || call == 3 || call == 8 || call == 9 || call == 13;
}

static void guesses(void *shared)
{
	struct report *r = shared;
	struct regs room;

	for (int n = 0; n < (1 + SLOTS * GENS) * CALLS; n++) {
		int guess = n / CALLS - 1, id = guess < 0 ? r->sibling : guess / SLOTS << INDEX_BITS | guess % SLOTS;
		int result;

		if (id == 0 || id == r->mine || id == r->parent)
			continue;
		result = use_proc(n % CALLS, id, &room);
		if (id == r->sibling ? result == ERR_PROC : harmless(n % CALLS, result))
			continue;
		r->call = n % CALLS;
		r->result = result;
		r->id = id;
		break;
	}
	proc_exit(0);
}

ATTACK("try every call on thousands of ids of processes and threads, the servers' and a sibling's among them",
	"stopping, ending, reading or disturbing a process that never heard of me")
{
	struct child c, sibling;
	struct report *r;

	child_make(&sibling);
	child_make(&c);
	r = c.shared;
	r->mine = c.pid;
	r->parent = thread_self();
	r->sibling = sibling.pid;
	child_run(&c, guesses);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->id, 0);
	child_kill(&sibling);
}
