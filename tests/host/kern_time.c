/* SPDX-License-Identifier: ISC
 * Claim: the kernel's trees of timers run what is due for who runs or is above it, of each level in the order of its times,
 * and nothing else, whatever was armed, moved and cancelled before, and the rest when somebody lower runs; conversions between ticks and nanoseconds lose less than a tick.  The machine is a counter. */
#include "../../kern/time.c"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIMERS 200
#define LEVELS 3

struct cpu host_cpu[4];
int model_cpu;
uint8_t *host_ram;

static uint64_t now, set_to;
static struct thread threads[TIMERS];
static bool wanted[TIMERS];
static uint64_t last_run[LEVELS];
static int running; /* the level of who runs */

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
	assert(t->timer.level >= running && t->timer.at >= last_run[t->timer.level] && t->timer.at <= now);
	last_run[t->timer.level] = t->timer.at;
	wanted[t - threads] = false;
}

static uint64_t earliest(int from)
{
	uint64_t at = UINT64_MAX;

	for (int i = 0; i < TIMERS; i++)
		if (wanted[i] && threads[i].timer.level >= from && threads[i].timer.at < at)
			at = threads[i].timer.at;
	return at;
}

/* Somebody of another level runs: what is due for it is run first. */
static void run_level(int level)
{
	running = level;
	while (time_lower(level))
		;
	assert(earliest(level) > now);
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
			timer_arm(&threads[i].timer, now + 1 + (uint64_t)(rand() % 1000), rand() % LEVELS);
			wanted[i] = true;
		} else {
			timer_cancel(&threads[i].timer);
			wanted[i] = false;
		}
		if (rand() % 4 == 0)
			now += (uint64_t)(rand() % 50);
		memset(last_run, 0, sizeof last_run);
		while (set_to <= now)
			time_expire(running);
		assert(earliest(running) > now && set_to <= earliest(running));
		if (rand() % 4 == 0)
			run_level(rand() % LEVELS);
	}
	for (int64_t ns = 1; ns < INT64_MAX / 20; ns *= 7)
		assert(ns - time_ns(time_ticks(ns)) >= 0 && ns - time_ns(time_ticks(ns)) < 16);
	return 0;
}
