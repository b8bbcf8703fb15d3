/* SPDX-License-Identifier: ISC
 * Reads of pipes that time out, with a page and with a table as their buffer. */
#include <string.h>
#include "proto.h"
#include "test.h"

static int files;

static void pipe_make(int h[2])
{
	struct msg m = {.tag = IO_PIPE};

	CHECK_OK(msg_call(files, &m, PATIENT));
	CHECK_OK(m.tag);
	h[0] = (int)m.word[0];
	h[1] = (int)m.word[1];
}

static void pipe_says(int h, const char *text)
{
	struct msg m = {.tag = IO_WRITE, .word = {(uint32_t)h, strlen(text)}};

	memcpy(&m.word[2], text, strlen(text));
	CHECK_OK(msg_call(files, &m, PATIENT));
	CHECK_EQ(m.tag, strlen(text));
}

static struct msg pipe_read(int h, int frame, int64_t timeout, int result)
{
	struct msg m = {.tag = IO_READ, .frame = frame, .word = {(uint32_t)h, 16, ~0u, ~0u}};

	CHECK_EQ(msg_call(files, &m, timeout), result);
	return m;
}

static size_t memory_free(void)
{
	struct msg m = {.tag = INIT_MEM_INFO};

	CHECK_OK(msg_call(name_lookup("init"), &m, PATIENT));
	return m.word[0];
}

static int writes_to;

static void writes(void *text)
{
	thread_park(MS(50));
	pipe_says(writes_to, text);
}

TEST("a read that timed out takes no byte and answers no later read, and its buffer is not lost, whatever kind of "
     "frame it is")
{
	int a[2], b[2], tid, f;
	size_t had = memory_free();
	struct msg m;

	files = CHECK_OK(name_lookup("files"));
	pipe_make(a);
	pipe_make(b);
	pipe_read(a[0], 0, SHORT, ERR_TIMEOUT);
	pipe_says(a[1], "from A");
	writes_to = b[1];
	tid = thread_start(writes, "from B", 16384);
	m = pipe_read(b[0], 0, PATIENT, 0); /* it waits, as the one of A seems to */
	CHECK_EQ(m.tag, 6);
	CHECK(!memcmp(m.word, "from B", 6));
	CHECK_OK(thread_join(tid));
	m = pipe_read(a[0], 0, PATIENT, 0);
	CHECK_EQ(m.tag, 6);
	CHECK(!memcmp(m.word, "from A", 6));

	for (int n = 0; n < 1000; n++) {
		f = page_alloc(L2_SIZE, L2_SIZE);
		CHECK_OK(frame_table(f, FRAME_L2));
		pipe_read(a[0], f, 1, ERR_TIMEOUT);
		pipe_says(a[1], "x");
		CHECK_EQ(pipe_read(a[0], 0, PATIENT, 0).tag, 1);
	}
	CHECK(memory_free() + 2 * SECTION_SIZE >= had); /* what pools may keep; a thousand pages are twice that */
}
