/* SPDX-License-Identifier: ISC
 * The examples of the manual: tools/mkman puts into a call's page the function here that has its name, or else the
 * first that uses it.  Each answers 0; this shows that they compile and do that, not that they teach. */
#include <stdio.h>
#include "test.h"

static int frames(void)
{
	struct frame info;
	int low = page_alloc(4 * PAGE_SIZE, 0);
	int high = frame_split(low, PAGE_SIZE);

	if (frame_info(high, &info) < 0 || info.len != 3 * PAGE_SIZE)
		return 1;
	if (frame_cache(low, 0, 0, CACHE_FLUSH) < 0 || frame_merge(low, high) < 0)
		return 1;
	return page_free(low);
}

static int frame_next_all(void)
{
	int n = 0;

	for (int f = frame_next(0, 0); f > 0; f = frame_next(0, f))
		n++;
	return n == frame_count(0) ? 0 : 1;
}

static int tables(void)
{
	struct mapping m = {0}, there;
	int table = page_alloc(L2_SIZE, L2_SIZE), page = page_alloc(PAGE_SIZE, 0);

	frame_table(table, FRAME_L2);
	frame_map(table, page, 0x3000, 0, 0, F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE);
	frame_protect(table, page, 0x3000, PAGE_SIZE, F_MAP_READ);
	if (vspace_resolve(table, 0x3000, &there) < 0 || there.f_id != page)
		return 1;
	if (vspace_next(table, 0, &there) != 1 || there.at != 0x3000)
		return 1;
	if (frame_maps(page, &m) != 1 || m.t_id != table)
		return 1;
	frame_unmap(table, page, 0x3000, PAGE_SIZE);
	frame_table(table, FRAME_MEM);
	return page_free(table) < 0 || page_free(page) < 0;
}

static int batch(void)
{
	int f = page_alloc(2 * PAGE_SIZE, 0);
	struct frame_op ops[] = {{.call = CALL_frame_split, .arg = {(uintptr_t)f, PAGE_SIZE}}};

	if (frame_batch(ops, 1) != 1 || ops[0].result < 0)
		return 1;
	frame_merge(f, ops[0].result);
	return page_free(f);
}

static int donate(void)
{
	int f = page_alloc(PAGE_SIZE, 0);
	int credits = frame_donate(f);

	if (credits <= 0 || frame_table(f, FRAME_MEM) < 0)
		return 1;
	return page_free(f);
}

static int spaces(void)
{
	int p = page_alloc(PROC_SIZE, 0), pid = proc_new(p), l1 = page_alloc(L1_SIZE, L1_SIZE);
	int page = page_alloc(PAGE_SIZE, 0);

	frame_table(l1, FRAME_L1);
	if (vspace_swap(pid, l1) != 0 || vspace_root(pid) != l1) /* l1 is the child's now */
		return 1;
	if (vspace_swap(pid, 0) != l1 || frame_allow(pid, 0) < 0)
		return 1;
	if (frame_give(page, pid) < 0)
		return 1;
	proc_end(pid, 0);
	proc_wait(pid, -1, NULL);
	proc_reap(pid); /* what it owned is mine again */
	frame_table(l1, FRAME_MEM);
	return page_free(l1) < 0 || page_free(page) < 0 || page_free(p) < 0;
}

static int children(void)
{
	char *argv[] = {"sleep", "100", NULL};
	struct spawn_how how = {.stopped = 1};
	struct proc_info info;
	int status, pid = spawn_with("sleep", argv, &how);

	proc_priority(pid, 4);
	proc_watch(pid, 3);
	spawn_go(pid);
	proc_stop(pid);
	if (proc_info(pid, &info) < 0 || info.state != PROC_STOPPED)
		return 1;
	proc_resume(pid);
	proc_end(pid, 7);
	return spawn_wait(pid, &status) < 0 || status != 7;
}

static int spawn_one(void)
{
	char *argv[] = {"true", NULL};
	int status, pid = spawn("true", argv);

	return pid < 0 || spawn_wait(pid, &status) < 0 || status;
}

static void server(void *arg)
{
	struct msg m = {0};

	(void)arg;
	for (int to = 0; msg_reply_recv(to, &m, -1) >= 0 && m.tag != 2; to = m.from)
		m.word[0]++;
	msg_reply(m.from, &m);
}

static int messages(void)
{
	int tid = thread_start(server, NULL, 0x4000);
	struct msg m = {.tag = 1, .word = {41}};

	if (msg_call(tid, &m, -1) < 0 || m.word[0] != 42)
		return 1;
	m.tag = 2; /* ends the server */
	return msg_call(tid, &m, -1) < 0 || thread_join(tid) < 0;
}

static void receiver(void *arg)
{
	struct msg m;

	if (msg_recv(&m, -1) == 0)
		*(int *)arg = (int)m.word[0];
}

static int msg_send_one(void)
{
	int got = 0, tid = thread_start(receiver, &got, 0x4000);
	struct msg m = {.tag = 1, .word = {7}};

	if (msg_send(0, &m, -1) < 0) /* returns when it was received */
		return 1;
	return thread_join(tid) < 0 || got != 7;
}

static int alarms(void)
{
	struct msg m;

	time_alarm(time_now() + 1000000, 5); /* in a millisecond */
	if (msg_recv(&m, -1) < 0 || m.tag != MSG_NOTIFY || m.word[0] != 1u << 5)
		return 1;
	msg_notify(0, 1);
	return msg_recv(&m, -1) < 0 || m.word[0] != 1;
}

static void parked(void *arg)
{
	thread_park(-1);
	sem_post(arg);
}

