/* SPDX-License-Identifier: ISC
 * The treap of init_runs.h.  Depth is O(log n) with overwhelming probability, whatever order frames come in. */
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

static uint32_t runs_random(struct runs *r)
{
	r->seed = r->seed ? r->seed : 0x9e3779b9u;
	r->seed ^= r->seed << 13;
	r->seed ^= r->seed >> 17;
	r->seed ^= r->seed << 5;
	return r->seed;
}

void runs_room(struct runs *r, void *mem, size_t len)
{
	struct run *node = mem;

	for (; len >= sizeof(*node); len -= sizeof(*node), node++) {
		node->left = r->spare;
		r->spare = node;
		r->spare_n++;
	}
}

void runs_add(struct runs *r, uint32_t page, uint32_t n, int f_id)
{
	struct run *node = r->spare, *low, *high;

	r->spare = node->left;
	r->spare_n--;
	*node = (struct run){.page = page, .n = n, .f_id = f_id, .order = runs_random(r)};
	run_update(node);
	run_cut(r->root, page, &low, &high);
	r->root = run_join(run_join(low, node), high);
	r->n++;
	r->free_pages += n;
}

void runs_take(struct runs *r, uint32_t page, struct run *out)
{
	struct run *low, *node, *high;

	run_cut(r->root, page, &low, &high);
	run_cut(high, page + 1, &node, &high);
	r->root = run_join(low, high);
	*out = *node;
	r->n--;
	r->free_pages -= node->n;
	node->left = r->spare;
	r->spare = node;
	r->spare_n++;
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
