/* SPDX-License-Identifier: ISC
 * A message round trip between two processes. */
#include "test.h"

static void doubles(void *shared)
{
	struct msg m;

	(void)shared;
	msg_recv(&m, -1);
	for (;;) {
		int to = m.from;

		for (int n = 0; n < MSG_WORDS; n++)
			m.word[n] *= 2;
		m.tag++;
		if (msg_reply_recv(to, &m, -1) < 0)
			proc_exit(1);
	}
}

TEST("a call carries a tag and all words there and back, and `from` is the sender's thread")
{
	struct child c;
	struct msg m;

	child_start(&c, doubles);
	for (uint32_t n = 1; n < 1000; n++) {
		m = (struct msg){.from = 9, .tag = (int)n, .word = {n, n + 1, n + 2, n + 3, n + 4, n + 5}};
		CHECK_OK(msg_call(c.pid, &m, PATIENT));
		CHECK_EQ(m.tag, n + 1);
		CHECK_EQ(m.frame, 0);
		for (uint32_t i = 0; i < MSG_WORDS; i++)
			CHECK_EQ(m.word[i], 2 * (n + i));
	}
	CHECK_OK(proc_end(c.pid, 0));
	child_join(&c);
}
