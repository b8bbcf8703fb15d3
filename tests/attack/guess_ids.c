/* SPDX-License-Identifier: ISC
 * Rule 2: an id that is not mine and one that does not exist answer alike, in every call. */
#include "attack.h"

#define SLOTS      512 /* of the kernel's table of ids, from the first */
#define GENS       3
#define INDEX_BITS 21
#define CALLS      19
#define TOLD       4

struct report {
	int mine[8];    /* ids that the child may name */
	int told[TOLD]; /* its parent's and its sibling's: somebody told it, but that is no right */
	int parent;
	volatile int call, id, result; /* the first that answered as it should not; id 0: none */
};

static bool known(const struct report *r, int id)
{
	for (int n = 0; n < 8; n++)
		if (r->mine[n] == id)
			return true;
	return false;
}

static int in_batch(int id)
{
	struct frame_op op = {.call = CALL_frame_unmap, .arg = {0, (uintptr_t)id}};

	return frame_batch(&op, 1) ? 0 : op.result;
}

/* All that could be done with a frame, except what would tell too if it were refused for something else. */
static int use_frame(int call, int id, const struct report *r, void *room)
{
	switch (call) {
	case 0:
		return frame_info(id, room);
	case 1:
		return frame_unmap(0, id, 0, 0);
	case 2:
		return frame_give(id, r->parent);
	case 3:
		return frame_split(id, PAGE_SIZE);
	case 4:
		return frame_map(r->mine[1], id, CHILD_FREE_VA, 0, 0, PAGE_RO);
	case 5:
		return frame_map(id, r->mine[2], 0, 0, 0, PAGE_RO);
	case 6:
		return frame_unmap(id, r->mine[2], 0, PAGE_SIZE);
	case 7:
		return frame_protect(id, 0, 0, PAGE_SIZE, 0);
	case 8:
		return frame_donate(id);
	case 9:
		return vspace_next(id, 0, room);
	case 10:
		return frame_table(id, FRAME_MEM);
	case 11:
		return frame_merge(id, r->mine[2]);
	case 12:
		return frame_maps(id, room);
	case 13:
		return vspace_resolve(id, 0, room);
	case 14:
		return vspace_swap(0, id);
	case 15:
		return proc_new(id);
	case 16:
		return thread_new(0, id, 0, 0, 0);
	case 17:
		return in_batch(id);
	default:
		return frame_cache(id, 0, 0, CACHE_FLUSH);
	}
}

static void guesses(void *shared)
{
	struct report *r = shared;
	struct mapping room = {0};

	for (int n = 0; n < (TOLD + SLOTS * GENS) * CALLS; n++) {
		int guess = n / CALLS - TOLD, call = n % CALLS, result;
		int id = guess < 0 ? r->told[n / CALLS] : guess / SLOTS << INDEX_BITS | guess % SLOTS;

		if (id == 0 || known(r, id))
			continue;
		result = use_frame(call, id, r, &room);
		if (result == ERR_FRAME)
			continue;
		r->call = call;
		r->result = result;
		r->id = id;
		break;
	}
	proc_exit(0);
}

ATTACK("try every call on thousands of ids of frames that are not mine",
	"a frame of somebody else, or the knowledge that there is one")
{
	struct child c, sibling;
	struct report *r;
	int frames, credits, f_id = mem_new(PAGE_SIZE);

	child_make(&sibling);
	child_make(&c);
	child_credits(&c);
	r = c.shared;
	CHECK_OK(frame_give(f_id, c.pid));
	r->mine[0] = c.l1;
	r->mine[1] = c.l2;
	r->mine[2] = f_id;
	r->mine[3] = c.stack_f;
	for (int id = CHECK_OK(frame_next(c.pid, 0)); id; id = CHECK_OK(frame_next(c.pid, id)))
		r->mine[4] = known(r, id) ? r->mine[4] : id;
	r->told[0] = mem_new(PAGE_SIZE);
	r->told[1] = CHECK_OK(vspace_root(0));
	r->told[2] = sibling.stack_f;
	r->told[3] = sibling.l2;
	r->parent = thread_self();
	frames = frames_owned();
	credits = credits_free();
	child_run(&c, guesses);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->id, 0);
	CHECK_EQ(frames_owned(), frames);
	CHECK_EQ(credits_free(), credits);
}
