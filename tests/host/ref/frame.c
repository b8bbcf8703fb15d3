/* SPDX-License-Identifier: ISC
 * The reference model's frames: split, merge, give, donate, kinds. */
#include <string.h>
#include "ref.h"

struct ref ref;

static struct ref_slot slots[REF_TABLES][2048];
static bool slots_used[REF_TABLES];

static struct {
	struct ref ref;
	struct ref_slot slots[REF_TABLES][2048];
	bool slots_used[REF_TABLES];
} saved;

void ref_save(void)
{
	saved.ref = ref;
	memcpy(saved.slots, slots, sizeof slots);
	memcpy(saved.slots_used, slots_used, sizeof slots_used);
}

void ref_restore(void)
{
	ref = saved.ref;
	memcpy(slots, saved.slots, sizeof slots);
	memcpy(slots_used, saved.slots_used, sizeof slots_used);
}

struct ref_proc *ref_me(void)
{
	return ref.now->proc;
}

struct ref_frame *ref_frame_find(int id)
{
	for (int i = 0; i < ref.frames_n; i++)
		if (ref.frame[i].used && ref.frame[i].id == id)
			return &ref.frame[i];
	return NULL;
}

struct ref_frame *ref_mine(int id)
{
	struct ref_frame *f = ref_frame_find(id);

	return f && f->owner == ref_me() ? f : NULL;
}

void ref_id_made(bool thread, uint32_t pa, int id)
{
	int *last = &ref.last_id[thread][pa / PAGE_SIZE % REF_LAST];

	if (id == *last)
		world_differs("an id is what the one before it was", 0, id);
	*last = id;
}

struct ref_frame *ref_frame_new(struct ref_proc *owner, int id, uint32_t pa, uint32_t len, int kind)
{
	struct ref_frame *f = ref.frame;

	while (f->used)
		f++;
	if (id <= 0 || ref_frame_find(id))
		world_differs("the id of a new frame is not new", 0, id);
	ref_id_made(false, pa, id);
	*f = (struct ref_frame){.used = true, .id = id, .kind = kind, .pa = pa, .len = len, .owner = owner};
	if (f - ref.frame >= ref.frames_n)
		ref.frames_n = (int)(f - ref.frame) + 1;
	ref.full |= ref.frames_n > REF_FRAMES - 16;
	owner->frames++;
	owner->credits--;
	return f;
}

void ref_frame_move(struct ref_frame *f, struct ref_proc *to)
{
	f->owner->frames--;
	f->owner = to;
	to->frames++;
}

/* ---- tables ---- */

unsigned ref_shift(const struct ref_frame *t)
{
	return t->kind == FRAME_L1 ? 20 : 12;
}

unsigned ref_slots(const struct ref_frame *t)
{
	return t->kind == FRAME_L1 ? USER_END / SECTION_SIZE : L2_SPAN / PAGE_SIZE;
}

void ref_table_begin(struct ref_frame *f)
{
	int i = 0;

	while (slots_used[i])
		i++;
	slots_used[i] = true;
	ref.full |= i > REF_TABLES - 16;
	f->slot = slots[i];
	for (unsigned n = 0; n < ref_slots(f); n++)
		f->slot[n] = (struct ref_slot){NULL, 0};
	f->root_of = NULL;
	f->stands = NULL;
}

void ref_table_end(struct ref_frame *f)
{
	slots_used[f->slot - slots[0] < 0 ? 0 : (f->slot - slots[0]) / 2048] = false;
	f->slot = NULL;
}

static bool table_empty(const struct ref_frame *f)
{
	for (int i = 0; i < ref.maps_n; i++)
		if (ref.map[i].used && ref.map[i].table == f)
			return false;
	return true;
}

int ref_maps_of(const struct ref_frame *f, bool writable)
{
	int n = 0;

	for (int i = 0; i < ref.maps_n; i++)
		n += ref.map[i].used && ref.map[i].frame == f && (!writable || ref.map[i].flags & F_MAP_WRITE);
	return n;
}

/* ---- split and merge ---- */

static bool straddles(const struct ref_map *m, uint32_t cut)
{
	return m->offset < cut && m->offset + m->len > cut;
}

/* The part of m above the cut becomes a mapping of the upper frame. */
static void map_cut(struct ref_map *m, struct ref_frame *upper, uint32_t cut)
{
	uint32_t low = cut - m->offset;
	unsigned shift = ref_shift(m->table);
	struct ref_map *u = ref_map_new(m->table, upper, m->at + low, 0, m->len - low, m->flags);

	for (unsigned i = (m->at + low) >> shift; i < (m->at + m->len) >> shift; i++)
		if (m->table->slot[i].map == m) {
			m->table->slot[i].map = u;
			m->live--;
			u->live++;
		}
	m->len = low;
	if (!u->live)
		ref_map_remove(u);
	if (!m->live)
		ref_map_remove(m);
}

