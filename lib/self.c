/* SPDX-License-Identifier: ISC
 * Which process and which thread this is: one struct each, and the lock that a thread may take twice. */
#include "self.h"

struct self self;

static struct self_thread thread_main;

/* The user's thread-pointer register holds 0 in threads that thread_start did not make. */
struct self_thread *self_thread(void)
{
	struct self_thread *t;

	__asm__ volatile("mrc p15, 0, %0, c13, c0, 2" : "=r"(t));
	return t ? t : &thread_main;
}

void rlock_lock(struct rlock *l)
{
	if (l->mutex.owner != thread_self())
		mutex_lock(&l->mutex);
	l->depth++;
}

void rlock_unlock(struct rlock *l)
{
	if (--l->depth == 0)
		mutex_unlock(&l->mutex);
}
