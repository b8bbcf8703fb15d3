/* SPDX-License-Identifier: ISC
 * Claim: the memory server's sets of runs find the lowest run that fits length, alignment and limit, the highest, and
 * nothing else, as a plain search over a bitmap does, and keep their nodes dense, whichever set they are in.  It cannot show that
 * frames are split and merged rightly. */
#include "../../bin/init_runs.c"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGES  2048
#define OTHERS 100

static uint8_t is_free[PAGES];
static int begins[PAGES]; /* a run begins here */

/** The lowest fitting start that the model finds, -1 if none; runs are not joined across their borders. */
static long model_find(uint32_t n, unsigned align, uint64_t below)
{
	for (uint32_t p = 0; p < PAGES; p += 1u << align) {
		uint32_t i = 0;

		while (i < n && p + i < PAGES && is_free[p + i] && (i == 0 || !begins[p + i]))
			i++;
		if (i == n)
			return p + n <= below ? (long)p : -1;
	}
	return -1;
}

/** Whether the model finds any place so high, or higher, than `page`. */
static int model_higher(uint32_t page, uint32_t n, unsigned align)
{
	for (uint32_t p = run_start(page + 1, align); p + n <= PAGES; p += 1u << align) {
		uint32_t i = 0;

		while (i < n && is_free[p + i] && (i == 0 || !begins[p + i]))
			i++;
		if (i == n)
			return 1;
	}
	return 0;
}

static void look_high(const struct runs *r)
{
	uint32_t n = (uint32_t)(rand() % 40) + 1;
	unsigned align = (unsigned)(rand() % 6);
	const struct run *found = runs_find_high(r, n, align);
	uint32_t start;

	assert((found != NULL) == (model_find(n, align, UINT32_MAX) >= 0));
	if (!found)
		return;
	start = (found->page + found->n - n) & ~((1u << align) - 1);
	assert(start >= found->page && start + n <= found->page + found->n && !model_higher(start, n, align));
}

/** The other set of the room: single runs come and go, so that nodes of either move. */
static void other_change(struct runs *r, uint32_t *other)
{
	uint32_t i = (uint32_t)rand() % OTHERS;
	const struct run *found = runs_before(r, i * 4);
	struct run run;

	assert((found && found->page == i * 4) == (other[i] > 0));
	if (other[i]) {
		assert(found->n == other[i] && found->f_id == (int)i);
		runs_take(r, i * 4, &run);
		other[i] = 0;
	} else {
		other[i] = (uint32_t)rand() % 3 + 1;
		runs_add(r, i * 4, other[i], (int)i);
	}
}

static void set(uint32_t page, uint32_t n, uint8_t value)
{
	memset(is_free + page, value, n);
	begins[page] = value;
}

static void take_some(struct runs *r)
{
	uint32_t n = (uint32_t)(rand() % 40) + 1;
	unsigned align = (unsigned)(rand() % 6);
	uint64_t below = rand() % 3 ? UINT32_MAX : (uint64_t)(rand() % PAGES);
	const struct run *found = runs_find(r, n, align, below);
	long expect = model_find(n, align, below);
	struct run run;
	uint32_t start;

	assert((found != NULL) == (expect >= 0));
	if (!found)
		return;
	start = run_start(found->page, align);
	assert(start == (uint32_t)expect);
	runs_take(r, found->page, &run);
	set(run.page, run.n, 0);
	if (start > run.page) {
		runs_add(r, run.page, start - run.page, 1);
		set(run.page, start - run.page, 1);
	}
	if (start + n < run.page + run.n) {
		runs_add(r, start + n, run.page + run.n - start - n, 2);
		set(start + n, run.page + run.n - start - n, 1);
	}
}

static void put_some(struct runs *r)
{
	uint32_t page = (uint32_t)rand() % PAGES, n = 0;
	const struct run *low, *high;
	struct run run;

	while (page + n < PAGES && !is_free[page + n] && n < 30)
		n++;
	if (!n)
		return;
	low = page ? runs_before(r, page - 1) : NULL;
	if (low && low->page + low->n == page) {
		runs_take(r, low->page, &run);
		begins[run.page] = 0;
		page = run.page;
		n += run.n;
	}
	high = runs_after(r, page + 1);
	if (high && high->page == page + n) {
		runs_take(r, high->page, &run);
		begins[run.page] = 0;
		n += run.n;
	}
	runs_add(r, page, n, 3);
	set(page, n, 1);
}

int main(void)
{
	static struct run nodes[PAGES + OTHERS];
	static uint32_t other[OTHERS];
	struct run_room room = {.node = nodes, .most = PAGES + OTHERS};
	struct runs r, second;
	uint64_t count = 0;

	runs_start(&r, &room);
	runs_start(&second, &room);
	runs_add(&r, 3, PAGES - 3, 7);
	set(3, PAGES - 3, 1);
	assert(!runs_find(&r, 0, 0, PAGES) && !runs_find(&r, 1, RUN_ALIGNS, PAGES) && !runs_before(&r, 2));
	assert(!runs_find_high(&r, 0, 0) && !runs_find_high(&r, 1, RUN_ALIGNS));
	for (int i = 0; i < 100000; i++) {
		if (rand() % 2)
			take_some(&r);
		else
			put_some(&r);
		if (i % 8 == 0)
			look_high(&r);
		other_change(&second, other);
		assert(room.n == r.n + second.n);
	}
	for (int p = 0; p < PAGES; p++)
		count += is_free[p];
	assert(count == r.pages);
	printf("bin_runs: ok\n");
	return 0;
}
