/* SPDX-License-Identifier: ISC
 * Compares the books: every frame, mapping, slot, process and thread of the reference with the kernel's. */
#include <string.h>
#include "world.h"

static void same_frame(const struct ref_frame *f)
{
	const struct frame_rec *k = frame_find(f->id);

	if (!k)
		world_differs("a frame is gone", f->id, 0);
	SAME("a frame's owner", f->owner->pid, k->owner->info.pid);
	SAME("a frame's kind", f->kind, k->kind);
	SAME("a frame's address", f->pa, k->pa);
	SAME("a frame's length", f->len, k->len);
	if (f->kind == FRAME_L1)
		SAME("whose root a table is", f->root_of ? f->root_of->pid : 0, k->root_of ? k->root_of->info.pid : 0);
	if (f->kind == FRAME_L2)
		SAME("whether a table stands somewhere", f->stands != NULL, k->stands != NULL);
}

static enum mem_type memory_of(const struct ref_map *m)
{
	if (m->frame->kind == FRAME_DEV)
		return MEM_DEVICE;
	return m->flags & F_MAP_UNCACHED ? MEM_UNCACHED : MEM_CACHED;
}

/* Slot i of t says what m and the rights there ask for, to the bit: desc.c refuses all that nobody asks for. */
static void same_desc(const struct ref_map *m, const struct frame_rec *t, unsigned i)
{
	uint32_t d = ((const uint32_t *)phys_va(t->pa))[i];
	bool table = m->flags & F_MAP_TABLE, l1 = t->kind == FRAME_L1;
	unsigned rights = m->table->slot[i].rights, n = i - (m->at >> ref_shift(m->table));
	struct desc desc;

	desc_decode(d, l1, &desc);
	if (table || rights)
		SAME("what a descriptor is", table ? DESC_TABLE : l1 ? DESC_SECTION : DESC_PAGE, desc.what);
	else
		SAME("a descriptor without rights", 0, d);
	SAME("the rights in a descriptor", table ? 0 : rights, desc.rights);
	if (table)
		SAME("which half of an L2 a descriptor shows", m->frame->pa + n * (L2_SIZE / 4), desc.pa);
	else if (rights) {
		SAME("where a descriptor points", ref_shown(m->frame, m->offset + (n << ref_shift(m->table))), desc.pa);
		SAME("a descriptor's sort of memory", memory_of(m), desc.type);
		SAME("whether a descriptor is global", false, desc.global);
	}
}

static void same_slot(const struct ref_map *m, const struct frame_rec *t, unsigned i, uint32_t index)
{
	const struct ref_slot *s = &m->table->slot[i];
	bool mine = s->map == m;

	SAME("which mapping a slot belongs to", mine, table_shadow(t)[i] == index);
	if (!mine)
		return;
	same_desc(m, t, i);
	if (m->flags & F_MAP_TABLE)
		return;
	SAME("the rights in a slot", s->rights, mmu_rights(phys_va(t->pa), t->kind, i));
	if (s->rights)
		SAME("where a slot points", ref_shown(m->frame, m->offset + (i << ref_shift(m->table)) - m->at),
			mmu_target(phys_va(t->pa), t->kind, i));
}

static void same_map(const struct ref_map *m, bool slots)
{
	const struct frame_rec *t = frame_find(m->table->id);
	unsigned shift = ref_shift(m->table), i = m->at >> shift, end = (m->at + m->len) >> shift;
	const struct map_rec *k;

	while (m->table->slot[i].map != m)
		i++;
	k = map_of(table_shadow(t)[i]);
	if (!table_shadow(t)[i])
		world_differs("a mapping is gone", m->frame->id, 0);
	SAME("a mapping's frame", m->frame->id, k->frame->id);
	SAME("a mapping's table", m->table->id, k->table->id);
	SAME("a mapping's place", m->at, k->at);
	SAME("a mapping's offset", m->offset, k->offset);
	SAME("a mapping's length", m->len, k->len);
	SAME("a mapping's flags", m->flags, k->flags);
	SAME("a mapping's slots", m->live, k->live);
	for (i = m->at >> shift; slots && i < end; i++)
		same_slot(m, t, i, record_index(k));
}

