/* SPDX-License-Identifier: ISC
 * Hash chains for the servers: the links live in the objects, the slots double as it fills, so that finding
 * one of n costs the same whatever n is.  Keys are words; whoever has longer ones hashes them and compares. */
#ifndef BIN_HASH_H
#define BIN_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct hash_link {
	struct hash_link *next;
	uint32_t key;
};

struct hash {
	struct hash_link **slot;
	uint32_t slots; /* a power of two */
	uint32_t n;
};

#define hash_item(link, type, member) ((type *)(void *)((char *)(link)-offsetof(type, member)))

static inline uint32_t hash_mix(uint32_t key)
{
	key ^= key >> 16;
	key *= 0x45d9f3bu;
	return key ^ key >> 13;
}

/** FNV-1a over len bytes, going on from `seed`. */
static inline uint32_t hash_bytes(uint32_t seed, const char *bytes, size_t len)
{
	uint32_t h = seed ^ 0x811c9dc5u;

	while (len--)
		h = (h ^ (uint8_t)*bytes++) * 0x01000193u;
	return h;
}

static inline struct hash_link **hash_slot(const struct hash *h, uint32_t key)
{
	return &h->slot[hash_mix(key) & (h->slots - 1)];
}

/** Doubles the slots; without memory for that it stays as it is.  -1 if there are none at all. */
static inline int hash_grow(struct hash *h)
{
	uint32_t slots = h->slots ? h->slots * 2 : 32;
	struct hash bigger = {calloc(slots, sizeof(*bigger.slot)), slots, h->n};

	if (!bigger.slot)
		return h->slots ? 0 : -1;
	for (uint32_t i = 0; i < h->slots; i++) {
		for (struct hash_link *l = h->slot[i], *next; l; l = next) {
			struct hash_link **at = hash_slot(&bigger, l->key);

			next = l->next;
			l->next = *at;
			*at = l;
		}
	}
	free(h->slot);
	*h = bigger;
	return 0;
}

/** Adds an object's link under `key`.  Returns 0, or -1 without memory. */
static inline int hash_add(struct hash *h, struct hash_link *l, uint32_t key)
{
	struct hash_link **at;

	if (h->n >= h->slots && hash_grow(h))
		return -1;
	at = hash_slot(h, key);
	l->key = key;
	l->next = *at;
	*at = l;
	h->n++;
	return 0;
}

/** The next link of the same key, or NULL. */
static inline struct hash_link *hash_next(const struct hash_link *l)
{
	struct hash_link *next = l->next;

	while (next && next->key != l->key)
		next = next->next;
	return next;
}

/** The first link of that key, or NULL. */
static inline struct hash_link *hash_first(const struct hash *h, uint32_t key)
{
	struct hash_link *l;

	if (!h->slots)
		return NULL;
	l = *hash_slot(h, key);
	while (l && l->key != key)
		l = l->next;
	return l;
}

/** Takes a link out that is in. */
static inline void hash_del(struct hash *h, struct hash_link *l)
{
	struct hash_link **at = hash_slot(h, l->key);

	while (*at != l)
		at = &(*at)->next;
	*at = l->next;
	h->n--;
}

#endif
