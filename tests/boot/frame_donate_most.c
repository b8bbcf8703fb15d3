/* SPDX-License-Identifier: ISC
 * frame_donate: nearly all memory that there is. */
#include "test.h"

#define LONG MS(100000) /* a kernel that proves its rules looks at each record */

static int role_donor(int parent)
{
	size_t len = (size_t)1 << 30;
	struct msg m = {.tag = 1};
	int f;

	while (len >= SECTION_SIZE) {
		f = page_alloc(len, 0);
		if (f > 0)
			CHECK_EQ(frame_donate(f), (int)(len / PAGE_SIZE) * 63);
		else
			len /= 2;
	}
	CHECK_OK(msg_call(parent, &m, LONG)); /* and keeps it until then */
	return 5;
}

static int role_other(int parent)
{
	(void)parent;
	return 6;
}

const struct test_role test_roles[] = {{"donor", role_donor}, {"other", role_other}, {NULL, NULL}};

TEST("while a program has donated nearly all memory, another donates, splits, maps and starts a third; then all comes "
     "back")
{
	int pages[64], f = mem_new(16 * PAGE_SIZE), l2 = l2_new(), pid;
	struct msg m;

	for (int n = 0; n < 64; n++)
		pages[n] = mem_new(PAGE_SIZE);
	pid = role_spawn("donor");
	CHECK_OK(msg_recv(&m, LONG));
	CHECK_EQ(m.tag, 1);
	for (int n = 0; n < 64; n++)
		CHECK_EQ(frame_donate(pages[n]), 63);
	CHECK_OK(frame_map(l2, CHECK_OK(frame_split(f, PAGE_SIZE)), 0, 0, 0, PAGE_RW));
	CHECK_EQ(role_wait(role_spawn("other")), 6);
	for (int n = 0; n < 64; n++)
		CHECK_OK(frame_table(pages[n], FRAME_MEM));
	CHECK_OK(msg_reply(m.from, &m));
	CHECK_EQ(role_wait(pid), 5);
	CHECK_OK(page_free(CHECK_OK(page_alloc((size_t)16 << 20, 0))));
}
