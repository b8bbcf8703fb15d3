/* SPDX-License-Identifier: ISC
 * Rule 9: the mappings of an information page end in pieces.  One CPU. */
#include "attack.h"

#define PLACES 3000

static void idles(void *shared)
{
	(void)shared;
	thread_park(-1);
}

/* Maps its child's information page in thousands of places, and ends at the lowest priority. */
static int role_parent(int parent)
{
	struct child c;
	int l2 = 0;

	child_start(&c, idles);
	page_credits(PLACES + 64);
	for (unsigned n = 0; n < PLACES; n++) {
		if (n % 512 == 0)
			l2 = l2_new();
		CHECK_OK(frame_map(l2, c.proc, n % 512 * PAGE_SIZE, 0, PAGE_SIZE, PAGE_RO));
	}
	CHECK_OK(msg_send(parent, &(struct msg){.tag = 1, .word = {(uint32_t)c.pid}}, PATIENT));
	thread_park(SHORT);
	CHECK_OK(thread_priority(0, 1));
	proc_exit(0);
}

const struct test_role test_roles[] = {{"parent", role_parent}, {NULL, NULL}};

/* The information page of a child of mine. */
static const volatile struct proc_info *info_of(int pid)
{
	const volatile struct proc_info *info;
	struct frame f;

	for (int f_id = CHECK_OK(frame_next(0, 0)); f_id; f_id = CHECK_OK(frame_next(0, f_id))) {
		CHECK_OK(frame_info(f_id, &f));
		if (f.kind != FRAME_PROC)
			continue;
		info = vm_map(f_id, 0, PAGE_SIZE, F_MAP_READ);
		CHECK(info);
		if (info->pid == pid)
			return info;
	}
	CHECK(!"a child has a frame");
	return NULL;
}

ATTACK("map a child's information page in three thousand places, then end, so that all of them must go at once",
	"the CPU with interrupts off, for as long as it likes")
{
	int pid = role_spawn("parent"), between = 0, child;
	const volatile struct proc_info *info = info_of(pid);
	struct msg m;

	CHECK_OK(msg_recv(&m, PATIENT));
	CHECK_EQ(m.from, pid);
	child = (int)m.word[0];
	/* In the midst of its end I run again and again.  msg_recv is no call that would finish it. */
	while (m.tag != MSG_DIED) {
		thread_park(10000);
		between += info->state == PROC_ENDED && msg_recv(&m, 0) == ERR_TIMEOUT;
	}
	CHECK(between > 2);
	CHECK_EQ(role_wait(pid), 0);
	CHECK_OK(proc_end(child, 0));
}
