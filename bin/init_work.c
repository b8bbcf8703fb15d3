/* SPDX-License-Identifier: ISC
 * The worker: the first process's second thread, which may wait for others where the server must not.  It takes
 * jobs from a queue; what does not fit into the queue is refused, not waited for. */
#include <stdio.h>
#include <string.h>
#include "init.h"

#define JOBS      64
#define FAULT_END 139
#define STACK_LEN (64 * 1024)

enum job_kind { JOB_REPORT, JOB_GRANT, JOB_POWER_OFF };

struct job {
	enum job_kind kind;
	int value; /* the thread to end or to answer, or the status */
	int f_id;  /* of a grant */
	size_t len;
	char line[160];
};

static struct mutex lock = MUTEX_INIT;
static struct sem queued = SEM_INIT(0);

/* under the lock */
static struct job jobs[JOBS];
static unsigned first, count, lost;

static int job_add(const struct job *job)
{
	int r = -1;

	mutex_lock(&lock);
	if (count < JOBS) {
		jobs[(first + count++) % JOBS] = *job;
		r = 0;
	} else {
		lost += job->kind == JOB_REPORT;
	}
	mutex_unlock(&lock);
	if (r == 0)
		sem_post(&queued);
	return r;
}

int work_report(int end, const char *line)
{
	struct job job = {.kind = JOB_REPORT, .value = end};

	snprintf(job.line, sizeof(job.line), "%s", line);
	return job_add(&job);
}

int work_grant(int to, int f_id, size_t len)
{
	struct job job = {.kind = JOB_GRANT, .value = to, .f_id = f_id, .len = len};

	return job_add(&job);
}

/** When even this does not fit, the machine ends without its last line rather than not at all. */
void work_power_off(int status)
{
	struct job job = {.kind = JOB_POWER_OFF, .value = status};

	if (job_add(&job) < 0)
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

static void job_grant(const struct job *job)
{
	struct msg answer = {.frame = job->f_id};

	if (mem_zero(WINDOW_WORK, WINDOW_WORK_LEN, job->f_id, job->len) < 0) {
		answer.tag = ERR_RECORDS;
		answer.frame = 0;
	}
	if (msg_reply(job->value, &answer) < 0 || !answer.frame)
		mem_put(job->f_id);
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
		if (job.kind == JOB_GRANT)
			job_grant(&job);
		else
			job_report(&job, missed);
	}
}

void work_start(void)
{
	thread_start(work_run, NULL, STACK_LEN);
}
