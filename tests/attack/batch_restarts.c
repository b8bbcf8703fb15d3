/* SPDX-License-Identifier: ISC
 * "A restartable operation restarted wrongly": a batch whose operations lie in pages that come one by one. */
#include "attack.h"

#define OPS (3 * PAGE_SIZE / sizeof(struct frame_op))

static struct upcall area;
static volatile struct frame_op *ops;
static int array_f, table, part;
static uintptr_t table_at;
static volatile int handled;

/* Brings the page that is missing, fills it with splits of one frame, and takes the others away. */
static void handler(void *a)
{
	struct upcall *up = a;
	uintptr_t page = (up->address - (uintptr_t)ops) & ~(uintptr_t)(PAGE_SIZE - 1);

	for (uintptr_t at = 0; at < 3 * PAGE_SIZE; at += PAGE_SIZE)
		if (at != page)
			frame_unmap(table, array_f, table_at + at, PAGE_SIZE);
	frame_map(table, array_f, table_at + page, page, PAGE_SIZE, PAGE_RW);
	handled++;
	thread_return(a);
}

ATTACK("take the pages of a batch's operations away while it runs, so that it is begun again and again",
	"an operation done twice, or done with other arguments than were checked")
{
	int first = mem_new((OPS + 1) * PAGE_SIZE), frames, before = 0;
	struct frame info;

	page_credits((int)OPS + 64);
	array_f = mem_new(3 * PAGE_SIZE);
	ops = vm_map(array_f, 0, 0, RW);
	CHECK(ops);
	table = l2_of(ops, &table_at);
	CHECK(table_at + 3 * PAGE_SIZE <= L2_SPAN);
	/* From the top: each leaves the lower part to the next. */
	for (unsigned n = 0; n < OPS; n++)
		ops[n] = (struct frame_op){CALL_frame_split, {(uintptr_t)first, (OPS - n) * PAGE_SIZE}, 0};
	before = frames_owned();
	CHECK_OK(frame_unmap(table, array_f, table_at, 3 * PAGE_SIZE));
	CHECK_OK(thread_upcall(handler, &area));
	CHECK_EQ(frame_batch((struct frame_op *)(uintptr_t)ops, OPS), (int)OPS);
	CHECK_OK(thread_upcall(NULL, NULL));
	CHECK_EQ(handled, 3);
	frames = frames_owned();
	CHECK_EQ(frames - before, (int)OPS);
	CHECK_OK(frame_info(first, &info));
	CHECK_EQ(info.len, PAGE_SIZE);
	CHECK_OK(frame_unmap(0, array_f, 0, 0));
	CHECK_OK(frame_map(table, array_f, table_at, 0, 0, PAGE_RW));
	for (unsigned n = 0; n < OPS; n++) {
		CHECK_OK(frame_info(ops[n].result, &info));
		CHECK_EQ(info.len, PAGE_SIZE);
		part = ops[n].result;
	}
	CHECK(part != first);
}
