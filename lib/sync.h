/* SPDX-License-Identifier: ISC
 * Mutexes, conditions, semaphores and threads, over thread_park and thread_unpark: no call where nobody waits. */
#ifndef MULLION_SYNC_H
#define MULLION_SYNC_H

#include <stddef.h>
#include <stdint.h>

struct sync_waiter;
struct mutex {
	uint32_t word;
	struct sync_waiter *waiters;
	int owner;
};
struct cond {
	struct mutex guard;
	struct sync_waiter *waiters;
};
struct sem {
	struct mutex guard;
	int count;
	struct sync_waiter *waiters;
};

#define MUTEX_INIT                                                                                                     \
	{                                                                                                              \
		0, 0, 0                                                                                                \
	}
#define COND_INIT                                                                                                      \
	{                                                                                                              \
		MUTEX_INIT, 0                                                                                          \
	}
#define SEM_INIT(n)                                                                                                    \
	{                                                                                                              \
		MUTEX_INIT, (n), 0                                                                                     \
	}

/** Waits until m is free, however long, and takes it. */
void mutex_lock(struct mutex *m);

/** Takes m if it is free, and waits for nothing.  Returns 1 if it is mine now, else 0. */
int mutex_try(struct mutex *m);

/** Lets go of m, which the caller has locked, and wakes a thread that waits for it. */
void mutex_unlock(struct mutex *m);
/** Lets go of m, waits to be woken (at most `timeout` ns, -1 for ever), takes m again, after ERR_TIMEOUT too.
 * Others may have had m before: test the condition again.  ERR_TIMEOUT. */
int cond_wait(struct cond *c, struct mutex *m, int64_t timeout);

/** Wakes one thread that waits at c, if any does. */
void cond_signal(struct cond *c);

/** Wakes all threads that wait at c. */
void cond_broadcast(struct cond *c);

/** Waits until the count is above 0 (at most `timeout` ns, -1 for ever, 0 a poll), and takes one off.  ERR_TIMEOUT. */
int sem_wait(struct sem *s, int64_t timeout);

/** Adds one to the count, and wakes a thread that waits for it. */
void sem_post(struct sem *s);

/** Starts a thread of this process on a stack of its own with a guard page below.  Returns its id. */
int thread_start(void (*fn)(void *arg), void *arg, size_t stack_len);
/** Waits until a thread made by thread_start has returned, and frees its stack. */
int thread_join(int tid);

#endif
