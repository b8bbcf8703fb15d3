/* SPDX-License-Identifier: ISC
 * Chains of programs, each the child of the one before: what ends hands its memory and its room for records up the chain, and
 * who starts the chains keeps no more of it however many there were.  CHAINS=n makes n of them (10,000 at half a second each). */
#include <stdio.h>
#include <stdlib.h>
#include "test.h"

#define LENGTH  15
#define WARM    5
#define CREDITS 512               /* as of spawn_credits */
#define SPARE   (160 * PAGE_SIZE) /* what the library's pool has here or the server there, at one moment or another */

static int role_link(int parent);

const struct test_role test_roles[] = {{"link", role_link}, {NULL, NULL}};

static void chain(int left)
{
	char text[12];

	snprintf(text, sizeof text, "%d", left);
	CHECK_EQ(setenv("CHAIN_LEFT", text, 1), 0);
	CHECK_EQ(role_wait(role_spawn("link")), 0);
}

static int role_link(int parent)
{
	int left = test_setting("CHAIN_LEFT", 0);

	if (left > 1)
		chain(left - 1);
	return parent < 0;
}

static uint32_t bytes_free(void)
{
	struct msg m = {.tag = INIT_MEM_INFO};
	struct proc_info me;

	CHECK_OK(proc_info(0, &me));
	CHECK_OK(msg_call(me.pager, &m, PATIENT));
	CHECK_OK(m.tag);
	return m.word[0];
}

/* What is mine of that kind, in bytes. */
static size_t bytes_mine(int kind)
{
	size_t len = 0;
	struct frame f;

	for (int id = CHECK_OK(frame_next(0, 0)); id; id = CHECK_OK(frame_next(0, id))) {
		CHECK_OK(frame_info(id, &f));
		len += f.kind == kind ? f.len : 0;
	}
	return len;
}

struct kept {
	size_t memory, room;
	uint32_t server;
};

static struct kept kept_now(void)
{
	return (struct kept){bytes_mine(FRAME_MEM), bytes_mine(FRAME_RECORDS), bytes_free()};
}

TEST("chains of 15 programs, however many, leave who starts them, and the memory server, with the memory and the "
     "credits that the first of them left there")
{
	int n = test_setting("CHAINS", 12), credits;
	struct kept then, now;

	for (int i = 0; i < WARM; i++)
		chain(LENGTH);
	then = kept_now();
	for (int i = 0; i < n; i++)
		chain(LENGTH);
	now = kept_now();
	credits = credits_free();
	printf("  %d chains: %u more bytes of memory, %u of room, %d free credits, server %d less\n", n,
		(unsigned)(now.memory - then.memory), (unsigned)(now.room - then.room), credits,
		(int)(then.server - now.server));
	CHECK(now.memory <= then.memory + SPARE);
	CHECK(now.room <= then.room + SPARE);
	CHECK(now.server + SPARE >= then.server);
	CHECK(credits <= CREDITS);
}
