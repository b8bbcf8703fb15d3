/* SPDX-License-Identifier: ISC
 * The reference model's looking calls.  Lists have no order in the contract: what the kernel names next must be
 * something that could be named. */
#include <string.h>
#include "ref.h"

int world_result(void); /* what the kernel answered */

static struct ref_frame *seen(int f_id)
{
	struct ref_frame *f = ref_frame_find(f_id);

	return f && (f->owner == ref_me() || f->owner->parent == ref_me()) ? f : NULL;
}

static struct ref_frame *table_seen(int t_id)
{
	struct ref_frame *t = ref_frame_find(t_id);

	return t && (t->owner == ref_me() || t->owner->parent == ref_me() ||
			    (ref_allowed(t->owner, ref_me()) & ALLOW_MAP))
		       ? t
		       : NULL;
}

static int count(int pid)
{
	const struct ref_proc *p = ref_child(pid);

	return p ? p->frames : ERR_PROC;
}

static int next(int pid, int f_id)
{
	const struct ref_proc *p = ref_child(pid);
	const struct ref_frame *f = f_id ? ref_frame_find(f_id) : NULL, *got;

	if (!p)
		return ERR_PROC;
	if (f_id && (!f || f->owner != p))
		return ERR_FRAME;
	got = ref_frame_find(world_result());
	if (got ? got->owner != p || got == f : p->frames && !f)
		world_differs("frame_next: not a frame of it", p->pid, world_result());
	return got ? got->id : 0;
}

static int next_thread(int pid, int tid)
{
	const struct ref_proc *p = ref_child(pid);
	const struct ref_thread *t = tid ? ref_thread_find(tid) : NULL, *got;

	if (!p || (tid && (!t || t->proc != p)))
		return ERR_PROC;
	got = ref_thread_find(world_result());
	if (got ? got->proc != p || got == t : p->threads && !t)
		world_differs("thread_next: not a thread of it", p->pid, world_result());
	return got ? got->id : 0;
}

static int wrote(uint32_t out, const uint32_t *want, unsigned n)
{
	if (!ref_user(out, n * 4, F_MAP_WRITE))
		return REF_BLOCK;
	for (unsigned i = 0; i < n; i++)
		if (*ref_user_word(out + i * 4) != want[i])
			world_differs("what a call wrote", want[i], *ref_user_word(out + i * 4));
	return 0;
}

static int info(int f_id, uint32_t out)
{
	const struct ref_frame *f = seen(f_id);

	if (!f)
		return ERR_FRAME;
	return wrote(out,
		(uint32_t[]){(uint32_t)f->id, (uint32_t)f->kind, (uint32_t)ref_maps_of(f, false), f->pa, f->len}, 5);
}

void ref_describe(const struct ref_map *m, uint32_t *out)
{
	out[0] = (uint32_t)m->table->id;
	out[1] = (uint32_t)m->frame->id;
	out[2] = m->flags;
	out[3] = m->at;
	out[4] = m->offset;
	out[5] = m->flags & F_MAP_TABLE ? L2_SIZE : m->len;
	out[6] = ref_shown(m->frame, m->offset);
}

void ref_maps_look(const struct ref_thread *t)
{
	uint32_t pa;

	for (unsigned i = 0; i < 7; i++)
		ref.asked[i] = ref_access(t->proc, t->call[1] + i * 4, F_MAP_READ, &pa) ? *world_word(pa) : 0;
}

/* The walk in which that was shown last; NULL: none. */
static uint32_t *walk_asked(void)
{
	for (unsigned i = 0; i < REF_LOOKS; i++)
		if (!memcmp(ref.now->shown[i], ref.asked, 6 * sizeof *ref.asked))
			return ref.now->shown[i];
	return NULL;
}

/* The mapping of f that the caller named; NULL: none. */
static const struct ref_map *map_asked(const struct ref_frame *f)
{
	for (int i = 0; i < ref.maps_n; i++) {
		const struct ref_map *m = &ref.map[i];

		if (m->used && m->frame == f && (uint32_t)f->id == ref.asked[1] &&
			(uint32_t)m->table->id == ref.asked[0] && m->at == ref.asked[3])
			return m;
	}
	return NULL;
}

/* The mapping of f that the kernel wrote there; NULL: what it wrote is none. */
static const struct ref_map *map_told(const struct ref_frame *f, uint32_t va)
{
	uint32_t want[7];

	for (int i = 0; i < ref.maps_n; i++) {
		const struct ref_map *m = &ref.map[i];
		bool same = m->used && m->frame == f;

		if (same)
			ref_describe(m, want);
		for (unsigned k = 0; same && k < 7; k++)
			same = *ref_user_word(va + k * 4) == want[k];
		if (same)
			return m;
	}
	return NULL;
}

