/* SPDX-License-Identifier: ISC
 * The default pager: lets main stacks grow, and turns every other fault into a report and the thread's end.
 * It maps nothing that it would keep: a page that it puts in place is given to the client at once. */
#include <pager_report.h>
#include "init.h"

#define STACK_SPAN  (USER_END - L2_SPAN)     /* one L2 covers the main stack */
#define STACK_LEAST (STACK_SPAN + PAGE_SIZE) /* below it lies the guard page */
#define FAULT_END   139                      /* the status of a program that a fault ends */

/** A page for a main stack that grows.  0: it is there, retry. */
static int stack_grow(const struct pager_fault *f)
{
	uintptr_t at = f->address & ~(uintptr_t)(PAGE_SIZE - 1);
	int page, r;

	if (!(f->kind & FAULT_NOMAP) || f->kind & FAULT_EXEC || at < STACK_LEAST || at >= USER_END)
		return ERR_NOMAP;
	page = mem_get(PAGE_SIZE, 0, 0, MEM_STACKS);
	if (page < 0)
		return page;
	r = frame_map(f->table, page, at - STACK_SPAN, 0, 0, F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE);
	if (r >= 0)
		r = frame_give(page, f->pid);
	if (r >= 0)
		return 0;
	frame_home(page);
	return r == ERR_EXISTS ? 0 : r; /* another thread of it was faster */
}

void fault_serve(const struct msg *m)
{
	struct msg answer = {.tag = 0, .call = m->call};
	struct pager_fault f;
	struct proc_entry *p;
	char line[160];
	int repaired;

	pager_fault_from(&f, m);
	repaired = stack_grow(&f) == 0;
	if (!repaired) {
		p = proc_of(f.pid);
		pager_report_text(&f, p ? proc_name(p) : "?", line, sizeof(line));
		/* The worker ends it once the line is out; a fault of the console driver could never be written. */
		if (f.pid != boot_console() && work_report(m, line) == 0)
			return;
		answer.tag = FAULT_END;
	}
	msg_reply(f.thread, &answer);
}
