/* SPDX-License-Identifier: ISC
 * The harness that every guest test is linked with: main, checks, probes and hand-made children.  It judges
 * nothing itself; what it needs of the system it checks like a test does. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <boot.h>
#include "test.h"

#define STATUS_SKIP 77

static const char *test_path;
struct upcall probe_fault;

int main(int argc, char **argv)
{
	test_path = argv[0];
	if (argc == 1) {
		test_body();
		return 0;
	}
	for (const struct test_role *role = test_roles; role && role->name; role++)
		if (argc == 3 && !strcmp(role->name, argv[1]))
			return role->run(atoi(argv[2]));
	printf("%s: no role %s\n", argv[0], argv[1]);
	return 1;
}

void test_fail(const char *file, int line, const char *what)
{
	printf("  %s:%d: not so: %s\n  claim: %s\n", file, line, what, test_claim);
	exit(1);
}

void test_skip(const char *why)
{
	printf("  skipped: %s\n", why);
	exit(STATUS_SKIP);
}

static const char *number_name(intptr_t n)
{
	return n < 0 && n > -64 ? err_string((int)n) : "";
}

void test_equal(const char *file, int line, const char *what, intptr_t got, intptr_t want)
{
	if (got == want)
		return;
	printf("  %s:%d: %s is %" PRIdPTR " (%s), not %" PRIdPTR " (%s)\n  claim: %s\n", file, line, what, got,
		number_name(got), want, number_name(want), test_claim);
	exit(1);
}

int test_ok(const char *file, int line, const char *what, int result)
{
	if (result >= 0)
		return result;
	printf("  %s:%d: %s answers %d (%s)\n  claim: %s\n", file, line, what, result, err_string(result), test_claim);
	exit(1);
}

int mem_new(size_t len)
{
	size_t align = len == L1_SIZE || len == SECTION_SIZE ? len : PAGE_SIZE;

	return CHECK_OK(page_alloc(len, align));
}

int l1_new(void)
{
	int f_id = mem_new(L1_SIZE);

	CHECK_OK(frame_table(f_id, FRAME_L1));
	return f_id;
}

int l2_new(void)
{
	int f_id = mem_new(L2_SIZE);

	CHECK_OK(frame_table(f_id, FRAME_L2));
	return f_id;
}

int l1_with_l2(int *l2)
{
	int l1 = l1_new();

	*l2 = l2_new();
	CHECK_OK(frame_map(l1, *l2, 0, 0, 0, F_MAP_TABLE));
	return l1;
}

int credits_free(void)
{
	struct proc_info info;

	CHECK_OK(proc_info(0, &info));
	return info.credits;
}

int frames_owned(void)
{
	return CHECK_OK(frame_count(0));
}

int frame_kind(int f_id)
{
	struct frame f;

	CHECK_OK(frame_info(f_id, &f));
	return f.kind;
}

int frame_mappings(int f_id)
{
	struct frame f;

	CHECK_OK(frame_info(f_id, &f));
	return f.maps;
}

/* ---- probes: one access each, at a known place, with a known way out ---- */
int probe_load(const volatile void *va);
int probe_store(volatile void *va);
int probe_call(const volatile void *va);
void probe_out(void);

__asm__(".syntax unified\n"
	".text\n"
	".balign 4\n"
	".type probe_load, %function\n"
	"probe_load:\n"
	"	ldrb	r1, [r0]\n"
	"	mov	r0, #1\n"
	"	bx	lr\n"
	".type probe_store, %function\n"
	"probe_store:\n"
	"	ldrb	r1, [r0]\n"
	"	strb	r1, [r0]\n"
	"	mov	r0, #1\n"
	"	bx	lr\n"
	".type probe_call, %function\n"
	"probe_call:\n"
	"	push	{r4, lr}\n"
	"	mov	r4, sp\n"
	"	blx	r0\n"
	"	mov	r0, #1\n"
	"	pop	{r4, pc}\n"
	".type probe_out, %function\n"
	"probe_out:\n"
	"	mov	r0, #0\n"
	"	bx	lr\n"
	".type probe_call_out, %function\n"
	"probe_call_out:\n"
	"	mov	sp, r4\n"
	"	mov	r0, #0\n"
	"	pop	{r4, pc}\n");
void probe_call_out(void);

static struct upcall probe_area;
static uintptr_t probe_exit;

static void probe_entry(void *area)
{
	struct upcall *up = area;

	probe_fault = *up;
	up->r[15] = (uint32_t)probe_exit;
	thread_return(up);
}

static bool probe(int (*access)(volatile void *), void (*out)(void), volatile void *va)
{
	int went_through;

	memset(&probe_fault, 0, sizeof probe_fault);
	probe_exit = (uintptr_t)out;
	CHECK_OK(thread_upcall(probe_entry, &probe_area));
	went_through = access(va);
	CHECK_OK(thread_upcall(NULL, NULL));
	return went_through;
}

bool probe_read(const volatile void *va)
{
	return probe((int (*)(volatile void *))probe_load, probe_out, (volatile void *)(uintptr_t)va);
}

bool probe_write(volatile void *va)
{
	return probe(probe_store, probe_out, va);
}

