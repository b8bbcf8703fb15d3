/* SPDX-License-Identifier: ISC
 * Claim: the kernel's tree of timers runs what is due in the order of its times, and nothing else, whatever was armed, moved
 * and cancelled before; conversions between ticks and nanoseconds lose less than a tick.  The machine is a counter. */
#include "../../kern/time.c"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define TIMERS 200

struct cpu host_cpu[4];
int model_cpu;
uint8_t *host_ram;

static uint64_t now, set_to;
static struct thread threads[TIMERS];
static bool wanted[TIMERS];
static uint64_t last_run;

uint64_t timer_now(void)
{
	return now;
}

void timer_set(uint64_t at)
{
	set_to = at;
}

void timer_stop(void)
{
	set_to = UINT64_MAX;
}

uint32_t timer_hz(void)
{
	return 62500000;
}

void proc_notify(struct proc *p, uint32_t bits)
{
	(void)p, (void)bits;
	abort();
}

void thread_wake(struct thread *t, int result)
{
	assert(result == ERR_TIMEOUT && wanted[t - threads]);
	assert(t->timer.at >= last_run && t->timer.at <= now);
	last_run = t->timer.at;
	wanted[t - threads] = false;
}

static uint64_t earliest(void)
{
	uint64_t at = UINT64_MAX;

	for (int i = 0; i < TIMERS; i++)
		if (wanted[i] && threads[i].timer.at < at)
			at = threads[i].timer.at;
	return at;
}

int main(void)
{
	host_cpu[0].timer_at = UINT64_MAX;
	for (int i = 0; i < TIMERS; i++)
		threads[i].timer.bit = TIMER_THREAD;
	srand(1);
	for (int step = 0; step < 100000; step++) {
		int i = rand() % TIMERS;

		if (rand() % 3) {
			timer_arm(&threads[i].timer, now + (uint64_t)(rand() % 1000));
			wanted[i] = true;
		} else {
			timer_cancel(&threads[i].timer);
			wanted[i] = false;
		}
		if (rand() % 4 == 0)
			now += (uint64_t)(rand() % 50);
		last_run = 0;
		while (earliest() <= now)
			time_expire();
		assert(first == NULL ? earliest() == UINT64_MAX : first->at == earliest());
	}
	for (int64_t ns = 1; ns < INT64_MAX / 20; ns *= 7)
		assert(ns - time_ns(time_ticks(ns)) >= 0 && ns - time_ns(time_ticks(ns)) < 16);
	return 0;
}
