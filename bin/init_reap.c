/* SPDX-License-Identifier: ISC
 * Taking back what an ended child owned, and whatever else came to init: pages out of tables, tables back into memory, memory
 * into the store.  The children may be init's own or anybody's orphans, so nothing is assumed about how they were built.  No
 * memory is needed for it: what proc_reap hands over comes last in the list of init's frames and is walked there, a few frames at
 * a time; how far that is with each corpse stands in the memory that its PROC frame was. */
#include "init.h"

#define STEP_FRAMES 32

/** A corpse: frames of it that are still to be taken, in the order of frame_next, and then room for records. */
struct corpse {
	int next; /* the PROC frame of another one, 0: none */
	int first, n;
	int records_first, records_n;
};

/* only the server thread */
static struct corpse now; /* the one that is taken back; */
static int now_frame;     /* its PROC frame, 0: none */
static int waiting;       /* PROC frames of others, linked by what is written in them */

static int table_unmake(const struct frame *t)
{
	frame_unmap(t->f_id, 0, 0, t->kind == FRAME_L1 ? USER_END : L2_SPAN);
	return frame_table(t->f_id, FRAME_MEM);
}

int frame_home(int f_id)
{
	struct frame f;
	int r = frame_info(f_id, &f);

	if (r < 0)
		return r;
	if (f.maps)
		frame_unmap(0, f_id, 0, 0);
	switch (f.kind) {
	case FRAME_DEV:
		return device_put(f_id);
	case FRAME_RECORDS:
		return mem_put_records(f_id);
	case FRAME_L1:
	case FRAME_L2:
		r = table_unmake(&f);
		break;
	}
	return r < 0 ? r : mem_put(f_id);
}

/** The next RECORDS frame after one of init's.  What stands between may go meanwhile: then it is looked for anew. */
static int records_after(int records)
{
	int id = records;
	struct frame f;

	do {
		id = frame_next(0, id);
		if (id < 0)
			id = frame_next(0, records);
	} while (id > 0 && (frame_info(id, &f) < 0 || f.kind != FRAME_RECORDS));
	return id;
}

/** Takes one frame of a corpse, or passes it over: room comes last, when the credits that it costs are free. */
static void corpse_frame(struct corpse *c)
{
	int id = c->first;
	struct frame f;

	c->first = frame_next(0, id);
	c->n--;
	if (frame_info(id, &f) < 0)
		return;
	if (f.kind != FRAME_RECORDS)
		frame_home(id);
	else if (!c->records_n++)
		c->records_first = id;
}

static void corpse_records(struct corpse *c)
{
	int id = c->records_first;

	c->records_first = records_after(id);
	c->records_n--;
	frame_home(id);
}

/** A few frames.  Whether there are more. */
static int corpse_step(struct corpse *c)
{
	for (int n = 0; n < STEP_FRAMES; n++) {
		if (c->n > 0 && c->first > 0)
			corpse_frame(c);
		else if (c->records_n > 0 && c->records_first > 0)
			corpse_records(c);
		else
			return 0;
	}
	return 1;
}

/** Writes down, or reads, how far it is with a corpse.  Without a window it cannot be: 0. */
static int corpse_note(int frame, struct corpse *c, int write)
{
	struct corpse *note = window_open(WINDOW_NOTE, frame, PAGE_SIZE);

	if (!note)
		return 0;
	*(write ? note : c) = *(write ? c : note);
	window_close(WINDOW_NOTE, PAGE_SIZE);
	return 1;
}

int reap_due(void)
{
	return now_frame || waiting;
}

void reap_step(void)
{
	int frame = now_frame;

	if (!frame && waiting && corpse_note(waiting, &now, 0)) {
		frame = now_frame = waiting;
		waiting = now.next;
	}
	if (!frame || corpse_step(&now))
		return;
	now_frame = 0;
	frame_home(frame);
}

void reap(int pid)
{
	struct corpse c = {.next = waiting, .first = frame_next(pid, 0), .n = frame_count(pid)};
	struct proc_info info;

	if (proc_info(pid, &info) < 0 || proc_reap(pid) < 0)
		return;
	if (!corpse_step(&c)) {
		frame_home(info.frame);
	} else if (!now_frame) {
		now = c;
		now_frame = info.frame;
	} else if (corpse_note(info.frame, &c, 1)) {
		waiting = info.frame;
	} else {
		while (corpse_step(&c))
			;
		frame_home(info.frame);
	}
}
