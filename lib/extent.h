/* SPDX-License-Identifier: ISC
 * Ordered sets of extents [start, start + len): a tree by address in which every node knows the longest extent
 * below it, so that finding room, a neighbour or an address costs the tree's height.  Internal to lib/. */
#ifndef MULLION_EXTENT_H
#define MULLION_EXTENT_H

#include <stddef.h>
#include <stdint.h>

struct extent {
	struct extent *left, *right;
	struct extent **tree; /* that it is in, NULL: none */
	uintptr_t start;
	size_t len;
	size_t max;      /* the longest in this subtree */
	uint32_t weight; /* random: a node is heavier than those below it */
	int id;          /* the owner's; the frame, in the page pool */
	int clean;       /* the owner's; 1: its memory is all zero */
};

/** A node from the process's stock, and back.  The stock's owner defines them; extent_node never answers NULL to who
 * made sure of enough nodes before. */
struct extent *extent_node(void);
void extent_node_free(struct extent *e);

/** Puts a copy of a node that is in a tree in its place; the old one is in none then. */
void extent_move(struct extent *to, struct extent *from);

/** Puts e (start and len set, overlapping nothing) into the tree. */
void extent_insert(struct extent **tree, struct extent *e);

/** Takes the extent that begins at `start`, which must exist, out of the tree. */
struct extent *extent_remove(struct extent **tree, uintptr_t start);

/** The last extent that begins at or before `at`, or NULL. */
struct extent *extent_before(struct extent *tree, uintptr_t at);

/** The first extent that begins at or after `at`, or NULL. */
struct extent *extent_after(struct extent *tree, uintptr_t at);

/** Whether an extent contains `at`. */
int extent_has(struct extent *tree, uintptr_t at);

/** Gives e a new place or length that keeps its order among the others. */
void extent_resize(struct extent *tree, struct extent *e, uintptr_t start, size_t len);

/** The first extent with room for `len` bytes aligned to `align` (a power of two) that end at or below `below`
 * (0: anywhere), or NULL. */
struct extent *extent_fit(struct extent *tree, size_t len, size_t align, uintptr_t below);

/** The highest such place in an extent that extent_fit answered. */
uintptr_t extent_high(const struct extent *e, size_t len, size_t align, uintptr_t below);

/** The lowest such place. */
uintptr_t extent_low(const struct extent *e, size_t align);

/** Sets of plain addresses: adds [start, start + len), joining what touches; parts that are in it stay.  Needs one node. */
void range_put(struct extent **tree, uintptr_t start, size_t len);

/** Takes [start, start + len) out, as far as it is in.  Needs one node. */
void range_take(struct extent **tree, uintptr_t start, size_t len);

#endif
