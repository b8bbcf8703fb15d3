/* SPDX-License-Identifier: ISC
 * The treaps of init_runs.h.  Depth is O(log n) with overwhelming probability, whatever order frames come in. */
#include "init_runs.h"

static uint32_t run_fit(const struct run *run, unsigned align)
{
	uint32_t start = run_start(run->page, align), end = run->page + run->n;

	return start < end ? end - start : 0;
}

static void run_update(struct run *run)
{
	for (unsigned a = 0; a < RUN_ALIGNS; a++)
		run->fit[a] = run_fit(run, a);
	for (unsigned a = 0; run->left && a < RUN_ALIGNS; a++)
		run->fit[a] = run->left->fit[a] > run->fit[a] ? run->left->fit[a] : run->fit[a];
	for (unsigned a = 0; run->right && a < RUN_ALIGNS; a++)
		run->fit[a] = run->right->fit[a] > run->fit[a] ? run->right->fit[a] : run->fit[a];
}

/** Cuts a subtree into what begins below `page` and the rest. */
static void run_cut(struct run *tree, uint32_t page, struct run **low, struct run **high)
{
	if (!tree) {
		*low = *high = NULL;
		return;
	}
	if (tree->page < page) {
		run_cut(tree->right, page, &tree->right, high);
		*low = tree;
	} else {
		run_cut(tree->left, page, low, &tree->left);
		*high = tree;
	}
	run_update(tree);
}

/** Joins two subtrees, all of `low` below all of `high`. */
static struct run *run_join(struct run *low, struct run *high)
{
	if (!low || !high)
		return low ? low : high;
	if (low->order > high->order) {
		low->right = run_join(low->right, high);
		run_update(low);
		return low;
	}
	high->left = run_join(low, high->left);
	run_update(high);
	return high;
}

static uint32_t room_random(struct run_room *room)
{
	room->seed = room->seed ? room->seed : 0x9e3779b9u;
	room->seed ^= room->seed << 13;
	room->seed ^= room->seed >> 17;
	room->seed ^= room->seed << 5;
	return room->seed;
}

void runs_start(struct runs *r, struct run_room *room)
{
	*r = (struct runs){.room = room, .next = room->sets};
	room->sets = r;
}

/** What points at a node in a set; at NULL if it is in another. */
static struct run **run_link(struct runs *r, const struct run *node)
{
	struct run **at = &r->root;

	while (*at && *at != node)
		at = node->page < (*at)->page ? &(*at)->left : &(*at)->right;
	return at;
}

/** A node is used no more: the last one takes its place. */
static void room_give(struct run_room *room, struct run *node)
{
	const struct run *last = &room->node[--room->n];

	for (struct runs *r = room->sets; r && node != last; r = r->next) {
		struct run **at = run_link(r, last);

		if (!*at)
			continue;
		*node = *last;
		*at = node;
		return;
	}
}

void runs_add(struct runs *r, uint32_t page, uint32_t n, int f_id)
{
	struct run *node = &r->room->node[r->room->n++], *low, *high;

	*node = (struct run){.page = page, .n = n, .f_id = f_id, .order = room_random(r->room)};
	run_update(node);
	run_cut(r->root, page, &low, &high);
	r->root = run_join(run_join(low, node), high);
	r->n++;
	r->pages += n;
}

void runs_take(struct runs *r, uint32_t page, struct run *out)
{
	struct run *low, *node, *high;

	run_cut(r->root, page, &low, &high);
	run_cut(high, page + 1, &node, &high);
	r->root = run_join(low, high);
	*out = *node;
	r->n--;
	r->pages -= node->n;
	room_give(r->room, node);
}

const struct run *runs_find(const struct runs *r, uint32_t n, unsigned align, uint64_t below)
{
	const struct run *at = r->root;

	if (align >= RUN_ALIGNS || !n)
		return NULL;
	while (at && at->fit[align] >= n) {
		if (at->left && at->left->fit[align] >= n)
			at = at->left; /* the lowest address has the best chance to end below the limit */
		else if (run_fit(at, align) >= n)
			return (uint64_t)run_start(at->page, align) + n <= below ? at : NULL;
		else
			at = at->right;
	}
	return NULL;
}

const struct run *runs_find_high(const struct runs *r, uint32_t n, unsigned align)
{
	const struct run *at = r->root;

	if (align >= RUN_ALIGNS || !n)
		return NULL;
	while (at && at->fit[align] >= n) {
		if (at->right && at->right->fit[align] >= n)
			at = at->right;
		else if (run_fit(at, align) >= n)
			return at;
		else
			at = at->left;
	}
	return NULL;
}

const struct run *runs_before(const struct runs *r, uint32_t page)
{
	const struct run *best = NULL;

	for (const struct run *at = r->root; at;) {
		if (at->page <= page)
			best = at;
		at = at->page <= page ? at->right : at->left;
	}
	return best;
}

const struct run *runs_after(const struct runs *r, uint32_t page)
{
	const struct run *best = NULL;

	for (const struct run *at = r->root; at;) {
		if (at->page >= page)
			best = at;
		at = at->page >= page ? at->left : at->right;
	}
	return best;
}
