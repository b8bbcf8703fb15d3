/* SPDX-License-Identifier: ISC
 * frame_maps while mappings come and go. */
#include "test.h"

#define STAY 6

static int f, t, other;

/* Mappings of f that stand throughout: each has rights and a place of its own. */
static void stay(int n)
{
	CHECK_OK(frame_map(other, f, (uintptr_t)(n + 1) * 8 * PAGE_SIZE, 0, 0, n % 2 ? PAGE_RW : PAGE_RO));
}

/* Each of them once, and `more` others, while step(n) changes something before the n-th look. */
static void walk(void (*step)(int n, const struct mapping *m), int more)
{
	struct mapping m = {0};
	int seen[STAY] = {0}, others = 0, n = 0;

	for (;; n++) {
		step(n, &m);
		if (!CHECK_OK(frame_maps(f, &m)))
			break;
		CHECK(n < 100);
		if (m.t_id == other)
			seen[m.at / PAGE_SIZE / 8 - 1]++;
		else
			others++;
	}
	for (int i = 0; i < STAY; i++)
		CHECK_EQ(seen[i], 1);
	CHECK_EQ(others, more);
	frame_unmap(t, 0, 0, L2_SPAN); /* if anything is left there */
}

static void nothing(int n, const struct mapping *m)
{
	(void)n, (void)m;
}

/* What was shown last goes, unless it is to stay. */
static void shown_goes(int n, const struct mapping *m)
{
	(void)n;
	if (m->t_id == t)
		CHECK_OK(frame_unmap(t, f, m->at, m->len));
}

/* It goes, with the one made after it, and one like it is made in its place. */
static void shown_renewed(int n, const struct mapping *m)
{
	(void)n;
	if (m->t_id != t || m->at >= 0x40000)
		return;
	CHECK_OK(frame_unmap(t, f, m->at, m->len));
	if (frame_unmap(t, f, m->at + 0x40000, m->len) == 0)
		CHECK_OK(frame_map(t, f, m->at, 0, 0, PAGE_RO));
}

/* Its start goes; the same frame is mapped there, and ends again. */
static void start_goes(int n, const struct mapping *m)
{
	(void)n;
	if (m->t_id != t)
		return;
	CHECK_OK(frame_unmap(t, f, m->at, PAGE_SIZE));
	CHECK_OK(frame_map(t, f, m->at, 0, PAGE_SIZE, PAGE_RO));
	CHECK_OK(frame_unmap(t, f, m->at, PAGE_SIZE));
}

/* Another walk begins, and comes as far, in between. */
static void another_walks(int n, const struct mapping *m)
{
	struct mapping own = {0};
	int looks = 0;

	(void)m;
	while (looks++ < n && CHECK_OK(frame_maps(f, &own)))
		;
}

static void some(void)
{
	for (uintptr_t at = 0; at < 0x40000; at += 0x10000)
		CHECK_OK(frame_map(t, f, at, 0, 0, PAGE_RO));
}

TEST("whatever is mapped and unmapped during a walk with frame_maps, what stands throughout is shown once")
{
	f = mem_new(4 * PAGE_SIZE);
	t = l2_new();
	other = l2_new();
	some();
	for (int n = 0; n < STAY / 2; n++)
		stay(n);
	CHECK_OK(frame_unmap(t, f, 0, PAGE_SIZE)); /* the same place twice, in one table */
	for (int n = STAY / 2; n < STAY; n++)
		stay(n);
	CHECK_OK(frame_map(t, f, 0, 0, PAGE_SIZE, PAGE_RO));
	walk(nothing, 5);
	some();
	walk(shown_goes, 4);
	some();
	walk(another_walks, 4);
	some();
	walk(start_goes, 4);
	for (uintptr_t at = 0; at < 0x40000; at += 0x10000) {
		CHECK_OK(frame_map(t, f, at, 0, 0, PAGE_RO));
		CHECK_OK(frame_map(t, f, at + 0x40000, 0, 0, PAGE_RO));
	}
	walk(shown_renewed, 8); /* four of the first, and what was made in their places */
}
