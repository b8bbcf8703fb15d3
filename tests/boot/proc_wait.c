/* SPDX-License-Identifier: ISC
 * proc_wait and proc_reap: refusals, time, and the one MSG_DIED. */
#include "test.h"

static void waits(void *shared)
{
	(void)shared;
	thread_park(-1);
}

TEST("proc_wait times out, answers a child's status, and takes its MSG_DIED along")
{
	struct child c;
	struct msg m;
	int status = -1, stranger = CHECK_OK(name_lookup("files"));

	CHECK_ERR(proc_wait(NO_ID, 0, &status), ERR_PROC);
	CHECK_ERR(proc_wait(stranger, 0, &status), ERR_PROC);
	child_start(&c, waits);
	CHECK_ERR(proc_wait(c.pid, 0, &status), ERR_TIMEOUT);
	CHECK_ERR(proc_wait(c.pid, SHORT, &status), ERR_TIMEOUT);
	CHECK_ERR(proc_reap(c.pid), ERR_BUSY);
	CHECK_ERR(proc_reap(NO_ID), ERR_PROC);
	CHECK_ERR(proc_reap(0), ERR_PROC);
	CHECK_OK(proc_end(c.pid, 11));
	CHECK_ERR(proc_wait(c.pid, PATIENT, (int *)USER_END), ERR_POINTER);
	CHECK_OK(proc_wait(c.pid, PATIENT, &status));
	CHECK_EQ(status, 11);
	CHECK_ERR(msg_recv(&m, 0), ERR_TIMEOUT);
	CHECK_OK(proc_wait(c.pid, 0, NULL));
	CHECK_OK(proc_reap(c.pid));
	CHECK_ERR(proc_reap(c.pid), ERR_PROC);
}