bool probe_exec(const volatile void *va)
{
	return probe((int (*)(volatile void *))probe_call, probe_call_out, (volatile void *)(uintptr_t)va);
}

/* ---- children made by hand ---- */

/* Maps my program's read-only pages, at their own addresses, in a child's L2; they stay mine. */
static void child_map_program(int l2)
{
	int root = CHECK_OK(vspace_root(0));
	struct mapping m;

	for (uintptr_t va = USER_START; va < L2_SPAN; va += PAGE_SIZE) {
		if (vspace_resolve(root, va, &m) < 0)
			continue;
		if (m.flags & F_MAP_WRITE)
			continue;
		CHECK_OK(frame_map(l2, m.f_id, va, m.offset, PAGE_SIZE,
			F_MAP_PAGE | F_MAP_KEEP | (m.flags & (F_MAP_READ | F_MAP_EXEC))));
	}
}

void child_build(struct child *c)
{
	page_credits(256);
	c->l1 = l1_with_l2(&c->l2);
	child_map_program(c->l2);
	c->stack_f = mem_new(CHILD_STACK_LEN);
	CHECK_OK(frame_map(c->l2, c->stack_f, CHILD_STACK_VA, 0, 0, PAGE_RW));
	c->shared_f = mem_new(PAGE_SIZE);
	c->shared = vm_map(c->shared_f, 0, 0, RW);
	CHECK(c->shared);
	CHECK_OK(frame_map(c->l2, c->shared_f, CHILD_SHARED_VA, 0, 0, PAGE_RW | F_MAP_KEEP));
	c->proc = mem_new(PROC_SIZE);
	c->pid = CHECK_OK(proc_new(c->proc));
}

void child_make(struct child *c)
{
	child_build(c);
	CHECK_EQ(vspace_swap(c->pid, c->l1), 0);
}

void child_run(struct child *c, void (*fn)(void *shared))
{
	CHECK_OK(proc_start(c->pid, (uintptr_t)fn, CHILD_STACK_VA + CHILD_STACK_LEN, CHILD_SHARED_VA));
}

void child_start(struct child *c, void (*fn)(void *shared))
{
	child_make(c);
	child_run(c, fn);
}

int child_join(struct child *c)
{
	int status;

	CHECK_OK(proc_wait(c->pid, PATIENT, &status));
	CHECK_OK(proc_reap(c->pid));
	CHECK_OK(vm_unmap(c->shared, PAGE_SIZE));
	CHECK_OK(frame_unmap(c->l2, 0, 0, L2_SPAN));
	CHECK_OK(frame_unmap(c->l1, c->l2, 0, 0));
	CHECK_OK(frame_table(c->l2, FRAME_MEM));
	CHECK_OK(frame_table(c->l1, FRAME_MEM));
	CHECK_OK(page_free(c->l2));
	CHECK_OK(page_free(c->l1));
	CHECK_OK(page_free(c->stack_f));
	CHECK_OK(page_free(c->shared_f));
	CHECK_OK(page_free(c->proc));
	return status;
}

int child_credits(struct child *c)
{
	int records = mem_new(PAGE_SIZE);
	int n = CHECK_OK(frame_donate(records));

	CHECK_OK(frame_give(records, c->pid));
	return n;
}

void child_message(struct child *c, struct msg *m, int tag)
{
	CHECK_OK(msg_recv(m, PATIENT));
	CHECK_EQ(m->tag, tag);
	CHECK_EQ(m->from, c->pid);
}

/* ---- devices ---- */

/* The memory server, which also hands out devices, is the pager of ordinary programs. */
static int server_pid(void)
{
	struct proc_info me;

	CHECK_OK(proc_info(0, &me));
	return me.pager;
}

int device_try(const char *name, int *irq)
{
	struct msg m = {.tag = INIT_DEVICE};

	strncpy((char *)m.word, name, sizeof m.word - 1);
	CHECK_OK(msg_call(server_pid(), &m, PATIENT));
	if (m.tag < 0)
		return 0;
	*irq = (int)m.word[0];
	return m.frame;
}

int device_new(const char *name, int *irq)
{
	int f = device_try(name, irq);

	if (!f)
		SKIP("this board has no such device");
	return f;
}

void device_return(int f_id)
{
	struct msg m = {.tag = INIT_MEM_PUT, .frame = f_id};

	CHECK_OK(frame_unmap(0, f_id, 0, 0));
	CHECK_OK(msg_call(server_pid(), &m, PATIENT));
	CHECK_OK(m.tag);
}

int test_setting(const char *name, int otherwise)
{
	const char *text = getenv(name);

	return text ? atoi(text) : otherwise;
}

int late_allowed(int busy)
{
	return test_setting("TIME_EXACT", 0) ? 0 : busy;
}

/* ---- other roles of the same program ---- */
int role_spawn(const char *role)
{
	char parent[12];
	char *argv[] = {(char *)(uintptr_t)test_path, (char *)(uintptr_t)role, parent, NULL};

	snprintf(parent, sizeof parent, "%d", thread_self());
	return CHECK_OK(spawn(test_path, argv));
}

int role_wait(int pid)
{
	int status;

	CHECK_OK(spawn_wait(pid, &status));
	return status;
}
