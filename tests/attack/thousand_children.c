/* SPDX-License-Identifier: ISC
 * A thousand children at once, who pass to their grandparent. */
#include "attack.h"

#define CHILDREN 1000

static int role_parent(int parent)
{
	(void)parent;
	page_credits(CHILDREN + 64);
	for (int n = 0; n < CHILDREN; n++)
		CHECK_OK(proc_new(mem_new(PROC_SIZE)));
	CHECK_ERR(proc_end(0x7ffffff0, 0), ERR_PROC);
	return 3;
}

const struct test_role test_roles[] = {{"parent", role_parent}, {NULL, NULL}};

/* The process that lives in a PROC frame of mine. */
static int proc_in(int f_id)
{
	const struct proc_info *info = vm_map(f_id, 0, PAGE_SIZE, F_MAP_READ);
	int pid;

	CHECK(info);
	pid = info->pid;
	CHECK_OK(vm_unmap((void *)(uintptr_t)info, PAGE_SIZE));
	return pid;
}

ATTACK("make a thousand children and end, so that they fall to whoever is above",
	"a kernel that runs out of something, or a parent that cannot get rid of them")
{
	int frames, orphans = 0, next;
	struct frame f;

	page_credits(256);
	frames = frames_owned();
	CHECK_EQ(role_wait(role_spawn("parent")), 3);
	for (int f_id = CHECK_OK(frame_next(0, 0)); f_id; f_id = next) {
		next = CHECK_OK(frame_next(0, f_id));
		CHECK_OK(frame_info(f_id, &f));
		if (f.kind != FRAME_PROC)
			continue;
		orphans++;
		f.f_id = proc_in(f_id);
		CHECK_OK(proc_end(f.f_id, 0));
		CHECK_OK(proc_reap(f.f_id));
		CHECK_EQ(frame_kind(f_id), FRAME_MEM);
	}
	CHECK_EQ(orphans, CHILDREN);
	CHECK(frames_owned() >= frames);
	CHECK(credits_free() >= 256); /* what is more the library may turn back */
}