static int split(int f_id, uint32_t cut)
{
	struct ref_frame *f = ref_mine(f_id), *upper;
	int cost = 1, maps_n = ref.maps_n;

	if (!f)
		return ERR_FRAME;
	if (f->kind != FRAME_MEM && f->kind != FRAME_DEV)
		return ERR_KIND;
	if (cut % PAGE_SIZE)
		return ERR_ALIGN;
	if (cut == 0 || cut >= f->len)
		return ERR_RANGE;
	for (int i = 0; i < ref.maps_n; i++) {
		const struct ref_map *m = &ref.map[i];

		if (!m->used || m->frame != f || !straddles(m, cut))
			continue;
		if ((m->flags & F_MAP_SECTION) && (cut - m->offset) % SECTION_SIZE)
			return ERR_BUSY;
		cost++;
	}
	if (f->owner->credits < cost)
		return ERR_RECORDS;
	upper = ref_frame_new(f->owner, world_new_frame(f->pa + cut), f->pa + cut, f->len - cut, f->kind);
	upper->uncached = f->uncached;
	upper->mixed = f->mixed;
	for (int i = 0; i < maps_n; i++) {
		struct ref_map *m = &ref.map[i];

		if (!m->used || m->frame != f)
			continue;
		if (m->offset >= cut) {
			m->frame = upper;
			m->offset -= cut;
		} else if (straddles(m, cut)) {
			map_cut(m, upper, cut);
		}
	}
	f->len = cut;
	return upper->id;
}

static int merge(int f1, int f2)
{
	struct ref_frame *lower = ref_mine(f1), *upper = ref_mine(f2);

	if (!lower || !upper)
		return ERR_FRAME;
	if ((lower->kind != FRAME_MEM && lower->kind != FRAME_DEV) || lower->kind != upper->kind)
		return ERR_KIND;
	if (lower == upper || lower->pa + lower->len != upper->pa)
		return ERR_RANGE;
	if (ref_maps_of(lower, false) || ref_maps_of(upper, false))
		return ERR_BUSY;
	lower->len += upper->len;
	lower->mixed |= upper->mixed || lower->uncached != upper->uncached;
	upper->used = false;
	upper->owner->frames--;
	upper->owner->credits++;
	return 0;
}

/* ---- give ---- */

static int credits_in(const struct ref_frame *f)
{
	return (int)(f->len / PAGE_SIZE) * REF_PER_PAGE;
}

int ref_give_check(const struct ref_frame *f, const struct ref_proc *to)
{
	switch (f->kind) {
	case FRAME_MEM:
	case FRAME_DEV:
		return 0;
	case FRAME_L1:
		return f->root_of || !table_empty(f) ? ERR_BUSY : 0;
	case FRAME_L2:
		return f->stands || !table_empty(f) ? ERR_BUSY : 0;
	case FRAME_RECORDS:
		return f->owner != to && f->owner->credits < credits_in(f) ? ERR_RECORDS : 0;
	default:
		return ERR_KIND;
	}
}

bool ref_clean(struct ref_frame *f, const struct ref_proc *to)
{
	uint32_t pages = 0;

	for (int i = 0; i < ref.maps_n; i++) {
		const struct ref_map *m = &ref.map[i];

		if (m->used && m->frame == f && m->table->owner != to)
			pages += m->live << (ref_shift(m->table) - 12);
	}
	if (pages > GIVE_MAX)
		return false;
	for (int i = 0; i < ref.maps_n; i++)
		if (ref.map[i].used && ref.map[i].frame == f && ref.map[i].table->owner != to)
			ref_map_remove(&ref.map[i]);
	return true;
}

static int give_proc(struct ref_frame *f, struct ref_proc *to)
{
	struct ref_proc *child = f->thread->proc;

	if (child == ref_me())
		return ERR_RIGHT;
	if (to != ref_me()->parent &&
		(to->parent != ref_me() || to == child || !(ref_allowed(to, ref_me()) & ALLOW_GIVE)))
		return ERR_RIGHT;
	if (!ref_live(to))
		return ERR_DEAD;
	if (!ref_clean(f, to))
		return ERR_BUSY;
	ref_adopt(child, to);
	return 0;
}

