/* SPDX-License-Identifier: ISC
 * Root tables, and the exchange of whole address spaces between parent and child.  Owns no object.  Keeps rule 5:
 * after a swap every mapping of what changed owner is looked at again.
 *
 * A swap has four passes over the two trees, in pieces, while no thread of either process runs: `move` the new tree's
 * frames to the child, `move` the old tree's to the caller (but for those seen in the new one), then `settle` both:
 * mappings that the new owners do not allow end. */
#include "kern.h"

enum { SWAP_MOVE_NEW, SWAP_MOVE_OLD, SWAP_SETTLE_NEW, SWAP_SETTLE_OLD, SWAP_DONE };

static void root_set(struct proc *p, struct frame_rec *l1)
{
	if (p->root)
		p->root->root_of = NULL;
	p->root = l1;
	p->info.root = l1 ? l1->id : 0;
	if (l1)
		l1->root_of = p;
}

/* A mapping ends while cursors stand in its table's list.  Its frame may not be visited any more: what was said of it for the passes
 * that move is over.  That it moved is not: the mapping by which it did is one of its new owner's, and stays. */
static void swap_remove(struct work *w, struct map_rec *m)
{
	m->frame->flags &= (uint8_t)~FR_BOTH;
	if (w->cursor == &m->by_table)
		w->cursor = w->cursor->next;
	if (w->inner == &m->by_table)
		w->inner = w->inner->next;
	work_end_map(w, m);
}

/* A table that is somebody's root stays with whom it serves, wherever else it may be read. */
static bool swap_moves(const struct map_rec *m, const struct proc *from)
{
	const struct frame_rec *f = m->frame;

	return f->owner == from && !(m->flags & F_MAP_KEEP) && f->kind <= FRAME_L2 &&
	       !(f->kind == FRAME_L1 && f->root_of);
}

/* One mapping of a tree that goes from one process to the other. */
static void swap_move(struct work *w, struct map_rec *m)
{
	bool new = w->phase == SWAP_MOVE_NEW;
	struct frame_rec *f = m->frame;

	/* Mapped on both sides it goes with the new root; there one mapping without F_MAP_KEEP is enough to move it. */
	if (swap_moves(m, new ? w->proc : w->proc2) && (new || !(f->flags & FR_BOTH))) {
		frame_move(f, new ? w->proc2 : w->proc);
		f->flags |= FR_MARK;
	}
	if (new)
		f->flags |= FR_BOTH;
}

/* The next mapping of a frame that moved; then, if it is a table, which may have come along because it can be read in the
 * tree, the next that stands in it.  NULL: that was the last. */
static struct map_rec *settle_next(struct work *w)
{
	struct frame_rec *f = w->frame2;
	struct link *l = w->maps;

	if (l == &f->maps && (f->kind == FRAME_L1 || f->kind == FRAME_L2)) {
		w->settles_inside = true;
		l = f->inside.next;
	}
	w->maps = l == &f->maps || l == &f->inside ? NULL : l->next;
	if (!w->maps)
		return NULL;
	return w->settles_inside ? container_of(l, struct map_rec, by_table)
				 : container_of(l, struct map_rec, by_frame);
}

/* Rule 5 for the mappings of a frame that moved, from w->maps on. */
static void settle_maps(struct work *w)
{
	while (w->maps && work_goes(w)) {
		struct map_rec *m = settle_next(w);

		work_spend(w, MAP_SLOTS);
		if (m && !map_allowed(m))
			swap_remove(w, m);
	}
}

/* The frame of a mapping in a settled tree, or the root itself. */
static void settle_frame(struct work *w, struct frame_rec *f)
{
	if (f->flags & FR_MARK) {
		w->frame2 = f;
		w->maps = f->maps.next;
		w->settles_inside = false;
	}
	f->flags &= (uint8_t) ~(FR_MARK | FR_BOTH);
}

/* Visits one mapping of the tree under w->table; w->cursor is in the root's list, w->inner in an L2's. */
static void swap_visit(struct work *w, struct map_rec *m)
{
	if (w->phase <= SWAP_MOVE_OLD) {
		swap_move(w, m);
	} else if (!map_allowed(m)) {
		swap_remove(w, m);
	} else {
		settle_frame(w, m->frame);
	}
}