static void same_maps(bool slots)
{
	static int counts[REF_FRAMES], writes[REF_FRAMES];
	static unsigned turn;

	memset(counts, 0, sizeof counts);
	memset(writes, 0, sizeof writes);
	turn++;
	for (int i = 0; i < ref.maps_n; i++) {
		const struct ref_map *m = &ref.map[i];

		if (!m->used)
			continue;
		counts[m->frame - ref.frame]++;
		writes[m->frame - ref.frame] += (m->flags & F_MAP_WRITE) != 0;
		same_map(m, slots || m->live < 8 || (unsigned)i % 16 == turn % 16);
	}
	for (int i = 0; i < ref.frames_n; i++)
		if (ref.frame[i].used) {
			const struct frame_rec *k = frame_find(ref.frame[i].id);

			SAME("how often a frame is mapped", counts[i], k->maps_n);
			SAME("how often it was mapped to be written", writes[i], k->write_maps_n);
		}
}

static int grants_of(const struct ref_proc *p)
{
	int n = 0;

	for (int i = 0; i < REF_GRANTS; i++)
		n += ref.grant[i].used && ref.grant[i].from == p;
	return n;
}

static void same_proc(const struct ref_proc *p)
{
	const struct proc *k = proc_find(p->pid);

	if (!k)
		world_differs("a process is gone", p->pid, 0);
	SAME("a process's parent", p->parent ? p->parent->pid : 0, k->info.parent);
	SAME("its parent in its record", p->parent ? p->parent->pid : 0, k->parent ? k->parent->info.pid : 0);
	SAME("a process's root", p->root ? p->root->id : 0, k->info.root);
	SAME("a process's state", p->state, k->info.state);
	SAME("a process's status", p->status, k->info.status);
	SAME("a process's priority", p->priority, k->info.priority);
	SAME("a process's pager", p->pager ? p->pager->pid : 0, k->info.pager);
	SAME("a process's threads", p->threads, k->info.threads);
	SAME("a process's frames", p->frames, k->info.frames);
	SAME("a process's credits", p->credits, k->info.credits);
	SAME("a process's faults", p->faults, k->info.faults);
	SAME("a process's messages", p->messages, k->info.messages);
	SAME("a process's notifications", p->notified, k->notified);
	SAME("what anyone may do", p->anyone, k->anyone);
	SAME("a process's grants and watches", grants_of(p), k->grants_n);
}

static int kernel_state(const struct ref_thread *t)
{
	switch (t->state) {
	case REF_RUNNABLE:
		return t->proc->state == PROC_RUNNING ? T_READY : T_HELD;
	case REF_PARKED:
		return T_PARKED;
	case REF_RECV:
		return T_RECV;
	case REF_SEND:
		return T_SEND;
	case REF_REPLY:
		return T_REPLY;
	case REF_WAIT:
		return T_WAIT;
	default:
		return T_INACTIVE;
	}
}

static void same_thread(const struct ref_thread *t)
{
	const struct thread *k = thread_find(t->id);

	if (!k)
		world_differs("a thread is gone", t->id, 0);
	SAME("a thread's process", t->proc->pid, k->proc->info.pid);
	SAME("a thread's state", kernel_state(t), k->state);
	SAME("a thread's priority", t->priority, k->priority);
	SAME("a thread's permit", t->permit, (k->flags & TF_PERMIT) != 0);
	SAME("whether its call is to be made again", t->redo, (k->flags & TF_CALL) != 0);
	if (t->state == REF_SEND || t->state == REF_REPLY || t->state == REF_WAIT)
		SAME("whom a thread waits for", t->peer->pid, k->peer->info.pid);
}

void same_all(bool slots)
{
	for (int i = 0; i < ref.frames_n; i++)
		if (ref.frame[i].used)
			same_frame(&ref.frame[i]);
	same_maps(slots);
	for (int i = 0; i < REF_PROCS; i++)
		if (ref.proc[i].used)
			same_proc(&ref.proc[i]);
	for (int i = 0; i < REF_THREADS; i++)
		if (ref.thread[i].used)
			same_thread(&ref.thread[i]);
}