static int give(int f_id, int pid)
{
	struct ref_frame *f = ref_mine(f_id);
	struct ref_proc *to = ref_named(pid);
	int err;

	if (!f)
		return ERR_FRAME;
	if (!to)
		return ERR_PROC;
	if (f->kind == FRAME_PROC)
		return give_proc(f, to);
	if (!(ref_allowed(to, ref_me()) & ALLOW_GIVE))
		return ERR_RIGHT;
	if (f->kind == FRAME_RECORDS)
		ref_donate_to(f, f->len);
	err = ref_give_check(f, to);
	if (err)
		return err;
	if (!ref_live(to))
		return ERR_DEAD;
	if (!ref_clean(f, to))
		return ERR_BUSY;
	if (f->kind == FRAME_RECORDS && to != f->owner) {
		f->owner->credits -= credits_in(f);
		to->credits += credits_in(f);
	}
	ref_frame_move(f, to);
	return 0;
}

/* ---- kinds ---- */

int ref_take(int f_id, uint32_t size, struct ref_frame **out)
{
	struct ref_frame *f = ref_mine(f_id);

	if (!f)
		return ERR_FRAME;
	if (f->kind != FRAME_MEM)
		return ERR_KIND;
	if (f->len != size)
		return ERR_RANGE;
	if (ref_maps_of(f, false))
		return ERR_BUSY;
	f->uncached = f->mixed = false;
	*out = f;
	return 0;
}

void ref_donate_to(struct ref_frame *f, uint32_t filled)
{
	f->owner->credits += (int)((filled - f->filled) / PAGE_SIZE) * REF_PER_PAGE;
	f->filled = filled;
	if (filled == f->len)
		f->uncached = f->mixed = false;
}

int ref_donate_begin(int f_id)
{
	struct ref_frame *f = ref_mine(f_id);

	if (!f)
		return ERR_FRAME;
	if (f->kind != FRAME_MEM)
		return ERR_KIND;
	if (ref_maps_of(f, false))
		return ERR_BUSY;
	f->kind = FRAME_RECORDS;
	f->filled = 0;
	return credits_in(f);
}

/* The rest of it, or, if somebody else has done that, nothing: what it returns is known since it began. */
static int donate(int f_id)
{
	struct ref_frame *f = ref_mine(f_id);
	int result = ref.now->donated ? ref.now->donated : ref_donate_begin(f_id);

	ref.now->donated = 0;
	if (result > 0 && f && f->kind == FRAME_RECORDS)
		ref_donate_to(f, f->len);
	return result;
}

static int records_take_back(struct ref_frame *f)
{
	ref_donate_to(f, f->len);
	if (f->owner->credits < credits_in(f))
		return ERR_RECORDS;
	f->owner->credits -= credits_in(f);
	f->kind = FRAME_MEM;
	world_zero(f->pa, f->len);
	return 0;
}

static int table_make(struct ref_frame *f, int kind)
{
	uint32_t size = kind == FRAME_L1 ? L1_SIZE : L2_SIZE;

	if (f->kind != FRAME_MEM)
		return ERR_KIND;
	if (f->pa % size)
		return ERR_ALIGN;
	if (f->len != size)
		return ERR_RANGE;
	if (ref_maps_of(f, true) || (f->uncached && ref_maps_of(f, false)))
		return ERR_BUSY;
	f->uncached = f->mixed = false;
	f->kind = kind;
	ref_table_begin(f);
	world_zero(f->pa, f->len);
	return 0;
}

static int table(int f_id, int kind)
{
	struct ref_frame *f = ref_mine(f_id);

	if (!f)
		return ERR_FRAME;
	if (kind == FRAME_L1 || kind == FRAME_L2)
		return table_make(f, kind);
	if (kind != FRAME_MEM)
		return ERR_KIND;
	if (f->kind == FRAME_RECORDS)
		return records_take_back(f);
	if (f->kind != FRAME_L1 && f->kind != FRAME_L2)
		return ERR_KIND;
	if (!table_empty(f) || f->root_of || f->stands)
		return ERR_BUSY;
	ref_table_end(f);
	f->kind = FRAME_MEM;
	world_zero(f->pa, f->len);
	return 0;
}

int ref_call_frame(int number, const uint32_t *a)
{
	switch (number) {
	case CALL_frame_split:
		return split((int)a[0], a[1]);
	case CALL_frame_merge:
		return merge((int)a[0], (int)a[1]);
	case CALL_frame_give:
		return give((int)a[0], (int)a[1]);
	case CALL_frame_donate:
		return donate((int)a[0]);
	case CALL_frame_table:
		return table((int)a[0], (int)a[1]);
	default:
		return ref_cache((int)a[0], a[1], a[2], (int)a[3]);
	}
}