/* The L2 that stands there, if its contents belong to the tree. */
static struct frame_rec *swap_below(const struct work *w, const struct map_rec *m)
{
	struct frame_rec *f = m->frame;

	return (m->flags & F_MAP_TABLE) && !(m->flags & F_MAP_KEEP) && f->owner == w->table->owner ? f : NULL;
}

/* Walks the tree under w->table; true: the pass is over. */
static bool swap_walk(struct work *w)
{
	while (work_goes(w)) {
		struct frame_rec *below = NULL;
		struct map_rec *m;

		settle_maps(w);
		if (w->maps || !work_goes(w))
			return false;
		work_spend(w, MAP_SLOTS);
		if (w->inner && w->inner != &w->frame->inside) {
			m = container_of(w->inner, struct map_rec, by_table);
			w->inner = w->inner->next;
			swap_visit(w, m);
		} else if (w->cursor != &w->table->inside) {
			m = container_of(w->cursor, struct map_rec, by_table);
			w->cursor = w->cursor->next;
			w->inner = NULL;
			if (w->phase <= SWAP_MOVE_OLD) {
				swap_visit(w, m);
				below = swap_below(w, m);
			} else if (map_allowed(m)) {
				below = swap_below(w, m);
				swap_visit(w, m);
			} else {
				swap_visit(w, m);
			}
			if (below) {
				w->frame = below;
				w->inner = below->inside.next;
			}
		} else {
			return true;
		}
	}
	return false;
}

/* Begins the pass that w->phase names, over the tree it is about, if there is one. */
static void swap_pass(struct work *w)
{
	bool new = w->phase == SWAP_MOVE_NEW || w->phase == SWAP_SETTLE_NEW;

	w->table = (struct frame_rec *)(uintptr_t)(new ? w->map.at : w->map.offset);
	w->inner = w->maps = NULL;
	if (!w->table)
		return;
	w->cursor = w->table->inside.next;
	if (w->phase <= SWAP_MOVE_OLD) {
		frame_move(w->table, new ? w->proc2 : w->proc);
		w->table->flags |= FR_MARK;
	} else {
		settle_frame(w, w->table);
	}
}

static bool swap_step(struct work *w)
{
	bool over = !w->table || swap_walk(w);

	tlb_sync(); /* rule 6, whoever runs before the next step */
	if (!over)
		return false;
	w->phase++;
	if (w->phase == SWAP_DONE)
		return true;
	swap_pass(w);
	return false;
}

/* A child's root: what is mapped in the two trees changes sides. */
static int swap_child(struct proc *p, struct frame_rec *l1)
{
	struct frame_rec *old = p->root;

	root_set(p, l1);
	work.proc = me();
	work.proc2 = p;
	work.frozen[0] = me();
	work.frozen[1] = p;
	work.map.at = (uint32_t)(uintptr_t)l1;
	work.map.offset = (uint32_t)(uintptr_t)old;
	work.result = old ? old->id : 0;
	swap_pass(&work);
	return work_begin(swap_step);
}

int call_vspace_swap(int pid, int f_id)
{
	struct frame_rec *l1 = f_id ? frame_mine(f_id) : NULL, *old;
	struct proc *p;

	if (f_id && !l1)
		return ERR_FRAME;
	p = proc_mine(pid);
	if (!p)
		return ERR_PROC;
	if (l1 && l1->kind != FRAME_L1)
		return ERR_KIND;
	if (l1 && l1->root_of)
		return ERR_BUSY;
	if (!proc_live(p))
		return ERR_DEAD;
	if (p != me())
		return swap_child(p, l1);
	old = p->root;
	root_set(p, l1);
	vspace_load(l1);
	return old ? old->id : 0;
}

int call_vspace_root(int pid)
{
	struct proc *p = proc_named(pid);

	if (!p || (p != me() && p->parent != me() && !(allowed(p, me()) & ALLOW_MAP)))
		return ERR_PROC;
	return p->info.root;
}
