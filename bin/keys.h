/* SPDX-License-Identifier: ISC
 * Trees by keys of a fixed number of words: at depth i the key's bit i says which way.  So no way is longer than a key has bits,
 * whatever keys somebody chooses; there is nothing to resize, and no memory but the nodes, which live in the objects. */
#ifndef BIN_KEYS_H
#define BIN_KEYS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct key_node {
	struct key_node *side[2];
	const uint32_t *key; /* in the object; does not change */
};

struct key_tree {
	struct key_node *root;
	unsigned words; /* of a key */
};

#define key_item(node, type, member) ((type *)(void *)((char *)(node)-offsetof(type, member)))

/** Where the node of that key hangs, or would. */
static inline struct key_node **key_place(struct key_tree *t, const uint32_t *key)
{
	struct key_node **at = &t->root;

	for (unsigned i = 0; *at && memcmp((*at)->key, key, t->words * sizeof(*key)); i++)
		at = &(*at)->side[key[i / 32] >> i % 32 & 1];
	return at;
}

/** The node of that key, or NULL. */
static inline struct key_node *key_find(struct key_tree *t, const uint32_t *key)
{
	return *key_place(t, key);
}

/** Adds a node whose key is set and in no other. */
static inline void key_add(struct key_tree *t, struct key_node *n)
{
	n->side[0] = n->side[1] = NULL;
	*key_place(t, n->key) = n;
}

/** Takes a node out that is in: one without any below it takes its place. */
static inline void key_del(struct key_tree *t, struct key_node *n)
{
	struct key_node **at = key_place(t, n->key), **leaf = at, *end;

	while ((*leaf)->side[0] || (*leaf)->side[1])
		leaf = &(*leaf)->side[!(*leaf)->side[0]];
	end = *leaf;
	*leaf = NULL;
	if (end == n)
		return;
	end->side[0] = n->side[0];
	end->side[1] = n->side[1];
	*at = end;
}

#endif
