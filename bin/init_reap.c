/* SPDX-License-Identifier: ISC
 * Taking back what an ended child owned: pages out of tables, tables back into memory, memory into the store.
 * The children may be init's own or anybody's orphans, so nothing is assumed about how they were built. */
#include <stdlib.h>
#include "init.h"

/** The PROC frame of an orphan: whoever built it mapped its information page; else it is found by elimination. */
static int proc_frame(int pid)
{
	struct proc_info info;
	struct mapping m;
	struct frame f;

	if (proc_info(pid, &info) < 0 || !info.root)
		return 0;
	if (vspace_resolve(info.root, BOOT_INFO_VA, &m) < 0 || frame_info(m.f_id, &f) < 0)
		return 0;
	return f.kind == FRAME_PROC ? m.f_id : 0;
}

struct list {
	int *id;
	size_t n;
};

/** The frames of `pid` (0: mine) that are of `kind`, 0: all. */
static struct list frames_list(int pid, int kind)
{
	int room = frame_count(pid);
	struct list l = {room > 0 ? malloc((size_t)room * sizeof(int)) : NULL, 0};
	struct frame f;

	if (!l.id)
		return l;
	for (int id = frame_next(pid, 0); id > 0 && l.n < (size_t)room; id = frame_next(pid, id)) {
		if (!kind || (frame_info(id, &f) >= 0 && f.kind == kind))
			l.id[l.n++] = id;
	}
	return l;
}

/** Takes out whatever is mapped in a table of mine, whosever it is. */
static void table_empty(const struct frame *t)
{
	size_t span = t->kind == FRAME_L1 ? USER_END : L2_SPAN;
	struct mapping m = {0};

	for (uintptr_t at = 0; at < span && vspace_next(t->f_id, at, &m) > 0; at = m.at + (m.len ? m.len : PAGE_SIZE)) {
		int is_table = m.flags & F_MAP_TABLE;

		frame_unmap(t->f_id, 0, m.at, is_table ? 0 : m.len);
		if (is_table)
			m.len = L2_SPAN;
	}
}

/* Room for records of which some serve other frames by now.  They are init's to use; from time to time another
 * look shows which of it has become free. */
static struct list busy;
static size_t busy_room, busy_at;

#define BUSY_LOOK 8 /* at each reap: more than one adds on average, so that the list does not grow for ever */

static void busy_add(int id)
{
	if (busy.n == busy_room) {
		size_t room = busy_room ? busy_room * 2 : 64;
		int *more = realloc(busy.id, room * sizeof(*more));

		if (!more)
			return;
		busy.id = more;
		busy_room = room;
	}
	busy.id[busy.n++] = id;
}

static void busy_look(void)
{
	for (int n = 0; n < BUSY_LOOK && busy.n; n++) {
		size_t i = busy_at++ % busy.n;

		if (frame_table(busy.id[i], FRAME_MEM) < 0)
			continue;
		mem_put(busy.id[i]);
		busy.id[i] = busy.id[--busy.n];
	}
}

static void frame_take(int id)
{
	struct frame f;

	if (frame_info(id, &f) < 0)
		return;
	if (f.kind == FRAME_DEV) {
		device_put(id);
		return;
	}
	if (f.maps)
		frame_unmap(0, id, 0, 0);
	if (f.kind == FRAME_L1 || f.kind == FRAME_L2)
		table_empty(&f);
	if (f.kind != FRAME_MEM && frame_table(id, FRAME_MEM) < 0) {
		busy_add(id);
		return;
	}
	mem_put(id);
	mem_tidy();
}

void reap(int pid)
{
	int shell = proc_frame(pid);
	struct list mine = {0}, theirs = frames_list(pid, 0);

	if (!shell)
		mine = frames_list(0, FRAME_PROC);
	if (proc_reap(pid) < 0) {
		free(mine.id);
		free(theirs.id);
		return;
	}
	/* Pages before tables, so that tables are empty; records last, when nothing needs them. */
	for (int pass = 0; pass < 3; pass++) {
		for (size_t i = 0; i < theirs.n; i++) {
			struct frame f;
			int when = 0;

			if (frame_info(theirs.id[i], &f) < 0)
				continue;
			if (f.kind == FRAME_L1 || f.kind == FRAME_L2)
				when = 1;
			if (f.kind == FRAME_RECORDS)
				when = 2;
			if (when == pass)
				frame_take(theirs.id[i]);
		}
	}
	if (shell)
		frame_take(shell);
	for (size_t i = 0; i < mine.n; i++) {
		struct frame f;

		if (frame_info(mine.id[i], &f) >= 0 && f.kind == FRAME_MEM)
			frame_take(mine.id[i]);
	}
	free(mine.id);
	free(theirs.id);
	busy_look();
}
