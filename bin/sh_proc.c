/* SPDX-License-Identifier: ISC
 * Processes as words: building one by hand, starting, stopping, looking at it, its end. */
#include <stdlib.h>
#include <string.h>
#include "sh_mull.h"
#include "sh_os.h"

static int do_newproc(int argc, char **argv)
{
	uint32_t f;
	int id, pid;

	if (argc > 2)
		return usage("newproc");
	if (argc > 1 && word_number("newproc", argv[1], &f) < 0)
		return 2;
	id = argc > 1 ? (int)f : page_alloc(PROC_SIZE, 0);
	if (id < 0)
		return word_refused("newproc", id);
	pid = proc_new(id);
	if (pid > 0)
		event_made(pid);
	else if (argc == 1)
		page_free(id);
	return word_result("newproc", pid);
}

static int do_start(int argc, char **argv)
{
	uint32_t n[3] = {0};
	int pid, i;

	if (argc < 3 || argc > 5)
		return usage("start");
	if (word_pid("start", argv[1], &pid) < 0)
		return 2;
	for (i = 2; i < argc; i++)
		if (word_number("start", argv[i], &n[i - 2]) < 0)
			return 2;
	return word_done("start", proc_start(pid, n[0], n[1], n[2]));
}

/** The words that take a process and nothing else. */
static int one_pid(int argc, char **argv, int (*call)(int pid))
{
	int pid;

	if (argc != 2)
		return usage(argv[0]);
	if (word_pid(argv[0], argv[1], &pid) < 0)
		return 2;
	return word_done(argv[0], call(pid));
}

static int do_stop(int argc, char **argv)
{
	return one_pid(argc, argv, proc_stop);
}

static int do_resume(int argc, char **argv)
{
	return one_pid(argc, argv, proc_resume);
}

static int do_reap(int argc, char **argv)
{
	return one_pid(argc, argv, proc_reap);
}

static int do_end(int argc, char **argv)
{
	uint32_t status = 143;
	int pid;

	if (argc < 2 || argc > 3)
		return usage("end");
	if (word_pid("end", argv[1], &pid) < 0 || (argc > 2 && word_number("end", argv[2], &status) < 0))
		return 2;
	return word_done("end", proc_end(pid, (int)status));
}

static int do_pager(int argc, char **argv)
{
	int pid, pager = 0;

	if (argc < 2 || argc > 3)
		return usage("pager");
	if (word_pid("pager", argv[1], &pid) < 0 || (argc > 2 && word_pid("pager", argv[2], &pager) < 0))
		return 2;
	return word_done("pager", proc_pager(pid, pager));
}

static int do_lookup(int argc, char **argv)
{
	return argc == 2 ? word_result("lookup", name_lookup(argv[1])) : usage("lookup");
}

static int do_name(int argc, char **argv)
{
	return argc == 2 ? word_done("name", name_register(argv[1])) : usage("name");
}

static void out_proc(const struct proc_info *p, void *data)
{
	static const char *const states[] = {"?", "stopped", "running", "ended"};
	int state = p->state >= PROC_STOPPED && p->state <= PROC_ENDED ? p->state : 0;

	(void)data;
	outf("%8d  %8d  %-8s  %6d  %6d  %6d  %7d  %6lu\n", p->pid, p->parent, states[state], p->status, p->threads,
		p->frames, p->credits, (unsigned long)p->faults);
}

#define PROC_HEAD "     pid    parent  state     status  thread  frames  credits  faults\n"

/** Without an argument myself and my children, else that process. */
static int do_procs(int argc, char **argv)
{
	struct proc_info info;
	int pid = 0, r;

	if (argc > 2)
		return usage("procs");
	if (argc == 2 && word_pid("procs", argv[1], &pid) < 0)
		return 2;
	r = proc_info(pid, &info);
	if (r < 0)
		return word_refused("procs", r);
	out(PROC_HEAD);
	out_proc(&info, NULL);
	if (argc == 1)
		children_each(out_proc, NULL);
	return 0;
}

/** regs TID [N VALUE]: shows a stopped thread's registers, or sets one. */
static int do_regs(int argc, char **argv)
{
	static const char *const names[] = {
		"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "sp", "lr", "pc"};
	struct regs regs;
	uint32_t tid, n, value;
	int r, i;

	if (argc != 2 && argc != 4)
		return usage("regs");
	if (word_number("regs", argv[1], &tid) < 0)
		return 2;
	r = thread_regs((int)tid, &regs, 0);
	if (r < 0)
		return word_refused("regs", r);
	if (argc == 4) {
		if (word_number("regs", argv[2], &n) < 0 || word_number("regs", argv[3], &value) < 0 || n > 15)
			return usage("regs");
		regs.r[n] = value;
		return word_done("regs", thread_regs((int)tid, &regs, 1));
	}
	for (i = 0; i < 16; i++)
		outf("%-3s 0x%08lx%s", names[i], (unsigned long)regs.r[i], i % 4 == 3 ? "\n" : "  ");
	outf("cpsr 0x%08lx  fpscr 0x%08lx\n", (unsigned long)regs.cpsr, (unsigned long)regs.fpscr);
	return 0;
}

static int do_credits(int argc, char **argv)
{
	struct proc_info info;
	uint32_t n;
	int r;

	if (argc > 2)
		return usage("credits");
	if (argc == 2) {
		if (word_number("credits", argv[1], &n) < 0)
			return 2;
		r = page_credits((int)n);
		if (r < 0)
			return word_refused("credits", r);
	}
	r = proc_info(0, &info);
	return word_result("credits", r < 0 ? r : info.credits);
}

/** sleep SECONDS, with a fraction; Ctrl-C ends it. */
static int do_sleep(int argc, char **argv)
{
	int64_t end, left, ms;
	struct os_event ev;

	if (argc != 2)
		return usage("sleep");
	if (!number_seconds(argv[1], &end)) {
		complain("sleep: %s: not seconds, or too many", argv[1]);
		return 2;
	}
	end += time_now();
	while ((left = end - time_now()) > 0) {
		ms = (left + 999999) / 1000000;
		os_event(&ev, 1, ms < INT32_MAX ? (int)ms : INT32_MAX);
		if (ev.kind != OS_NONE && event_note(&ev))
			return 130;
	}
	return 0;
}

static const struct builtin words[] = {
	{"credits", do_credits, "[N]", "prints the free record credits, after making them N or more", 0, 0},
	{"end", do_end, "PID [STATUS]", NULL, CALL_proc_end, 0},
	{"lookup", do_lookup, "NAME", "prints the process that has a name", 0, 0},
	{"name", do_name, "NAME", "gives this shell a name that others can look up", 0, 0},
	{"newproc", do_newproc, "[F]", NULL, CALL_proc_new, 0},
	{"pager", do_pager, "PID [PAGER]", NULL, CALL_proc_pager, 0},
	{"procs", do_procs, "[PID]", "lists this shell and its children", 0, 0},
	{"reap", do_reap, "PID", NULL, CALL_proc_reap, 0},
	{"regs", do_regs, "TID [N VALUE]", NULL, CALL_thread_regs, 0},
	{"resume", do_resume, "PID", NULL, CALL_proc_resume, 0},
	{"sleep", do_sleep, "SECONDS", "waits", 0, 0},
	{"start", do_start, "PID PC [SP [ARG]]", NULL, CALL_proc_start, 0},
	{"stop", do_stop, "PID", NULL, CALL_proc_stop, 0},
};

void words_proc(void)
{
	builtins_add(words, sizeof words / sizeof *words);
}
