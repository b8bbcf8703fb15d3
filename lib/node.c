/* SPDX-License-Identifier: ISC
 * The stock of tree nodes: a free list that starts with a few and grows by whole pages, which memory.c maps.
 * It never allocates by itself, so the pool can use it while it is being changed. */
#include "extent.h"
#include "memory.h"

#define NODES_FIRST 24

static struct extent nodes_first[NODES_FIRST];
static struct extent *nodes_free;
static size_t nodes_n;
static int nodes_begun;

void extent_node_free(struct extent *e)
{
	e->left = nodes_free;
	nodes_free = e;
	nodes_n++;
}

void node_add(void *va, size_t len)
{
	struct extent *e = va;

	for (size_t i = 0; i < len / sizeof(*e); i++)
		extent_node_free(&e[i]);
}

size_t node_count(void)
{
	if (!nodes_begun) {
		nodes_begun = 1;
		node_add(nodes_first, sizeof(nodes_first));
	}
	return nodes_n;
}

struct extent *extent_node(void)
{
	struct extent *e = nodes_free;

	nodes_free = e->left;
	nodes_n--;
	return e;
}
