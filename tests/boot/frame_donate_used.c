/* SPDX-License-Identifier: ISC
 * frame_table of a RECORDS frame whose records are in use. */
#include "test.h"

#define FRAMES 200
#define ROOM   8

static int ids[FRAMES], room[ROOM];

/* Every object of mine is what it was. */
static void same(const struct child *c, int l1, int l2, int many)
{
	struct proc_info info;
	struct mapping m = {0};
	struct frame f;
	int n = 0;

	for (int i = 0; i < FRAMES; i++) {
		CHECK_OK(frame_info(ids[i], &f));
		CHECK_EQ(f.len, PAGE_SIZE);
		CHECK_EQ(f.f_id, ids[i]);
	}
	CHECK_OK(proc_info(c->pid, &info));
	CHECK_EQ(info.pid, c->pid);
	CHECK_OK(vspace_resolve(l1, 5 * PAGE_SIZE, &m));
	CHECK_EQ(m.f_id, many);
	CHECK_EQ(m.t_id, l2);
	m = (struct mapping){0};
	while (CHECK_OK(frame_maps(many, &m)))
		n++;
	CHECK_EQ(n, 100);
	CHECK_EQ(frame_info(many, &f), 0);
	CHECK_EQ(f.maps, 100);
}

TEST("room for records is taken back although they are in use, if others are free: nothing that they serve changes")
{
	int f = mem_new((FRAMES + 1) * PAGE_SIZE), many = mem_new(PAGE_SIZE), back = 0, l2, l1, credits;
	struct child c;

	for (int n = 0; n < ROOM; n++) {
		room[n] = mem_new(PAGE_SIZE);
		CHECK_OK(frame_donate(room[n]));
	}
	l1 = l1_with_l2(&l2);
	child_make(&c);
	CHECK_OK(frame_allow(c.pid, ALLOW_SEND));
	CHECK_OK(proc_watch(c.pid, 3));
	for (int n = 0; n < FRAMES; n++)
		ids[n] = CHECK_OK(frame_split(f, (size_t)(FRAMES - n) * PAGE_SIZE));
	for (uintptr_t n = 0; n < 100; n++)
		CHECK_OK(frame_map(l2, many, n * PAGE_SIZE, 0, 0, PAGE_RO));
	page_credits(ROOM * 63);
	credits = credits_free();
	for (int n = 0; n < ROOM; n++) {
		CHECK_OK(frame_table(room[n], FRAME_MEM));
		CHECK_EQ(frame_kind(room[n]), FRAME_MEM);
		back += 63;
		CHECK_EQ(credits_free(), credits - back);
		same(&c, l1, l2, many);
	}
	CHECK_OK(frame_unmap(0, many, 0, 0));
	CHECK_EQ(credits_free(), credits - back + 100);
	for (int n = FRAMES; n--;)
		CHECK_OK(frame_merge(f, ids[n]));
	CHECK_EQ(credits_free(), credits - back + 100 + FRAMES);
}
