/* SPDX-License-Identifier: ISC
 * The stock of tree nodes: a free list that starts with a few and grows and shrinks by whole pages, which memory.c maps.
 * It never allocates by itself, so the pool can use it while it is being changed. */
#include "extent.h"
#include "memory.h"

#define NODES_FIRST 24

static struct extent nodes_first[NODES_FIRST];
static struct extent *nodes_free; /* by `right`, back by `left`; in no tree */
static size_t nodes_n;
static int nodes_begun;

void extent_node_free(struct extent *e)
{
	e->tree = NULL;
	e->left = NULL;
	e->right = nodes_free;
	if (nodes_free)
		nodes_free->left = e;
	nodes_free = e;
	nodes_n++;
}

static void node_unlink(struct extent *e)
{
	*(e->left ? &e->left->right : &nodes_free) = e->right;
	if (e->right)
		e->right->left = e->left;
	nodes_n--;
}

struct extent *extent_node(void)
{
	struct extent *e = nodes_free;

	node_unlink(e);
	return e;
}

void node_add(void *page)
{
	struct extent *e = page;

	for (size_t i = 0; i < NODES_PAGE; i++)
		extent_node_free(&e[i]);
}

void node_vacate(void *page)
{
	struct extent *e = page;

	for (size_t i = 0; i < NODES_PAGE; i++)
		if (!e[i].tree)
			node_unlink(&e[i]);
	for (size_t i = 0; i < NODES_PAGE; i++)
		if (e[i].tree)
			extent_move(extent_node(), &e[i]);
}

size_t node_count(void)
{
	if (!nodes_begun) {
		nodes_begun = 1;
		for (size_t i = 0; i < NODES_FIRST; i++)
			extent_node_free(&nodes_first[i]);
	}
	return nodes_n;
}
