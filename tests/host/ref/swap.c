/* SPDX-License-Identifier: ISC
 * The reference model's swaps of whole spaces. */
#include "ref.h"

static void tree_move(struct ref_frame *t, struct ref_proc *from, struct ref_proc *to, bool new)
{
	for (int i = 0; i < ref.maps_n; i++) {
		const struct ref_map *m = &ref.map[i];
		struct ref_frame *f = m->frame;

		if (!m->used || m->table != t)
			continue;
		if (f->owner == from && !(m->flags & F_MAP_KEEP) && f->kind <= FRAME_L2 && !f->root_of &&
			(new || !f->both)) {
			ref_frame_move(f, to);
			f->moved = true;
		}
		if (new)
			f->both = true;
	}
	for (int i = 0; t->kind == FRAME_L1 && i < ref.maps_n; i++) {
		const struct ref_map *m = &ref.map[i];

		if (m->used && m->table == t && (m->flags & F_MAP_TABLE) && !(m->flags & F_MAP_KEEP) &&
			m->frame->owner == t->owner)
			tree_move(m->frame, from, to, new);
	}
}

/* Whether m stands in the tree under root. */
static bool in_tree(const struct ref_map *m, const struct ref_frame *root)
{
	const struct ref_map *up;

	if (!root || m->table == root)
		return root != NULL;
	up = m->table->kind == FRAME_L2 ? m->table->stands : NULL;
	return up && up->table == root && !(up->flags & F_MAP_KEEP) && m->table->owner == root->owner;
}

static void swap_child(struct ref_proc *p, struct ref_frame *l1)
{
	struct ref_proc *me = ref_me();
	struct ref_frame *old = p->root;

	for (int i = 0; i < ref.frames_n; i++)
		ref.frame[i].moved = ref.frame[i].both = false;
	if (l1) {
		ref_frame_move(l1, p);
		l1->moved = l1->both = true;
		tree_move(l1, me, p, true);
	}
	if (old) {
		ref_frame_move(old, me);
		old->moved = true;
		tree_move(old, p, me, false);
	}
	for (int i = 0; i < ref.maps_n; i++) {
		struct ref_map *m = &ref.map[i];

		if (m->used && (m->frame->moved || m->table->moved || in_tree(m, l1) || in_tree(m, old)) &&
			!ref_map_allowed(m))
			ref_map_remove(m);
	}
}

int ref_swap(int pid, int f_id)
{
	struct ref_frame *l1 = f_id ? ref_mine(f_id) : NULL, *old;
	struct ref_proc *p = ref_child(pid);

	if (f_id && !l1)
		return ERR_FRAME;
	if (!p)
		return ERR_PROC;
	if (l1 && l1->kind != FRAME_L1)
		return ERR_KIND;
	if (l1 && l1->root_of)
		return ERR_BUSY;
	if (!ref_live(p))
		return ERR_DEAD;
	old = p->root;
	if (p != ref_me())
		swap_child(p, l1);
	if (old)
		old->root_of = NULL;
	if (l1)
		l1->root_of = p;
	p->root = l1;
	return old ? old->id : 0;
}
