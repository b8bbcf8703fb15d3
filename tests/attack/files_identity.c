/* SPDX-License-Identifier: ISC
 * A thread id comes round after 1,024 threads in one frame, and then another process's thread has it. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "attack.h"
#include "proto.h"

#define STACK 4096

static char stack[STACK] __attribute__((aligned(8)));
static volatile int files, done, got, last_tag;

static void call_as(uintptr_t handle)
{
	struct msg m = {.tag = IO_READ, .word = {handle, 4, 0, 0}};

	got = msg_call(files, &m, PATIENT);
	last_tag = m.tag;
	done = 1;
	thread_exit();
}

static int thread_once(int frame, int handle)
{
	struct frame f;
	int tid;

	done = 0;
	tid = CHECK_OK(thread_new(0, frame, (uintptr_t)call_as, (uintptr_t)stack + STACK, (uintptr_t)handle));
	while (!done || (frame_info(frame, &f) == 0 && f.kind == FRAME_THREAD))
		thread_yield();
	return tid;
}

/* Another process gets the frame in which the owner's thread lived, and makes threads there until its id comes again. */
static int thief(int parent)
{
	struct msg m = {.tag = 1};
	int tid;

	files = CHECK_OK(name_lookup("files"));
	CHECK_OK(frame_allow(parent, ALLOW_SEND | ALLOW_GIVE));
	CHECK_OK(msg_call(parent, &m, PATIENT));
	for (int n = 0; n < 1100; n++) {
		tid = thread_once(m.frame, (int)m.word[1]);
		if (got != 0 || last_tag >= 0)
			return 1;
		if (tid == (int)m.word[0])
			return 0;
	}
	return 2;
}

const struct test_role test_roles[] = {{"thief", thief}, {NULL, NULL}};

ATTACK("make threads until one has the id that another process's thread had when it called the file server",
	"what that process has open")
{
	struct msg open_it = {.tag = IO_OPEN, .word = {11, O_RDONLY, 0}}, m;
	int fd = open("/tmp/secret", O_RDWR | O_CREAT | O_TRUNC, 0600), f = page_alloc(PAGE_SIZE, 0), frame, tid, pid;
	char *path = vm_map(f, 0, 0, RW);

	CHECK(fd >= 0 && path && write(fd, "mine", 4) == 4);
	strcpy(path, "/tmp/secret");
	vm_unmap(path, PAGE_SIZE);
	open_it.frame = f;
	files = CHECK_OK(name_lookup("files"));
	CHECK_OK(msg_call(files, &open_it, PATIENT));
	CHECK_OK(open_it.tag);
	frame = page_alloc(THREAD_SIZE, 0);
	tid = thread_once(frame, (int)open_it.word[0]);
	CHECK_EQ(last_tag, 4);
	pid = role_spawn("thief");
	CHECK_OK(msg_recv(&m, PATIENT));
	m = (struct msg){.from = m.from, .call = m.call, .frame = frame, .word = {(uint32_t)tid, open_it.word[0]}};
	CHECK_OK(msg_reply(m.from, &m));
	CHECK_EQ(role_wait(pid), 0);
}
