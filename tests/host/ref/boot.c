/* SPDX-License-Identifier: ISC
 * How the reference model begins: with what the kernel says after boot. */
#include <string.h>
#include "world.h"

static void boot_frame(const struct frame_rec *k)
{
	struct ref_frame *f = &ref.frame[ref.frames_n++];

	*f = (struct ref_frame){.used = true,
		.id = k->id,
		.kind = k->kind,
		.pa = k->pa,
		.len = k->len,
		.owner = ref.first,
		.filled = k->kind == FRAME_RECORDS ? k->len : 0};
	if (k->kind == FRAME_L1 || k->kind == FRAME_L2)
		ref_table_begin(f);
	ref.first->frames++;
}

static void boot_map(const struct map_rec *k)
{
	struct ref_frame *t = ref_frame_find(k->table->id);
	struct ref_map *m = &ref.map[ref.maps_n++];
	unsigned shift = ref_shift(t);

	*m = (struct ref_map){true, ref_frame_find(k->frame->id), t, k->at, k->offset, k->len, k->flags, k->live, 0};
	if (m->flags & F_MAP_TABLE)
		m->frame->stands = m;
	for (unsigned i = k->at >> shift; i < (k->at + k->len) >> shift; i++)
		t->slot[i] = (struct ref_slot){m, m->flags & F_MAP_TABLE ? 0 : m->flags & F_MAP_RIGHTS};
}

static void boot_proc(void)
{
	struct ref_proc *p = ref.first = &ref.proc[0];
	struct ref_thread *t = ref.now = &ref.thread[0];

	*p = (struct ref_proc){.used = true,
		.started = true,
		.pid = first_proc->info.pid,
		.state = PROC_RUNNING,
		.priority = first_proc->info.priority,
		.credits = first_proc->info.credits,
		.threads = 1,
		.first = t,
		.to_parent = -1,
		.from_parent = -1};
	for (int i = 0; i < REF_ALARMS; i++)
		p->alarm[i] = REF_NEVER;
	*t = (struct ref_thread){.used = true,
		.id = p->pid,
		.priority = first_proc->first.priority,
		.proc = p,
		.state = REF_RUNNABLE,
		.deadline = REF_NEVER};
}

/* The reference begins with what the kernel says after boot. */
void ref_boot(void)
{
	for (int i = 0; i < ref.frames_n; i++)
		if (ref.frame[i].used && ref.frame[i].slot)
			ref_table_end(&ref.frame[i]);
	memset(&ref, 0, sizeof ref);
	boot_proc();
	for (struct link *l = first_proc->frames.next; l != &first_proc->frames; l = l->next)
		boot_frame(container_of(l, struct frame_rec, owned));
	for (struct link *l = first_proc->frames.next; l != &first_proc->frames; l = l->next) {
		struct frame_rec *f = container_of(l, struct frame_rec, owned);

		for (struct link *k = f->maps.next; k != &f->maps; k = k->next)
			boot_map(container_of(k, struct map_rec, by_frame));
		if (f->kind == FRAME_L1 && f->root_of) {
			ref.first->root = ref_frame_find(f->id);
			ref.first->root->root_of = ref.first;
		}
		if (f->kind == FRAME_PROC) {
			ref.now->frame = ref_frame_find(f->id);
			ref.now->frame->thread = ref.now;
		}
	}
}