static int threads(void)
{
	struct sem done = SEM_INIT(0);
	int tid = thread_start(parked, &done, 0x4000);

	if (thread_next(0, 0) <= 0 || thread_self() <= 0)
		return 1;
	thread_priority(0, PRIORITY_DEFAULT);
	thread_yield();
	thread_unpark(tid);
	return sem_wait(&done, -1) < 0 || thread_join(tid) < 0;
}

static struct mutex lock = MUTEX_INIT;
static struct cond changed = COND_INIT;
static int ready;

static void tells(void *arg)
{
	(void)arg;
	mutex_lock(&lock);
	ready = 1;
	cond_signal(&changed); /* cond_broadcast(&changed) if several wait */
	mutex_unlock(&lock);
}

static int conditions(void)
{
	int tid = thread_start(tells, NULL, 0x4000);

	mutex_lock(&lock);
	while (!ready)
		cond_wait(&changed, &lock, -1);
	mutex_unlock(&lock);
	return thread_join(tid);
}

static int vm(void)
{
	size_t offset;
	int f = page_alloc(2 * PAGE_SIZE, 0);
	char *va = vm_map(f, 0, 0, F_MAP_READ | F_MAP_WRITE);

	if (!va)
		return vm_error();
	va[PAGE_SIZE + 5] = 1;
	if (vm_frame(va + PAGE_SIZE + 5, &offset) != f || offset != PAGE_SIZE + 5)
		return 1;
	vm_protect(va, PAGE_SIZE, F_MAP_READ);
	vm_unmap(va, 2 * PAGE_SIZE);
	return page_free(f);
}

static int regions(void)
{
	struct region *r = region_new(1024);
	char *va = region_reserve(r, 16);

	if (va < (char *)region_base(r) || region_commit(r, va, 2) < 0 || region_state(r, va) != REGION_COMMITTED)
		return 1;
	va[0] = 1;
	region_decommit(r, va, 2);
	region_release(r, va, 16);
	region_free(r);
	return 0;
}

static int small(void)
{
	uint32_t before = cycles_now();

	if (call_null() != 0)
		return 1;
	printf("%u cycles; %s\n", (unsigned)(cycles_now() - before), err_string(ERR_BUSY));
	return 0;
}

static int names(void)
{
	if (name_register("manual") < 0)
		return 1;
	return name_lookup("manual") > 0 ? 0 : 1;
}

static int pages(void)
{
	int f = page_alloc_below(PAGE_SIZE, 0, 0);

	if (page_credits(8) < 0)
		return 1;
	page_hold(f);
	page_free(f);         /* one holder is left */
	return page_scrap(f); /* works on tables and room for records, too */
}

static int reserved(void)
{
	uint32_t desc;
	char *va = vm_reserve(4 * PAGE_SIZE, PAGE_SIZE);
	int f = page_alloc(PAGE_SIZE, 0);

	if (vm_map_at(va, f, 0, 0, F_MAP_READ) < 0 || !vm_walk(va, &desc))
		return 1;
	vm_unmap(va, PAGE_SIZE);
	vm_release(va, 4 * PAGE_SIZE);
	return page_free(f);
}

static int tried(void)
{
	struct mutex m = MUTEX_INIT;

	if (!mutex_try(&m) || mutex_try(&m))
		return 1;
	mutex_unlock(&m);
	return 0;
}

static int bring(struct pager *p, const struct pager_fault *f)
{
	int page = pager_demand(f) ? page_alloc(PAGE_SIZE, 0) : ERR_RIGHT;

	(void)p;
	if (page < 0 || pager_map(f, page, 0, PAGE_SIZE, F_MAP_READ | F_MAP_WRITE) < 0)
		return pager_refuse(f);
	return 0;
}

static void ended(struct pager *p, struct msg *m)
{
	if (m->tag == MSG_DIED)
		p->stop = 1;
}

static int pager(void)
{
	char *argv[] = {"touch4m", NULL};
	struct spawn_how how = {.stopped = 1};
	struct pager p = {.fault = bring, .other = ended};
	int pid = spawn_with("touch4m", argv, &how);

	proc_pager(pid, thread_self());
	spawn_go(pid);
	pager_run(&p);
	return spawn_reap(pid);
}

static int handled;

static void handle(struct upcall *area)
{
	handled = (int)area->address;
	area->r[15] += 4; /* goes on behind the instruction */
}

UPCALL_ENTRY(handler, handle)

static int upcalls(void)
{
	static struct upcall area;

	thread_upcall(handler, &area);
	__asm__ volatile("str %0, [%0]" : : "r"(0x1000) : "memory");
	thread_upcall(NULL, &area);
	return handled != 0x1000;
}

TEST("each example of the manual does what its page says, and answers 0")
{
	CHECK_EQ(frames(), 0);
	CHECK_EQ(frame_next_all(), 0);
	CHECK_EQ(tables(), 0);
	CHECK_EQ(batch(), 0);
	CHECK_EQ(donate(), 0);
	CHECK_EQ(spaces(), 0);
	CHECK_EQ(spawn_one(), 0);
	CHECK_EQ(messages(), 0);
	CHECK_EQ(msg_send_one(), 0);
	CHECK_EQ(alarms(), 0);
	CHECK_EQ(threads(), 0);
	CHECK_EQ(conditions(), 0);
	CHECK_EQ(vm(), 0);
	CHECK_EQ(regions(), 0);
	CHECK_EQ(children(), 0);
	CHECK_EQ(small(), 0);
	CHECK_EQ(names(), 0);
	CHECK_EQ(pages(), 0);
	CHECK_EQ(reserved(), 0);
	CHECK_EQ(tried(), 0);
	CHECK_EQ(upcalls(), 0);
	CHECK_EQ(pager(), 0);
}
