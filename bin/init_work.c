/* SPDX-License-Identifier: ISC
 * The worker: the first process's second thread, which may wait for others where the server must not.  It takes
 * jobs from a queue; what does not fit into the queue is refused, not waited for. */
#include <stdio.h>
#include <string.h>
#include "init.h"

#define JOBS      64
#define FAULT_END 139
#define STACK_LEN (64 * 1024)

/** A line, and whose fault is answered when it is out. */
struct job {
	int to; /* 0: nobody's */
	uint32_t call;
	char line[160];
};

static struct mutex lock = MUTEX_INIT;
static struct sem queued = SEM_INIT(0);

/* under the lock */
static struct job jobs[JOBS];
static unsigned first, count, lost;
static int off, off_status; /* powering off goes before all that is queued */

int work_report(const struct msg *m, const char *line)
{
	struct job *job;
	int r = -1;

	mutex_lock(&lock);
	if (count < JOBS) {
		job = &jobs[(first + count++) % JOBS];
		job->to = m ? m->from : 0;
		job->call = m ? m->call : 0;
		snprintf(job->line, sizeof(job->line), "%s", line);
		r = 0;
	} else {
		lost++;
	}
	mutex_unlock(&lock);
	if (r == 0)
		sem_post(&queued);
	return r;
}

void work_power_off(int status)
{
	mutex_lock(&lock);
	off = 1;
	off_status = status;
	mutex_unlock(&lock);
	sem_post(&queued);
}

/** Whether there is a job; powers off if that is asked for. */
static int job_take(struct job *job, unsigned *missed)
{
	int any, end, status;

	sem_wait(&queued, -1);
	mutex_lock(&lock);
	end = off;
	status = off_status;
	any = count > 0;
	if (any) {
		*job = jobs[first];
		first = (first + 1) % JOBS;
		count--;
	}
	*missed = lost;
	lost = 0;
	mutex_unlock(&lock);
	if (end)
		power_off(status);
	return any;
}

static void job_report(const struct job *job, unsigned missed)
{
	struct msg answer = {.tag = FAULT_END, .call = job->call};
	char more[48];

	console_write(job->line);
	if (missed) {
		snprintf(more, sizeof(more), "init: and %u more\n", missed);
		console_write(more);
	}
	if (job->to)
		msg_reply(job->to, &answer);
}

static void work_run(void *arg)
{
	static struct job job;
	unsigned missed;

	(void)arg;
	boot_start();
	for (;;)
		if (job_take(&job, &missed))
			job_report(&job, missed);
}

void work_start(void)
{
	thread_start(work_run, NULL, STACK_LEN);
}
