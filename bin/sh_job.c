/* SPDX-License-Identifier: ISC
 * Jobs: the processes that the shell started, and what became of them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"
#include "sh_os.h"

#define BUSY_CALLS 1024 /* of busy(), before it asks: a call costs more than most rounds of a loop */

struct job {
	struct job *next;
	int number; /* [1] and so on; 0: in the foreground */
	int *pid;   /* 0: has ended */
	size_t n, cap, live;
	int status; /* of the one added last */
	int last;   /* its pid */
	char *text;
};

/** A process that belongs to no job and has ended. */
struct ended {
	struct ended *next;
	int pid, status;
};

static struct job *jobs;
static struct ended *strangers;
static int interrupted;

struct job *job_new(void)
{
	struct job *j = mem_get(sizeof *j);

	memset(j, 0, sizeof *j);
	j->next = jobs;
	jobs = j;
	return j;
}

void job_add(struct job *j, int pid)
{
	int *more;

	j->last = pid;
	if (pid < 0) {
		j->status = -pid;
		return;
	}
	more = mem_grow(j->pid, &j->cap, j->n + 1, sizeof *more);
	if (!more) {
		os_kill(pid, 130); /* nobody would wait for it */
		return;
	}
	j->pid = more;
	j->pid[j->n++] = pid;
	j->live++;
}

static void job_free(struct job *j)
{
	struct job **p = &jobs;

	while (*p != j)
		p = &(*p)->next;
	*p = j->next;
	mem_free(j->pid);
	mem_free(j->text);
	mem_free(j);
}

static void died(int pid, int status)
{
	struct ended *e;
	struct job *j;
	size_t i;

	for (j = jobs; j; j = j->next) {
		for (i = 0; i < j->n; i++) {
			if (j->pid[i] != pid)
				continue;
			j->pid[i] = 0;
			j->live--;
			if (pid == j->last)
				j->status = status;
			return;
		}
	}
	e = mem_get(sizeof *e);
	e->pid = pid;
	e->status = status;
	e->next = strangers;
	strangers = e;
}

int event_note(const struct os_event *ev)
{
	if (ev->kind == OS_DIED)
		died(ev->pid, ev->status);
	interrupted |= ev->kind == OS_INTR;
	return interrupted;
}

/** Takes one event; 0 if there was none. */
static int event(int wait)
{
	struct os_event ev;

	os_event(&ev, wait, -1);
	event_note(&ev);
	return ev.kind != OS_NONE;
}

static void job_end(struct job *j, int status)
{
	size_t i;

	for (i = 0; i < j->n; i++)
		if (j->pid[i])
			os_kill(j->pid[i], status);
}

/** After Ctrl-C: what the ended programs left behind ends too, but not what runs in the background. */
void jobs_end_strays(void)
{
	struct job *j;
	size_t n = 0, i;
	int *keep;

	for (j = jobs; j; j = j->next)
		n += j->n;
	keep = mem_try((n + 1) * sizeof *keep);
	if (!keep)
		return;
	for (n = 0, j = jobs; j; j = j->next)
		for (i = 0; i < j->n; i++)
			if (j->pid[i])
				keep[n++] = j->pid[i];
	os_kill_strays(keep, n);
	mem_free(keep);
}

static void interrupt_take(void)
{
	interrupted = 0;
	sh.status = 130;
	sh.flow = FLOW_ABORT;
}

/** Waits until the job has ended or Ctrl-C was typed. */
static void job_finish(struct job *j)
{
	while (j->live && !interrupted && event(1))
		;
}

int job_wait(struct job *j)
{
	int status;

	out_flush();
	job_finish(j);
	if (interrupted) {
		interrupted = 0;
		job_end(j, 130);
		job_finish(j);
		jobs_end_strays();
		interrupt_take();
	}
	status = sh.flow == FLOW_ABORT ? 130 : j->status;
	job_free(j);
	return status;
}

void job_keep(struct job *j, const char *text)
{
	struct str line = {0};
	struct job *k;

	j->text = mem_dup(text);
	for (k = jobs; k; k = k->next)
		if (k->number >= j->number && k != j)
			j->number = k->number;
	j->number++;
	if (j->last > 0)
		sh.last_async = j->last;
	if (!sh.interactive)
		return;
	str_printf(&line, "[%d] %d\n", j->number, j->last);
	err_text(str_text(&line));
	str_free(&line);
}

static int kept(void)
{
	struct job *j;

	for (j = jobs; j; j = j->next)
		if (j->number)
			return 1;
	return 0;
}

void jobs_poll(void)
{
	if (!sh.interactive && !kept())
		return;
	while (event(0))
		;
	if (interrupted)
		interrupt_take();
}

