/* SPDX-License-Identifier: ISC
 * The tree of extents (extent.h): a treap, its weights from a small generator.  It owns no memory: nodes come from
 * whoever owns the tree.  Knows nothing of frames or tables. */
#include "extent.h"

static uint32_t weight_state = 0x9e3779b9;

static uint32_t weight_next(void)
{
	weight_state ^= weight_state << 13;
	weight_state ^= weight_state >> 17;
	weight_state ^= weight_state << 5;
	return weight_state;
}

static void max_update(struct extent *e)
{
	size_t max = e->len;

	if (e->left && e->left->max > max)
		max = e->left->max;
	if (e->right && e->right->max > max)
		max = e->right->max;
	e->max = max;
}

/* Divides a tree into what begins before `at` and the rest. */
static void tree_cut(struct extent *tree, uintptr_t at, struct extent **low, struct extent **high)
{
	if (!tree) {
		*low = NULL;
		*high = NULL;
		return;
	}
	if (tree->start < at) {
		tree_cut(tree->right, at, &tree->right, high);
		*low = tree;
	} else {
		tree_cut(tree->left, at, low, &tree->left);
		*high = tree;
	}
	max_update(tree);
}

/* Joins two trees, all of the first before all of the second. */
static struct extent *tree_join(struct extent *low, struct extent *high)
{
	if (!low || !high)
		return low ? low : high;
	if (low->weight > high->weight) {
		low->right = tree_join(low->right, high);
		max_update(low);
		return low;
	}
	high->left = tree_join(low, high->left);
	max_update(high);
	return high;
}

static void insert_below(struct extent **tree, struct extent *e)
{
	if (!*tree || e->weight > (*tree)->weight) {
		tree_cut(*tree, e->start, &e->left, &e->right);
		*tree = e;
	} else {
		insert_below(e->start < (*tree)->start ? &(*tree)->left : &(*tree)->right, e);
	}
	max_update(*tree);
}

void extent_insert(struct extent **tree, struct extent *e)
{
	e->weight = weight_next();
	e->tree = tree;
	insert_below(tree, e);
}

void extent_move(struct extent *to, struct extent *from)
{
	struct extent **at = from->tree;

	while (*at != from)
		at = from->start < (*at)->start ? &(*at)->left : &(*at)->right;
	*to = *from;
	*at = to;
	from->tree = NULL;
}

struct extent *extent_remove(struct extent **tree, uintptr_t start)
{
	struct extent *e = *tree;

	if (e->start == start) {
		*tree = tree_join(e->left, e->right);
		e->tree = NULL;
		return e;
	}
	struct extent *out = extent_remove(start < e->start ? &e->left : &e->right, start);
	max_update(e);
	return out;
}

struct extent *extent_before(struct extent *tree, uintptr_t at)
{
	struct extent *best = NULL;

	while (tree) {
		if (tree->start > at) {
			tree = tree->left;
			continue;
		}
		best = tree;
		tree = tree->right;
	}
	return best;
}

struct extent *extent_after(struct extent *tree, uintptr_t at)
{
	struct extent *best = NULL;

	while (tree) {
		if (tree->start < at) {
			tree = tree->right;
			continue;
		}
		best = tree;
		tree = tree->left;
	}
	return best;
}

int extent_has(struct extent *tree, uintptr_t at)
{
	struct extent *e = extent_before(tree, at);

	return e && at - e->start < e->len;
}

static void path_update(struct extent *tree, const struct extent *e)
{
	if (tree != e)
		path_update(e->start < tree->start ? tree->left : tree->right, e);
	max_update(tree);
}

void extent_resize(struct extent *tree, struct extent *e, uintptr_t start, size_t len)
{
	e->start = start;
	e->len = len;
	path_update(tree, e);
}

uintptr_t extent_low(const struct extent *e, size_t align)
{
	return (e->start + align - 1) & ~(uintptr_t)(align - 1);
}

uintptr_t extent_high(const struct extent *e, size_t len, size_t align, uintptr_t below)
{
	uintptr_t end = e->start + e->len;

	if (below && below < end)
		end = below;
	return (end - len) & ~(uintptr_t)(align - 1);
}

static int extent_fits(const struct extent *e, size_t len, size_t align, uintptr_t below)
{
	uintptr_t end = e->start + e->len;
	uintptr_t low = extent_low(e, align);

	if (below && below < end)
		end = below;
	return low >= e->start && low < end && end - low >= len;
}

/* The first extent of at least `len` bytes, wherever it is aligned: one walk down. */
static struct extent *first_of(struct extent *tree, size_t len)
{
	while (tree && tree->max >= len) {
		if (tree->left && tree->left->max >= len)
			tree = tree->left;
		else if (tree->len >= len)
			return tree;
		else
			tree = tree->right;
	}
	return NULL;
}

/* The first that fits exactly: looks at every extent that is long enough. */
static struct extent *first_exact(struct extent *tree, size_t len, size_t align, uintptr_t below)
{
	if (!tree || tree->max < len)
		return NULL;
	struct extent *e = first_exact(tree->left, len, align, below);
	if (e)
		return e;
	if (extent_fits(tree, len, align, below))
		return tree;
	if (below && tree->start >= below)
		return NULL;
	return first_exact(tree->right, len, align, below);
}

struct extent *extent_fit(struct extent *tree, size_t len, size_t align, uintptr_t below)
{
	/* Starts are page-aligned; one of len + align bytes holds an aligned run of len, wherever it begins. */
	struct extent *e = first_of(tree, align > 4096 ? len + align : len);

	if (e && extent_fits(e, len, align, below))
		return e;
	return first_exact(tree, len, align, below);
}

void range_put(struct extent **tree, uintptr_t start, size_t len)
{
	uintptr_t end = start + len;
	struct extent *e;

	if (!len)
		return;
	e = extent_before(*tree, start);
	if (!e || e->start + e->len < start)
		e = extent_after(*tree, start);
	while (e && e->start <= end) {
		uintptr_t e_end = e->start + e->len;

		start = e->start < start ? e->start : start;
		end = e_end > end ? e_end : end;
		extent_node_free(extent_remove(tree, e->start));
		e = extent_after(*tree, start);
	}
	e = extent_node();
	e->start = start;
	e->len = end - start;
	extent_insert(tree, e);
}

void range_take(struct extent **tree, uintptr_t start, size_t len)
{
	uintptr_t end = start + len;
	struct extent *e = extent_before(*tree, start);

	if (!e || e->start + e->len <= start)
		e = extent_after(*tree, start);
	while (e && e->start < end) {
		uintptr_t e_start = e->start, e_end = e->start + e->len;

		extent_node_free(extent_remove(tree, e_start));
		if (e_start < start)
			range_put(tree, e_start, start - e_start);
		if (e_end > end)
			range_put(tree, end, e_end - end);
		e = extent_after(*tree, end > e_end ? e_end : end);
	}
}
