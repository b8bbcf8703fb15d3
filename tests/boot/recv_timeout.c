/* SPDX-License-Identifier: ISC
 * A receiver's time goes on while others take what comes.  Judged where time is exact: `tests/run latency`. */
#include "test.h"

#define CHILDREN 8

static volatile int64_t took;

static void receives(void *arg)
{
	int64_t began = time_now();
	struct msg m;

	(void)arg;
	if (msg_recv(&m, MS(100)) == 0 && m.tag == MSG_DIED)
		m.tag = 0;
	took = time_now() - began;
}

TEST("a receive ends after its timeout or with a message, however many of them another thread tries to take")
{
	struct child c[CHILDREN];
	struct msg m;
	int tid;

	page_credits(1000);
	for (int n = 0; n < CHILDREN; n++)
		child_make(&c[n]);
	tid = CHECK_OK(thread_start(receives, NULL, 4 * PAGE_SIZE));
	for (int n = 0; n < CHILDREN && !took; n++) {
		CHECK_ERR(thread_park(MS(60)), ERR_TIMEOUT);
		CHECK_OK(proc_end(c[n].pid, 0));
		msg_recv(&m, 0);
	}
	CHECK_OK(thread_join(tid));
	CHECK(took < MS(240) || late_allowed(1)); /* all of the children's ends together take 480 */
}