int busy(void)
{
	static unsigned calls;

	if (++calls % BUSY_CALLS == 0 && sh.interactive)
		jobs_poll();
	return sh.flow != FLOW_ON;
}

static void job_line(struct str *b, const struct job *j)
{
	if (j->live)
		str_printf(b, "[%d] running     %d  %s\n", j->number, j->last, j->text);
	else if (j->status)
		str_printf(b, "[%d] status %-4d %d  %s\n", j->number, j->status, j->last, j->text);
	else
		str_printf(b, "[%d] done        %d  %s\n", j->number, j->last, j->text);
}

void jobs_report(void)
{
	struct str b = {0};
	struct job *j, *next;

	while (event(0))
		;
	interrupted = 0;
	for (j = jobs; j; j = next) {
		next = j->next;
		if (!j->number || j->live)
			continue;
		job_line(&b, j);
		job_free(j);
	}
	if (b.n)
		err_text(b.s);
	str_free(&b);
}

int do_jobs(int argc, char **argv)
{
	struct str b = {0};
	struct job *j;
	int i, last = 0;

	(void)argv;
	if (argc > 1)
		return usage("jobs");
	while (event(0))
		;
	for (j = jobs; j; j = j->next)
		last = j->number > last ? j->number : last;
	for (i = 1; i <= last; i++)
		for (j = jobs; j; j = j->next)
			if (j->number == i)
				job_line(&b, j);
	out(str_text(&b));
	str_free(&b);
	return 0;
}

/** The job that %N or a pid names; a pid of no job: NULL and *pid. */
static struct job *job_named(const char *name, int *pid)
{
	const char *digits = name + (*name == '%');
	int64_t n = 0;
	struct job *j;
	size_t i;

	if (!number_parse(digits, strlen(digits), &n) || n < 0 || n > INT32_MAX)
		n = 0;
	*pid = *name == '%' ? 0 : (int)n;
	for (j = jobs; j; j = j->next) {
		if (*name == '%' && j->number == n && n)
			return j;
		for (i = 0; *pid && i < j->n; i++)
			if (j->pid[i] == *pid || j->last == *pid)
				return j;
	}
	return NULL;
}

/** Takes the status of a process of no job if it is known; -1. */
static int stranger_take(int pid)
{
	struct ended **p, *e;
	int status;

	for (p = &strangers; (e = *p) != NULL; p = &e->next) {
		if (e->pid != pid)
			continue;
		status = e->status;
		*p = e->next;
		mem_free(e);
		return status;
	}
	return -1;
}

/** Waits in the foreground, but Ctrl-C ends only the waiting. */
static int wait_one(const char *name)
{
	int pid, status;
	struct job *j = job_named(name, &pid);

	if (j) {
		job_finish(j);
		status = j->status;
		if (!interrupted)
			job_free(j);
	} else {
		if (!pid) {
			complain("wait: %s: no such job", name);
			return 127;
		}
		while ((status = stranger_take(pid)) < 0 && !interrupted)
			if (!os_child(pid) || !event(1)) {
				complain("wait: %s: no child of this shell", name);
				return 127;
			}
	}
	if (!interrupted)
		return status;
	interrupt_take();
	return 130;
}

int do_wait(int argc, char **argv)
{
	struct job *j, *next;
	int i, status = 0;

	for (i = 1; i < argc && !sh.flow; i++)
		status = wait_one(argv[i]);
	if (argc > 1)
		return status;
	for (j = jobs; j && !interrupted; j = next) {
		job_finish(j);
		next = j->next;
		if (!interrupted)
			job_free(j);
	}
	if (interrupted)
		interrupt_take();
	return sh.flow ? 130 : 0;
}

int do_fg(int argc, char **argv)
{
	int pid;
	struct job *j = argc > 1 ? job_named(argv[1], &pid) : jobs;

	while (argc == 1 && j && !j->number)
		j = j->next;
	if (!j) {
		complain("fg: no such job");
		return 1;
	}
	outf("%s\n", j->text);
	return job_wait(j);
}

int do_kill(int argc, char **argv)
{
	int i = 1, pid, status = 143, result = 0;
	struct job *j;

	if (argc > 2 && argv[1][0] == '-') {
		status = number_arg("kill", argv[1] + 1);
		if (status > 127)
			complain("kill: %s: not between 0 and 127", argv[1] + 1);
		if (status < 0 || status > 127)
			return 2;
		status += 128;
		i++;
	}
	if (i >= argc)
		return usage("kill");
	for (; i < argc; i++) {
		j = job_named(argv[i], &pid);
		if (j) {
			job_end(j, status);
		} else if (!pid || os_kill(pid, status) < 0) {
			complain("kill: %s: %s", argv[i], pid ? os_error() : "no such job");
			result = 1;
		}
	}
	return result;
}
