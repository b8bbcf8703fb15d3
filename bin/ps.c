/* SPDX-License-Identifier: ISC
 * ps: prints the tree of processes, as init knows them. */
#include <mullion.h>
#include "tool.h"

#define ASK_LEN 0x4000

static struct init_proc *procs;
static size_t procs_n;

/** Asks init for all processes, a frame full at a time.  0, or ERR_…. */
static int procs_read(int init)
{
	for (;;) {
		struct msg m = {.tag = INIT_PROCS};
		struct init_proc *more;
		void *va = NULL;
		int n;

		m.word[0] = procs_n ? (uint32_t)procs[procs_n - 1].pid : 0;
		m.frame = page_alloc(ASK_LEN, 0);
		n = m.frame < 0 ? m.frame : msg_call(init, &m, -1);
		n = n < 0 ? n : m.tag;
		if (n > 0)
			va = vm_map(m.frame, 0, 0, F_MAP_READ);
		more = va ? realloc(procs, (procs_n + (size_t)n) * sizeof(*procs)) : NULL;
		if (more) {
			procs = more;
			memcpy(procs + procs_n, va, (size_t)n * sizeof(*procs));
			procs_n += (size_t)n;
		}
		if (va)
			vm_unmap(va, ASK_LEN);
		page_free(m.frame);
		if (n <= 0 || !more)
			return n < 0 || n == 0 ? n : ERR_RECORDS;
	}
}

static const char *state_name(int state)
{
	static const char *const names[] = {"?", "stopped", "running", "ended"};

	return state > 0 && state <= PROC_ENDED ? names[state] : names[0];
}

static void proc_print(const struct init_proc *p, int depth)
{
	printf("%10d %-8s %4d %4d %7d %7lu  %*s%.23s", (int)p->pid, state_name(p->state), (int)p->priority,
		(int)p->threads, (int)p->frames, (unsigned long)p->faults, depth * 2, "", p->name);
	if (p->service[0] && strcmp(p->service, p->name))
		printf(" (%.23s)", p->service);
	putchar('\n');
}

/** Prints p and below it its children.  They are few: one look over all for each. */
static void tree_print(const struct init_proc *p, int depth)
{
	proc_print(p, depth);
	for (size_t i = 0; i < procs_n; i++) {
		if (procs[i].parent == p->pid && &procs[i] != p)
			tree_print(&procs[i], depth + 1);
	}
}

static int parent_known(const struct init_proc *p)
{
	for (size_t i = 0; i < procs_n; i++) {
		if (procs[i].pid == p->parent)
			return 1;
	}
	return 0;
}

int main(void)
{
	int init = name_lookup("init"), r = init < 0 ? init : procs_read(init);

	if (r < 0) {
		fprintf(stderr, "ps: init: %s\n", err_string(r));
		return 1;
	}
	puts("       pid state    prio thrd  frames  faults  program");
	for (size_t i = 0; i < procs_n; i++) {
		if (!parent_known(&procs[i]))
			tree_print(&procs[i], 0);
	}
	return tool_end("ps");
}
