/* SPDX-License-Identifier: ISC
 * What a guest test is written with: TEST states its claim and holds its body, CHECK… end it at the first thing
 * that is not so, helpers make tables, memory and small child processes.  A test names nothing of the system
 * but the public headers. */
#ifndef TEST_H
#define TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <mullion.h>

/** Opens the body of the test: one claim a program. */
#define TEST(claim)                                                                                                    \
	const char test_claim[] = claim;                                                                               \
	void test_body(void)

/** Ends the test as failed unless the condition holds. */
#define CHECK(cond) ((cond) ? (void)0 : test_fail(__FILE__, __LINE__, #cond))

/** Ends the test as failed unless both numbers are equal. */
#define CHECK_EQ(got, want) test_equal(__FILE__, __LINE__, #got, (intptr_t)(got), (intptr_t)(want))

/** Ends the test as failed unless the call answers exactly this error. */
#define CHECK_ERR(call, err) CHECK_EQ((call), (err))

/** Ends the test as failed if the call answers an error; its value is the result. */
#define CHECK_OK(call) test_ok(__FILE__, __LINE__, #call, (call))

/** Ends the test as skipped: the machine lacks what it needs. */
#define SKIP(why) test_skip(why)

#define MS(n)     ((int64_t)(n)*1000000)
#define PATIENT   MS(5000) /* long enough for anything that is to happen */
#define SHORT     MS(20)   /* long enough to see that something does not */

/* Ids that name nothing. */
#define NO_ID   0x7ffffff0
#define RW      (F_MAP_READ | F_MAP_WRITE)
#define PAGE_RO (F_MAP_PAGE | F_MAP_READ)
#define PAGE_RW (F_MAP_PAGE | RW)
#define SECT_RW (F_MAP_SECTION | RW)

extern const char test_claim[];
void test_body(void);

void test_fail(const char *file, int line, const char *what) __attribute__((noreturn));
void test_skip(const char *why) __attribute__((noreturn));
void test_equal(const char *file, int line, const char *what, intptr_t got, intptr_t want);
int test_ok(const char *file, int line, const char *what, int result);

/** A frame of memory, zeroed, unmapped, aligned to its own size if that is a table's or a section's. */
int mem_new(size_t len);
/** Empty tables of mine that stand nowhere. */
int l1_new(void);
int l2_new(void);
/** An L1 with one L2 of mine at address 0; the L2 is stored. */
int l1_with_l2(int *l2);
/** My free credits, and the frames that I own. */
int credits_free(void);
int frames_owned(void);
/** The kind of a frame, and how many mappings it has. */
int frame_kind(int f_id);
int frame_mappings(int f_id);

/** Reads or writes one byte at an address as an ordinary access: true if it went through.  A fault is told by
 * probe_fault.  Uses the thread's upcall handler; for one thread at a time. */
bool probe_read(const volatile void *va);
bool probe_write(volatile void *va);
/** Calls the address as a function without arguments: true if it returned. */
bool probe_exec(const volatile void *va);
extern struct upcall probe_fault;

/* A child process made by hand: its vspace holds my program's code and constants, a stack and a page that it
 * shares with me, all in one L2.  It may call any function that touches neither globals nor newlib.
 * It owns its L1, L2 and stack and has no free credits. */
#define CHILD_STACK_VA  0x10000
#define CHILD_STACK_LEN 0x2000
#define CHILD_SHARED_VA 0x18000
#define CHILD_FREE_VA   0x20000 /* from here to USER_START nothing is mapped */

struct child {
	int pid;
	int proc; /* its PROC frame */
	int l1, l2;
	int stack_f;
	int shared_f; /* mine */
	void *shared; /* where I see the shared page */
};

/** Makes a stopped child with its vspace in place. */
void child_make(struct child *c);
/** Makes everything but the vspace_swap: the process has no root yet. */
void child_build(struct child *c);
/** Starts fn(shared page) in the child. */
void child_run(struct child *c, void (*fn)(void *shared));
/** child_make and child_run. */
void child_start(struct child *c, void (*fn)(void *shared));
/** Waits for the child's end, takes everything back and frees it.  Returns its status. */
int child_join(struct child *c);
/** Gives the child a page of records: 63 credits or so. */
int child_credits(struct child *c);
/** Receives the next message, which must have this tag and come from the child. */
void child_message(struct child *c, struct msg *m, int tag);

/** A device that nobody uses, by its name on this board: its DEV frame, its line stored.  Skips if there is none. */
int device_new(const char *name, int *irq);
/** The same, but 0 if there is none. */
int device_try(const char *name, int *irq);
/** Gives it back. */
void device_return(int f_id);

/** A number from the environment, for tests that can be told to do more; `otherwise` if it is not set. */
int test_setting(const char *name, int otherwise);

/** How many waits may be late: `busy` on a host that may delay the guest, none where time is instructions (`tests/run latency`,
 * which says TIME_EXACT=1). */
int late_allowed(int busy);

/** Starts another role of this very program as an ordinary process: its ROLE function runs instead of the test. */
int role_spawn(const char *role);
/** Waits for it; its status. */
int role_wait(int pid);
/** The roles that a test has; without any, leave it out. */
struct test_role {
	const char *name;
	int (*run)(int parent);
};
extern const struct test_role test_roles[] __attribute__((weak));

#endif
