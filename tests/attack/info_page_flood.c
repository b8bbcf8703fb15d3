/* SPDX-License-Identifier: ISC
 * Rules 5 and 9: the mappings of an information page, as many as its parent likes, end when it passes to another.  How long
 * the kernel takes for one piece cannot be seen on QEMU. */
#include "attack.h"

#define PLACES 3000

static void idles(void *shared)
{
	(void)shared;
	thread_park(-1);
}

/* Maps its child's information page in thousands of places and ends. */
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
	CHECK_OK(frame_allow(parent, ALLOW_SEND)); /* so none of them may stay */
	proc_exit(0);
}

const struct test_role test_roles[] = {{"parent", role_parent}, {NULL, NULL}};

/* The frame of a child of mine. */
static int frame_of(int pid)
{
	const volatile struct proc_info *info;
	struct frame f;
	bool found;

	for (int f_id = CHECK_OK(frame_next(0, 0)); f_id; f_id = CHECK_OK(frame_next(0, f_id))) {
		CHECK_OK(frame_info(f_id, &f));
		if (f.kind != FRAME_PROC)
			continue;
		info = vm_map(f_id, 0, PAGE_SIZE, F_MAP_READ);
		CHECK(info);
		found = info->pid == pid;
		CHECK_OK(vm_unmap((void *)(uintptr_t)info, PAGE_SIZE));
		if (found)
			return f_id;
	}
	return 0;
}

ATTACK("map a child's information page in three thousand places, then end, so that all of them must go at once",
	"the CPU with interrupts off for as long as it likes, or a view of a process that is another's child now")
{
	int pid = role_spawn("parent"), child, f_id;
	struct msg m;

	CHECK_OK(msg_recv(&m, PATIENT));
	CHECK_EQ(m.from, pid);
	child = (int)m.word[0];
	do
		CHECK_OK(msg_recv(&m, PATIENT));
	while (m.tag != MSG_DIED);
	f_id = frame_of(child);
	CHECK(f_id);
	CHECK_EQ(frame_mappings(f_id), 0);
	CHECK_OK(proc_end(child, 0));
	CHECK_OK(proc_reap(child));
	CHECK_EQ(role_wait(pid), 0);
}
