/* SPDX-License-Identifier: ISC
 * proc_priority and a child's children. */
#include "test.h"

static int max_of(int pid)
{
	struct proc_info info;

	CHECK_OK(proc_info(pid, &info));
	return info.priority;
}

static int role_middle(int parent)
{
	int below = CHECK_OK(proc_new(mem_new(PROC_SIZE))), before = max_of(below), tid;
	struct msg m = {.tag = before};

	tid = CHECK_OK(thread_next(below, 0));
	CHECK_OK(thread_priority(tid, before));
	CHECK_OK(msg_call(parent, &m, PATIENT)); /* who lowers us meanwhile */
	CHECK(max_of(0) < before);
	CHECK_EQ(max_of(below), max_of(0));
	CHECK_ERR(thread_priority(tid, before), ERR_RIGHT);
	CHECK_ERR(proc_priority(below, before), ERR_RIGHT);
	CHECK_OK(proc_end(below, 0));
	CHECK_OK(proc_reap(below));
	return 4;
}

const struct test_role test_roles[] = {{"middle", role_middle}, {NULL, NULL}};

TEST("a process's limit of priority holds for its children, too, those that it had before")
{
	int pid = role_spawn("middle");
	struct msg m;

	CHECK_OK(msg_recv(&m, PATIENT));
	CHECK(m.tag > 1);
	CHECK_OK(proc_priority(pid, m.tag - 1));
	CHECK_OK(msg_reply(m.from, &m));
	CHECK_EQ(role_wait(pid), 4);
}
