/* SPDX-License-Identifier: ISC
 * Processes with tables of their own, run, ended and freed, many times over. */
#include "test.h"

static void ends(void *shared)
{
	(void)shared;
	proc_exit(1);
}

TEST("200 processes with tables of their own, run and reaped, leave memory and credits as they were")
{
	struct child c;
	int credits, owned;

	child_start(&c, ends);
	child_join(&c);
	CHECK_OK(page_credits(256));
	credits = credits_free();
	owned = frames_owned();
	for (int n = 0; n < 200; n++) {
		child_start(&c, ends);
		CHECK_EQ(child_join(&c), 1);
	}
	/* The pool may have joined frames meanwhile, which gives their records back. */
	CHECK_EQ(credits_free() + frames_owned(), credits + owned);
}
