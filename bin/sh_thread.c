/* SPDX-License-Identifier: ISC
 * Threads, priorities and what else the calls say about processes, as words. */
#include <string.h>
#include "sh_mull.h"

/** PID and up to three numbers; missing ones are 0.  -1 after reporting. */
static int pid_numbers(int argc, char **argv, int min, int max, int *pid, uint32_t *n)
{
	int i;

	memset(n, 0, 4 * sizeof(*n));
	if (argc - 2 < min || argc - 2 > max) {
		usage(argv[0]);
		return -1;
	}
	for (i = 2; i < argc; i++)
		if (word_number(argv[0], argv[i], &n[i - 2]) < 0)
			return -1;
	return word_pid(argv[0], argv[1], pid);
}

static int do_count(int argc, char **argv)
{
	int pid = 0;

	if (argc > 1 && word_pid("count", argv[1], &pid) < 0)
		return 2;
	return word_result("count", frame_count(pid));
}

static int do_priority(int argc, char **argv)
{
	uint32_t n[4];
	int pid;

	return pid_numbers(argc, argv, 1, 1, &pid, n) < 0 ? 2 : word_done("priority", proc_priority(pid, (int)n[0]));
}

static int do_watch(int argc, char **argv)
{
	uint32_t n[4];
	int pid;

	return pid_numbers(argc, argv, 1, 1, &pid, n) < 0 ? 2 : word_done("watch", proc_watch(pid, (int)n[0]));
}

static int do_threads(int argc, char **argv)
{
	int pid = 0, tid;

	if (argc > 1 && word_pid("threads", argv[1], &pid) < 0)
		return 2;
	tid = thread_next(pid, 0);
	for (; tid > 0; tid = thread_next(pid, tid))
		outf("%d\n", tid);
	return word_done("threads", tid);
}

/** thread PID PC [SP [ARG]]: in a page of the shell's own, which becomes the thread. */
static int do_thread(int argc, char **argv)
{
	uint32_t n[4];
	int pid, f, tid;

	if (pid_numbers(argc, argv, 1, 3, &pid, n) < 0)
		return 2;
	f = page_alloc(THREAD_SIZE, 0);
	if (f < 0)
		return word_refused("thread", f);
	tid = thread_new(pid, f, n[0], n[1], n[2]);
	if (tid < 0)
		page_free(f);
	return word_result("thread", tid);
}

static int do_now(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	outf("%lld\n", (long long)time_now());
	return 0;
}

static const struct builtin words[] = {
	{"count", do_count, "[PID]", NULL, CALL_frame_count, 0},
	{"now", do_now, "", "prints the nanoseconds since boot", 0, 0},
	{"priority", do_priority, "PID N", NULL, CALL_proc_priority, 0},
	{"thread", do_thread, "PID PC [SP [ARG]]", NULL, CALL_thread_new, 0},
	{"threads", do_threads, "[PID]", "lists a process's threads", 0, 0},
	{"watch", do_watch, "PID BIT", NULL, CALL_proc_watch, 0},
};

void words_thread(void)
{
	builtins_add(words, sizeof(words) / sizeof(*words));
}
