/* SPDX-License-Identifier: ISC
 * Mutexes, conditions and semaphores.  A mutex is one word: 0 free, 1 held, else the address of the last waiter with
 * bit 0 set.  Waiters push themselves; only the holder takes them off, so popping needs no lock.  It is handed to the
 * longest waiter.  Never makes a call where nobody waits, and never spins. */
#include "clock.h"
#include "proc.h"
#include "sync.h"

#define HELD 1u

struct sync_waiter {
	struct sync_waiter *next, *prev;
	int tid;
	int woken;
};

static int is_woken(struct sync_waiter *w)
{
	return __atomic_load_n(&w->woken, __ATOMIC_ACQUIRE);
}

/* The waiter lies on its thread's stack: after `woken` is set it must not be touched. */
static void waiter_wake(struct sync_waiter *w)
{
	int tid = w->tid;

	__atomic_store_n(&w->woken, 1, __ATOMIC_RELEASE);
	thread_unpark(tid);
}

/* Parks until woken or past `deadline` (-1: none).  A permit meant for something else is put back at the end. */
static int waiter_wait(struct sync_waiter *w, int64_t deadline)
{
	int parks = 0, r = 0;

	while (!is_woken(w) && r >= 0) {
		int64_t left = deadline < 0 ? -1 : deadline - time_now();

		r = thread_park(deadline >= 0 && left < 0 ? 0 : left);
		parks += r >= 0;
	}
	if (parks > 1)
		thread_unpark(w->tid);
	return is_woken(w) ? 0 : ERR_TIMEOUT;
}

static int64_t deadline_after(int64_t timeout)
{
	int64_t now = time_now();

	return timeout < 0 || timeout > INT64_MAX - now ? -1 : now + timeout;
}

int mutex_try(struct mutex *m)
{
	uint32_t none = 0;

	if (!__atomic_compare_exchange_n(&m->word, &none, HELD, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return 0;
	__atomic_store_n(&m->owner, thread_self(), __ATOMIC_RELAXED);
	return 1;
}

void mutex_lock(struct mutex *m)
{
	struct sync_waiter w = {0, 0, 0, 0};
	uint32_t seen;

	if (mutex_try(m))
		return;
	w.tid = thread_self();
	do {
		seen = __atomic_load_n(&m->word, __ATOMIC_RELAXED);
		if (!seen && mutex_try(m))
			return;
		w.next = (struct sync_waiter *)(seen & ~HELD);
	} while (!seen || !__atomic_compare_exchange_n(
				  &m->word, &seen, (uint32_t)&w | HELD, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
	waiter_wait(&w, -1);
	__atomic_store_n(&m->owner, w.tid, __ATOMIC_RELAXED);
}

/* The waiters that pushed themselves since, oldest first. */
static struct sync_waiter *mutex_waiters(struct mutex *m)
{
	uint32_t seen = __atomic_exchange_n(&m->word, HELD, __ATOMIC_ACQUIRE);
	struct sync_waiter *w = (struct sync_waiter *)(seen & ~HELD), *list = NULL;

	while (w) {
		struct sync_waiter *next = w->next;

		w->next = list;
		list = w;
		w = next;
	}
	return list;
}

void mutex_unlock(struct mutex *m)
{
	struct sync_waiter *w = m->waiters;
	uint32_t held = HELD;

	__atomic_store_n(&m->owner, 0, __ATOMIC_RELAXED);
	if (!w) {
		if (__atomic_compare_exchange_n(&m->word, &held, 0, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
			return;
		w = mutex_waiters(m);
	}
	m->waiters = w->next;
	waiter_wake(w);
}

/* Rings: `*ring` is the last waiter, whose next is the first. */
static void ring_add(struct sync_waiter **ring, struct sync_waiter *w)
{
	struct sync_waiter *last = *ring ? *ring : w;

	w->next = *ring ? last->next : w;
	w->prev = last;
	last->next = w;
	w->next->prev = w;
	*ring = w;
}

static void ring_remove(struct sync_waiter **ring, struct sync_waiter *w)
{
	if (w->next == w) {
		*ring = NULL;
		return;
	}
	w->next->prev = w->prev;
	w->prev->next = w->next;
	if (*ring == w)
		*ring = w->prev;
}

static void ring_wake(struct sync_waiter **ring)
{
	struct sync_waiter *first = (*ring)->next;

	ring_remove(ring, first);
	waiter_wake(first);
}

/* Waits on a ring whose guard is not held (any more).  Who times out takes itself off, unless it was woken just then. */
static int ring_wait(struct mutex *guard, struct sync_waiter **ring, struct sync_waiter *w, int64_t deadline)
{
	int r = waiter_wait(w, deadline);

	if (r >= 0)
		return r;
	mutex_lock(guard);
	if (is_woken(w))
		r = 0;
	else
		ring_remove(ring, w);
	mutex_unlock(guard);
	return r;
}

int cond_wait(struct cond *c, struct mutex *m, int64_t timeout)
{
	struct sync_waiter w = {0, 0, thread_self(), 0};
	int64_t deadline = deadline_after(timeout);
	int r;

	mutex_lock(&c->guard);
	ring_add(&c->waiters, &w);
	mutex_unlock(&c->guard);
	mutex_unlock(m);
	r = ring_wait(&c->guard, &c->waiters, &w, deadline);
	mutex_lock(m);
	return r;
}

void cond_signal(struct cond *c)
{
	mutex_lock(&c->guard);
	if (c->waiters)
		ring_wake(&c->waiters);
	mutex_unlock(&c->guard);
}

void cond_broadcast(struct cond *c)
{
	mutex_lock(&c->guard);
	while (c->waiters)
		ring_wake(&c->waiters);
	mutex_unlock(&c->guard);
}

int sem_wait(struct sem *s, int64_t timeout)
{
	struct sync_waiter w = {0, 0, thread_self(), 0};
	int64_t deadline = deadline_after(timeout);

	mutex_lock(&s->guard);
	if (s->count > 0) {
		s->count--;
		mutex_unlock(&s->guard);
		return 0;
	}
	ring_add(&s->waiters, &w);
	mutex_unlock(&s->guard);
	return ring_wait(&s->guard, &s->waiters, &w, deadline);
}

void sem_post(struct sem *s)
{
	mutex_lock(&s->guard);
	if (s->waiters)
		ring_wake(&s->waiters);
	else
		s->count++;
	mutex_unlock(&s->guard);
}
