/* SPDX-License-Identifier: ISC
 * What is said of a fault that nobody repairs: in one form, whoever says it. */
#include <stdio.h>
#include <string.h>
#include "self.h"
#include "page.h"
#include "proto.h"
#include "pager.h"
#include "pager_report.h"
#include "vm.h"

#define FAULT_STATUS 139 /* the status of a program that a fault ends */
#define ASK_LEN      0x1000

static const char *why(const struct pager_fault *f)
{
	if (f->kind & FAULT_ALIGNMENT)
		return "not aligned";
	if (f->address >= USER_END - L2_SPAN && f->address < USER_END - L2_SPAN + PAGE_SIZE)
		return "the guard page below the stack";
	return f->kind & FAULT_NOMAP ? "nothing mapped" : "mapped without that right";
}

void pager_report_text(const struct pager_fault *f, const char *name, char *line, size_t len)
{
	const char *what = f->kind & FAULT_EXEC ? "execution" : f->kind & FAULT_WRITE ? "write" : "read";

	if (f->kind & FAULT_UNDEFINED)
		snprintf(line, len, "%s[%d]: fault: undefined instruction at pc 0x%08lx\n", name, f->pid,
			(unsigned long)f->pc);
	else
		snprintf(line, len, "%s[%d]: fault: %s of 0x%08lx at pc 0x%08lx, %s\n", name, f->pid, what,
			(unsigned long)f->address, (unsigned long)f->pc, why(f));
}

/* Looks for pid among the processes that init tells after *last: 1: found; 0: not among these; ERR_…, or ERR_PROC: there are no more. */
static int name_ask(int pid, int *last, char name[INIT_NAME_LEN])
{
	struct msg m = {.tag = INIT_PROCS, .word = {(uint32_t)*last}, .frame = page_alloc(ASK_LEN, 0)};
	const struct init_proc *p = NULL;
	int n = m.frame < 0 ? m.frame : msg_call(self.init, &m, -1), found = 0;

	n = n < 0 ? n : m.tag > 0 ? m.tag : ERR_PROC;
	if (n > 0)
		p = vm_map(m.frame, 0, 0, F_MAP_READ);
	for (int i = 0; p && i < n && !found; i++) {
		*last = p[i].pid;
		found = p[i].pid == pid;
		if (found)
			memcpy(name, p[i].name, INIT_NAME_LEN);
	}
	if (p)
		vm_unmap((void *)(uintptr_t)p, ASK_LEN);
	if (m.frame > 0)
		page_free(m.frame);
	return n < 0 ? n : p ? found : ERR_MEMORY;
}

int pager_refuse(const struct pager_fault *f)
{
	char name[INIT_NAME_LEN] = "?", line[160];
	int last = 0;

	while (name_ask(f->pid, &last, name) == 0)
		continue;
	pager_report_text(f, name, line, sizeof line);
	fflush(stdout);
	fputs(line, stderr);
	return FAULT_STATUS;
}
