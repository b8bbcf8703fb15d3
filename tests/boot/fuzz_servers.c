/* SPDX-License-Identifier: ISC
 * Random requests to init, the file server and the console. It shows that they live and still serve, not what
 * they answer. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "test.h"

static uint32_t state;

static uint32_t luck(void)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

static int request_tag(void)
{
	static const int base[] = {INIT_MEM_GET, IO_OPEN, CON_MODE, 0};
	int tag = base[luck() % 4] + (int)(luck() % 16);

	return tag == INIT_POWER_OFF || luck() % 32 == 0 ? (int)(luck() % MSG_RESERVED) : tag;
}

static uint32_t request_word(void)
{
	static const uint32_t odd[] = {
		0, 1, 2, 3, 0xffffffff, 0x80000000, 0x7fffffff, PAGE_SIZE, 4 * PAGE_SIZE, 20, 0x10000};

	return luck() % 4 ? odd[luck() % 11] : luck();
}

/* A frame of one to four pages that begins like a path. */
static int request_frame(void)
{
	static const char *const paths[] = {"/tmp/a", "/bin", "/", "//..//tmp", "", "relative", "/tmp/a/b/c"};
	int f = page_alloc((1 + luck() % 4) * PAGE_SIZE, 0);
	char *va;

	if (f < 0)
		return 0;
	va = vm_map(f, 0, 0, RW);
	CHECK(va);
	strcpy(va, paths[luck() % 7]);
	if (luck() % 4 == 0)
		memset(va, 0xff, PAGE_SIZE);
	CHECK_OK(vm_unmap(va, 4 * PAGE_SIZE));
	return f;
}

static int role_asks(int parent)
{
	struct proc_info me;
	int servers[3];

	(void)parent;
	CHECK_OK(proc_info(0, &me));
	servers[0] = me.pager;
	servers[1] = CHECK_OK(name_lookup("files"));
	servers[2] = CHECK_OK(name_lookup("console"));
	state = (uint32_t)test_setting("FUZZ_SEED", 12345) | 1;
	for (int n = test_setting("FUZZ_ROUNDS", 24) * 125; n > 0; n--) {
		struct msg m = {.tag = request_tag(), .frame = luck() % 3 ? 0 : request_frame()};
		int server = servers[luck() % 3];

		if (m.tag == INIT_POWER_OFF || (server == servers[2] && m.tag >= CON_MODE && m.tag <= CON_INTR))
			continue;
		for (int i = 0; i < MSG_WORDS; i++)
			m.word[i] = request_word();
		if (server == servers[2] && m.tag == IO_WRITE)
			continue; /* what it prints would be taken for results */
		msg_call(server, &m, MS(2));
		if (m.frame)
			page_free(m.frame);
	}
	return 0;
}

const struct test_role test_roles[] = {{"asks", role_asks}, {NULL, NULL}};

TEST("requests that make no sense neither stop the servers nor change what others get from them")
{
	char text[8] = "";
	int fd = open("/tmp/steady", O_RDWR | O_CREAT | O_TRUNC, 0644);

	CHECK_EQ(write(fd, "steady", 6), 6);
	CHECK_EQ(role_wait(role_spawn("asks")), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, text, 6), 6);
	CHECK(!strcmp(text, "steady"));
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink("/tmp/steady"), 0);
	CHECK(name_lookup("files") > 0);
	CHECK_OK(page_free(CHECK_OK(page_alloc(SECTION_SIZE, 0))));
}
