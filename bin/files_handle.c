/* SPDX-License-Identifier: ISC
 * Handles and holders.  A process may use a handle that it got by opening, or that a holder shared with it; it
 * may hold one several times.  When init says that a process has ended, all its holds end. */
#include <stdlib.h>
#include <sys/stat.h>
#include "files_handle.h"
#include "hash.h"

#define BITS       31 /* notification bits, each for a share of the clients */
#define INDEX_BITS 16
#define INDEX_MASK ((1 << INDEX_BITS) - 1)
#define GEN_MASK   0x7fff

/** A process's hold of an open file. */
struct hold {
	struct hash_link link;     /* by handle and pid */
	struct hold *next, **back; /* among its client's */
	struct client *client;
	struct open *open;
	uint32_t count;
	int shared; /* by another process */
};

struct client {
	struct hash_link link;       /* by pid */
	struct client *next, **back; /* in the share of its bit */
	int pid, rings;
	int held[2]; /* holds that it opened, that were shared with it */
	struct hold *holds;
};

struct slot {
	struct open *open;
	int gen;
	int next_free; /* while open is NULL */
};

static struct hash clients, holds;
static struct client *share[BITS];
static struct slot *slots;
static int slots_n, slot_free = -1;

/* ---- clients ---- */

static struct client *client_find(int pid)
{
	struct hash_link *l = hash_first(&clients, (uint32_t)pid);

	return l ? hash_item(l, struct client, link) : NULL;
}

/** Asks init to tell when process pid ends.  0, or ERR_PROC: it has, or there is none. */
static int client_watch(int pid)
{
	static int init;
	struct msg m = {.tag = INIT_PROC_WATCH, .word = {(uint32_t)pid, (unsigned)pid % BITS}};
	int r;

	if (!init)
		init = name_lookup("init");
	r = msg_call(init, &m, -1);
	return r < 0 || m.tag < 0 || (int)m.word[0] != pid ? ERR_PROC : 0;
}

static struct client *client_make(int pid)
{
	struct client **head = &share[(unsigned)pid % BITS];
	struct client *c = calloc(1, sizeof(*c));

	if (!c || hash_add(&clients, &c->link, (uint32_t)pid)) {
		free(c);
		return NULL;
	}
	c->pid = pid;
	c->next = *head;
	c->back = head;
	if (*head)
		(*head)->back = &c->next;
	*head = c;
	return c;
}

struct client *client_of(int pid)
{
	struct client *c = client_find(pid);

	if (c)
		return c;
	return client_watch(pid) < 0 ? NULL : client_make(pid);
}

int client_pid(const struct client *c)
{
	return c->pid;
}

int client_rings(int pid, int more)
{
	struct client *c = client_find(pid);

	if (!c)
		return 0;
	c->rings += more;
	return c->rings;
}

static void client_drop(struct client *c)
{
	waiters_forget_process(c->pid);
	while (c->holds) {
		c->holds->count = 1;
		open_release(c->holds->open, c);
	}
	*c->back = c->next;
	if (c->next)
		c->next->back = c->back;
	hash_del(&clients, &c->link);
	free(c);
}

void clients_check(uint32_t bits)
{
	for (int bit = 0; bit < BITS; bit++) {
		struct client *c = bits & 1u << bit ? share[bit] : NULL;

		while (c) {
			struct client *next = c->next;

			if (client_watch(c->pid) < 0)
				client_drop(c);
			c = next;
		}
	}
}

/* ---- handles ---- */

static int slot_take(void)
{
	int i = slot_free, more = slots_n ? slots_n * 2 : 64;
	struct slot *bigger;

	if (i >= 0) {
		slot_free = slots[i].next_free;
		return i;
	}
	if (more > INDEX_MASK + 1)
		return -1;
	bigger = realloc(slots, (size_t)more * sizeof(*slots));
	if (!bigger)
		return -1;
	slots = bigger;
	for (i = slots_n; i < more; i++) {
		slots[i] = (struct slot){NULL, 0, slot_free};
		slot_free = i;
	}
	slots_n = more;
	return slot_take();
}

static void slot_put(int handle)
{
	struct slot *s = &slots[handle & INDEX_MASK];

	s->open = NULL;
	s->gen = (s->gen + 1) & GEN_MASK;
	s->next_free = slot_free;
	slot_free = handle & INDEX_MASK;
}

static uint32_t hold_key(int handle, int pid)
{
	return hash_mix((uint32_t)handle) ^ (uint32_t)pid;
}

static struct hold *hold_find(const struct client *c, int handle)
{
	struct hash_link *l = hash_first(&holds, hold_key(handle, c->pid));

	for (; l; l = hash_next(l)) {
		struct hold *h = hash_item(l, struct hold, link);

		if (h->client == c && h->open->handle == handle)
			return h;
	}
	return NULL;
}

static int hold_make(struct open *o, struct client *c, int shared);

struct open *open_new(struct client *c)
{
	struct open *o = calloc(1, sizeof(*o));
	int i = o ? slot_take() : -1;

	if (i < 0) {
		free(o);
		return NULL;
	}
	slots[i].open = o;
	o->handle = slots[i].gen << INDEX_BITS | i;
	if (hold_make(o, c, 0)) {
		slot_put(o->handle);
		free(o);
		return NULL;
	}
	return o;
}

struct open *open_find(struct client *c, int handle)
{
	struct hold *h = hold_find(c, handle);

	return h ? h->open : NULL;
}

int open_hold(struct open *o, struct client *c)
{
	struct hold *h = hold_find(c, o->handle);

	if (!h)
		return hold_make(o, c, 1);
	if (h->count == UINT32_MAX)
		return -1;
	h->count++;
	return 0;
}

static int hold_make(struct open *o, struct client *c, int shared)
{
	struct hold *h;

	if (c->held[shared] >= HOLDS_MOST)
		return -1;
	h = calloc(1, sizeof(*h));
	if (!h || hash_add(&holds, &h->link, hold_key(o->handle, c->pid))) {
		free(h);
		return -1;
	}
	h->client = c;
	h->open = o;
	h->count = 1;
	h->shared = shared;
	c->held[shared]++;
	h->next = c->holds;
	h->back = &c->holds;
	if (h->next)
		h->next->back = &h->next;
	c->holds = h;
	o->holders++;
	return 0;
}

static void open_end(struct open *o)
{
	if (o->node && S_ISDIR(o->node->mode))
		cursor_end(&o->cursor);
	if (o->node)
		node_drop(o->node);
	if (o->pipe)
		pipe_close(o->pipe, o->end);
	slot_put(o->handle);
	free(o);
}

void open_release(struct open *o, struct client *c)
{
	struct hold *h = hold_find(c, o->handle);

	if (!h || --h->count)
		return;
	*h->back = h->next;
	if (h->next)
		h->next->back = h->back;
	hash_del(&holds, &h->link);
	c->held[h->shared]--;
	free(h);
	if (--o->holders == 0)
		open_end(o);
}
