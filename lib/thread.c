/* SPDX-License-Identifier: ISC
 * Threads with stacks of their own.  What a thread has is a struct on top of its stack, which its thread-pointer register
 * points at; below the stack is a guard page.  A thread's end touches no stack once its joiner may take that away. */
#include "self.h"
#include "call.h"
#include "memory.h"
#include "page.h"
#include "sync.h"
#include "vm.h"

struct thread {
	struct self_thread self; /* what the thread-pointer register finds */
	void (*fn)(void *arg);
	void *arg;
	struct thread *next;
	int tid, joiner, done;
	uint8_t *guard;
	size_t stack_len;
	int stack_frame, thread_frame;
};

static struct mutex lock = MUTEX_INIT;
static struct thread *threads;

/* Wakes the joiner and ends, from registers alone. */
static void __attribute__((noreturn)) thread_vanish(int joiner)
{
	register int r0 __asm__("r0") = joiner;
	register int r12 __asm__("r12") = CALL_thread_unpark;

	__asm__ volatile("svc #0\n\tmov r12, %2\n\tsvc #0" : "+r"(r0) : "r"(r12), "i"(CALL_thread_exit) : "memory");
	__builtin_unreachable();
}

static void thread_entry(struct thread *t)
{
	__asm__ volatile("mcr p15, 0, %0, c13, c0, 2" : : "r"(t));
	t->fn(t->arg);
	/* Either the joiner sees `done`, or it is seen here and woken: each writes its word before it reads the other's. */
	__atomic_store_n(&t->done, 1, __ATOMIC_SEQ_CST);
	thread_vanish(__atomic_load_n(&t->joiner, __ATOMIC_SEQ_CST));
}

static void thread_discard(struct thread *t)
{
	uint8_t *guard = t->guard;
	size_t len = t->stack_len;
	int stack = t->stack_frame, frame = t->thread_frame;

	vm_unmap(guard + PAGE_SIZE, len);
	vm_release(guard, PAGE_SIZE + len);
	page_free(stack);
	page_free(frame);
}

/* Maps a stack of that frame above its guard page, reserved at *guard, or elsewhere if a pager has taken that span. */
static int stack_map(uint8_t **guard, size_t len, int stack)
{
	int r = vm_map_at(*guard + PAGE_SIZE, stack, 0, 0, F_MAP_READ | F_MAP_WRITE);
	uint8_t *elsewhere = r < 0 ? vm_reserve_again(*guard, PAGE_SIZE + len, 0) : NULL;

	if (!elsewhere)
		return r;
	*guard = elsewhere;
	return vm_map_at(*guard + PAGE_SIZE, stack, 0, 0, F_MAP_READ | F_MAP_WRITE);
}

static struct thread *thread_make(size_t stack_len)
{
	size_t len = (stack_len + sizeof(struct thread) + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);
	uint8_t *guard = vm_reserve(PAGE_SIZE + len, 0);
	int stack = guard ? page_alloc(len, 0) : ERR_MEMORY, frame = page_alloc(THREAD_SIZE, 0);
	struct thread *t;

	if (stack > 0 && frame > 0 && stack_map(&guard, len, stack) == 0) {
		t = (struct thread *)(void *)(guard + PAGE_SIZE + len - ((sizeof *t + 7) & ~(size_t)7));
		*t = (struct thread){.guard = guard, .stack_len = len, .stack_frame = stack, .thread_frame = frame};
		return t;
	}
	if (frame > 0)
		page_free(frame);
	if (stack > 0)
		page_free(stack);
	if (guard)
		vm_release(guard, PAGE_SIZE + len);
	return NULL;
}

int thread_start(void (*fn)(void *arg), void *arg, size_t stack_len)
{
	struct thread *t = thread_make(stack_len);
	int tid;

	if (!t)
		return ERR_MEMORY;
	t->fn = fn;
	t->arg = arg;
	mutex_lock(&lock);
	tid = thread_new(0, t->thread_frame, (uintptr_t)thread_entry, (uintptr_t)t, (uintptr_t)t);
	if (tid > 0) {
		t->tid = tid;
		t->next = threads;
		threads = t;
	}
	mutex_unlock(&lock);
	if (tid < 0)
		thread_discard(t);
	return tid;
}

static struct thread *thread_unlink(int tid)
{
	struct thread **at = &threads, *t;

	mutex_lock(&lock);
	while (*at && (*at)->tid != tid)
		at = &(*at)->next;
	t = *at;
	if (t) {
		*at = t->next;
		__atomic_store_n(&t->joiner, thread_self(), __ATOMIC_SEQ_CST);
	}
	mutex_unlock(&lock);
	return t;
}

int thread_join(int tid)
{
	struct thread *t = thread_unlink(tid);
	int permits = 0;
	struct frame f;

	if (!t)
		return ERR_PROC;
	while (!__atomic_load_n(&t->done, __ATOMIC_SEQ_CST))
		permits += thread_park(-1) == 0;
	/* Only its last two calls are left: it goes before me until its frame is memory again. */
	thread_priority(tid, self.info->priority);
	while (frame_info(t->thread_frame, &f) == 0 && f.kind == FRAME_THREAD)
		thread_yield();
	thread_discard(t);
	if (permits > 1)
		thread_unpark(thread_self());
	return 0;
}
