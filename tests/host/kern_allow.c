/* SPDX-License-Identifier: ISC
 * Claim: the kernel finds a grant or a watch among thousands in no more steps than a key has bits for, whatever was granted, withdrawn
 * and moved before, even if the secret number were the worst there is.  Here it is: 1. */
#include "../../kern/allow.c"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define PROCS 3000
#define STEPS 400000
#define DEPTH (1 + (32 - GRANT_BITS + GRANT_STEP - 1) / GRANT_STEP)

struct cpu host_cpu[4];
int model_cpu;
uint8_t *host_ram;
struct frame_rec **host_ids;

static struct proc grantor, procs[PROCS];
static struct grant_rec *stands[PROCS][2];

uint64_t timer_now(void)
{
	return 0; /* of which the secret number is made */
}

static void depth_check(const struct proc *p, bool watch)
{
	uint32_t key = grant_key(p, watch);
	const struct grant_rec *g = grantor.grants[key >> (32 - GRANT_BITS)];
	unsigned depth = 0;

	for (key <<= GRANT_BITS; g && (g->grantee != p || g->watch != watch); key <<= GRANT_STEP, depth++)
		g = g->below[key >> (32 - GRANT_STEP)];
	assert(depth < DEPTH);
}

/* The grantor has a free record. */
static void record_more(void)
{
	struct record *r;

	if (grantor.info.credits)
		return;
	r = aligned_alloc(RECORD_SIZE, RECORD_SIZE);
	assert(r);
	record_free(&grantor, r);
}

static void change(unsigned i, bool watch, bool move)
{
	struct grant_rec **at = &stands[i][watch], *g = *at;

	if (!g) {
		record_more();
		*at = grant_new(&grantor, &procs[i], watch);
	} else if (move) {
		record_more();
		*at = record_take(&grantor);
		**at = *g;
		grant_moved(*at, g);
		record_free(&grantor, g);
	} else {
		grant_free(g);
		*at = NULL;
	}
}

int main(void)
{
	list_init(&grantor.records);
	srand(1);
	for (int i = 0; i < PROCS; i++) {
		procs[i].info.pid = (i / 3) * 7 + 100 + (i % 3 << ID_INDEX_BITS);
		list_init(&procs[i].granted);
		list_init(&procs[i].watchers);
	}
	for (int n = 0; n < STEPS; n++) {
		unsigned i = (unsigned)rand() % PROCS;
		bool watch = rand() % 2;

		assert(grant_find(&grantor, &procs[i], watch) == stands[i][watch]);
		change(i, watch, rand() % 3 == 0);
		assert(grant_find(&grantor, &procs[i], watch) == stands[i][watch]);
		depth_check(&procs[i], !watch);
	}
	for (unsigned i = 0; i < PROCS; i++)
		for (int watch = 0; watch < 2; watch++) {
			assert(grant_find(&grantor, &procs[i], watch) == stands[i][watch]);
			if (stands[i][watch])
				grant_free(stands[i][watch]);
		}
	assert(!grantor.grants_n);
	for (unsigned i = 0; i < GRANT_BUCKETS; i++)
		assert(!grantor.grants[i]);
	return 0;
}
