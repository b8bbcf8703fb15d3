/* SPDX-License-Identifier: ISC
 * Mutexes, conditions and semaphores between threads. */
#include "test.h"

static struct mutex lock = MUTEX_INIT;
static struct sem done = SEM_INIT(0);
static struct cond full = COND_INIT;
static volatile int inside, count, items, taken;

static void counts(void *arg)
{
	(void)arg;
	for (int n = 0; n < 200; n++) {
		mutex_lock(&lock);
		inside++;
		if (n % 8 == 0)
			thread_yield();
		count += inside == 1;
		inside--;
		mutex_unlock(&lock);
	}
	sem_post(&done);
}

static void takes(void *arg)
{
	(void)arg;
	mutex_lock(&lock);
	while (!items)
		cond_wait(&full, &lock, -1);
	items--;
	taken++;
	mutex_unlock(&lock);
	sem_post(&done);
}

TEST("a mutex lets one thread in, a semaphore counts, a condition wakes those who wait")
{
	int tid[4];

	for (int n = 0; n < 4; n++)
		tid[n] = CHECK_OK(thread_start(counts, NULL, 4 * PAGE_SIZE));
	for (int n = 0; n < 4; n++)
		CHECK_OK(sem_wait(&done, PATIENT));
	for (int n = 0; n < 4; n++)
		CHECK_OK(thread_join(tid[n]));
	CHECK_EQ(count, 800);
	CHECK_ERR(sem_wait(&done, SHORT), ERR_TIMEOUT);
	for (int n = 0; n < 4; n++)
		tid[n] = CHECK_OK(thread_start(takes, NULL, 4 * PAGE_SIZE));
	thread_park(MS(5));
	mutex_lock(&lock);
	CHECK_EQ(mutex_try(&lock), 0);
	items = 1;
	cond_signal(&full);
	mutex_unlock(&lock);
	CHECK_OK(sem_wait(&done, PATIENT));
	CHECK_EQ(taken, 1);
	mutex_lock(&lock);
	items = 3;
	cond_broadcast(&full);
	CHECK_ERR(cond_wait(&full, &lock, 0), ERR_TIMEOUT);
	mutex_unlock(&lock);
	for (int n = 0; n < 4; n++)
		CHECK_OK(thread_join(tid[n]));
	CHECK_EQ(taken, 4);
}