/* Whether a walk that it remembers may go on, or one that it finds anew: 1; or what is answered. */
static int maps_check(const struct ref_frame *f, const uint32_t *walk)
{
	const struct ref_map *m = map_asked(f);
	bool first = !ref.asked[0] && !ref.asked[1];

	if (first)
		return ref_maps_of(f, false) ? 1 : 0;
	if ((int)ref.asked[1] != f->id || (walk ? !ref_maps_of(f, false) : !m))
		return ERR_NOMAP;
	/* A search that gave way may miss what was mapped meanwhile; and which mapping is the last, is for the kernel to say. */
	if (world_result() == 0 || (!walk && ref.now->resumed && world_result() == ERR_NOMAP))
		return world_result();
	return 1;
}

void ref_maps_shown(uint32_t inout)
{
	uint32_t *walk = walk_asked();

	if (!walk || (!ref.asked[0] && !ref.asked[1]))
		walk = ref.now->shown[ref.now->walks++ % REF_LOOKS];
	for (unsigned i = 0; i < 7; i++)
		walk[i] = *ref_user_word(inout + i * 4);
}

static int maps(int f_id, uint32_t inout)
{
	const struct ref_frame *f = seen(f_id);
	uint32_t *walk = walk_asked();
	int result;

	if (!f)
		return ERR_FRAME;
	if (!ref_user(inout, sizeof(struct mapping), F_MAP_READ))
		return REF_BLOCK;
	result = maps_check(f, walk);
	if (result != 1)
		return result;
	if (!ref_user(inout, sizeof(struct mapping), F_MAP_WRITE))
		return REF_BLOCK;
	if (!map_told(f, inout))
		world_differs("frame_maps: no mapping of it", f->id, (int)*ref_user_word(inout));
	ref_maps_shown(inout);
	return 1;
}

static int table_check(const struct ref_frame *t, uint32_t va)
{
	if (!t)
		return ERR_FRAME;
	if (t->kind != FRAME_L1 && t->kind != FRAME_L2)
		return ERR_KIND;
	return va >= (t->kind == FRAME_L1 ? USER_END : L2_SPAN) ? ERR_RANGE : 0;
}

static bool has_written(uint32_t out, const uint32_t *want, unsigned n)
{
	uint32_t pa;

	for (unsigned i = 0; i < n; i++)
		if (!ref_access(ref.now->proc, out + i * 4, F_MAP_WRITE, &pa) || *world_word(pa) != want[i])
			return false;
	return true;
}

/* A search that gave way may miss what was mapped meanwhile where it had looked already. */
static int first_at(int t_id, uint32_t va, uint32_t out)
{
	const struct ref_frame *t = table_seen(t_id);
	int err = table_check(t, va);
	uint32_t want[7];
	bool any = false;
	unsigned i;

	if (err)
		return err;
	for (i = va >> ref_shift(t); i < ref_slots(t); i++) {
		if (!t->slot[i].map)
			continue;
		ref_describe(t->slot[i].map, want);
		any = true;
		if (!ref.now->resumed || has_written(out, want, 7))
			break;
	}
	if (i == ref_slots(t) && (!any || world_result() == 0))
		return 0;
	err = wrote(out, want, 7);
	return err ? err : 1;
}

static int resolve(int t_id, uint32_t va, uint32_t out)
{
	const struct ref_frame *t = table_seen(t_id);
	int err = table_check(t, va);
	const struct ref_slot *s;
	uint32_t want[7], low = va;

	if (err)
		return err;
	s = &t->slot[low >> ref_shift(t)];
	if (s->map && (s->map->flags & F_MAP_TABLE)) {
		low -= s->map->at;
		t = s->map->frame;
		s = &t->slot[low >> ref_shift(t)];
	}
	if (!s->map)
		return ERR_NOMAP;
	ref_describe(s->map, want);
	low &= -(1u << ref_shift(t));
	want[2] = (s->map->flags & ~(unsigned)F_MAP_RIGHTS) | s->rights;
	want[3] = low;
	want[4] = s->map->offset + low - s->map->at;
	want[5] = 1u << ref_shift(t);
	want[6] = ref_shown(s->map->frame, want[4]);
	return wrote(out, want, 7);
}

static int root(int pid)
{
	const struct ref_proc *p = ref_named(pid);

	if (!p || (p != ref_me() && p->parent != ref_me() && !(ref_allowed(p, ref_me()) & ALLOW_MAP)))
		return ERR_PROC;
	return p->root ? p->root->id : 0;
}

int ref_call_look(int number, const uint32_t *a)
{
	switch (number) {
	case CALL_frame_count:
		return count((int)a[0]);
	case CALL_frame_next:
		return next((int)a[0], (int)a[1]);
	case CALL_thread_next:
		return next_thread((int)a[0], (int)a[1]);
	case CALL_frame_info:
		return info((int)a[0], a[1]);
	case CALL_frame_maps:
		return maps((int)a[0], a[1]);
	case CALL_vspace_root:
		return root((int)a[0]);
	case CALL_vspace_next:
		return first_at((int)a[0], a[1], a[2]);
	default:
		return resolve((int)a[0], a[1], a[2]);
	}
}
