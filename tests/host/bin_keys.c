/* SPDX-License-Identifier: ISC
 * Claim: init's trees by keys find what was added, and nothing else, over 100,000 random changes; and where keys agree in all but a
 * few bits no way goes on for more nodes than a key has bits, and one. */
#include "../../bin/keys.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define ITEMS 500

struct item {
	int in;
	uint32_t key[2];
	struct key_node node;
};

static struct item items[ITEMS];
static struct key_tree tree = {.words = 2};

static unsigned depth(const struct key_node *n)
{
	unsigned low = n ? depth(n->side[0]) : 0, high = n ? depth(n->side[1]) : 0;

	return n ? 1 + (low > high ? low : high) : 0;
}

int main(void)
{
	for (uint32_t i = 0; i < ITEMS; i++) {
		items[i].key[0] = i % 2 ? 7 : i << 20; /* half of them alike up to the last word's end */
		items[i].key[1] = i % 2 ? i << 23 : (uint32_t)rand();
		items[i].node.key = items[i].key;
	}
	for (int n = 0; n < 100000; n++) {
		struct item *it = &items[rand() % ITEMS];
		struct key_node *found = key_find(&tree, it->key);

		assert(found == (it->in ? &it->node : NULL));
		assert(!found || key_item(found, struct item, node) == it);
		if (it->in)
			key_del(&tree, &it->node);
		else
			key_add(&tree, &it->node);
		it->in = !it->in;
		if (n % 1000 == 0)
			assert(depth(tree.root) <= 65);
	}
	for (int i = 0; i < ITEMS; i++)
		if (items[i].in)
			key_del(&tree, &items[i].node);
	assert(!tree.root);
	printf("bin_keys: ok\n");
	return 0;
}
