/* SPDX-License-Identifier: ISC
 * The worker: the first process's second thread, which may wait for others where the server must not.  It takes
 * jobs from a queue; what does not fit into the queue is refused, not waited for. */
#include <stdio.h>
#include <string.h>
#include "init.h"

#define JOBS      64
#define FAULT_END 139
#define STACK_LEN (64 * 1024)

enum job_kind { JOB_REPORT, JOB_POWER_OFF };

struct job {
	enum job_kind kind;
	int value; /* the thread to end, or the status */
	char line[160];
};

static struct mutex lock = MUTEX_INIT;
static struct sem queued = SEM_INIT(0);

/* under the lock */
static struct job jobs[JOBS];
static unsigned first, count, lost;

static int job_add(enum job_kind kind, int value, const char *line)
{
	struct job *job;
	int r = -1;

	mutex_lock(&lock);
	if (count < JOBS) {
		job = &jobs[(first + count++) % JOBS];
		job->kind = kind;
		job->value = value;
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

int work_report(int end, const char *line)
{
	return job_add(JOB_REPORT, end, line);
}

/** When even this does not fit, the machine ends without its last line rather than not at all. */
void work_power_off(int status)
{
	if (job_add(JOB_POWER_OFF, status, "") < 0)
		machine_reset();
}

static unsigned job_take(struct job *job)
{
	unsigned missed;

	sem_wait(&queued, -1);
	mutex_lock(&lock);
	*job = jobs[first];
	first = (first + 1) % JOBS;
	count--;
	missed = lost;
	lost = 0;
	mutex_unlock(&lock);
	return missed;
}

static void job_report(const struct job *job, unsigned missed)
{
	struct msg answer = {.tag = FAULT_END};
	char more[48];

	console_write(job->line);
	if (missed) {
		snprintf(more, sizeof(more), "init: and %u more\n", missed);
		console_write(more);
	}
	if (job->value)
		msg_reply(job->value, &answer);
}

static void work_run(void *arg)
{
	static struct job job;

	(void)arg;
	boot_start();
	for (;;) {
		unsigned missed = job_take(&job);

		if (job.kind == JOB_POWER_OFF)
			power_off(job.value);
		else
			job_report(&job, missed);
	}
}

void work_start(void)
{
	thread_start(work_run, NULL, STACK_LEN);
}
