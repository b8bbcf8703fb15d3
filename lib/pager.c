/* SPDX-License-Identifier: ISC
 * The loop of a pager.  Owns nothing: which frame repairs a fault is the policy's to say. */
#include "frame.h"
#include "proc.h"
#include "page.h"
#include "pager.h"

#define PAGER_LEAST 0x9000 /* below the information page of a program nothing is ever mapped */

void pager_fault_from(struct pager_fault *f, const struct msg *m)
{
	f->thread = m->from;
	f->pid = m->pid;
	f->call = m->call;
	f->address = m->word[0];
	f->pc = m->word[1];
	f->kind = (int)m->word[2];
	f->root = (int)m->word[3];
	f->table = (int)m->word[4];
}

/* The L2 over the address: the one that stands there, or a new one of mine.  ERR_…. */
static int pager_table(const struct pager_fault *f)
{
	int l2, r;

	if (f->table != f->root)
		return f->table;
	l2 = page_alloc(L2_SIZE, L2_SIZE);
	if (l2 < 0)
		return l2;
	r = frame_table(l2, FRAME_L2);
	if (r >= 0)
		r = frame_map(f->root, l2, f->address & ~(uintptr_t)(L2_SPAN - 1), 0, 0, F_MAP_TABLE);
	if (r >= 0)
		return l2;
	frame_table(l2, FRAME_MEM);
	page_free(l2);
	return r;
}

int pager_map(const struct pager_fault *f, int f_id, size_t offset, size_t len, int rights)
{
	uintptr_t at = f->address & (L2_SPAN - PAGE_SIZE);
	int table = pager_table(f);

	if (table < 0)
		return table;
	return frame_map(table, f_id, at, offset, len, F_MAP_PAGE | rights);
}

/* Where the lowest page of the vspace is; 0: it is not to be seen. */
static uintptr_t lowest(const struct pager_fault *f)
{
	struct mapping m = {0}, in;

	if (vspace_next(f->root, 0, &m) <= 0)
		return 0;
	if (!(m.flags & F_MAP_TABLE))
		return m.at;
	return vspace_next(m.f_id, 0, &in) > 0 ? m.at + in.at : m.at + L2_SPAN;
}

int pager_demand(const struct pager_fault *f)
{
	return (f->kind & FAULT_NOMAP) && !(f->kind & (FAULT_UNDEFINED | FAULT_ALIGNMENT)) &&
	       f->address >= PAGER_LEAST && f->address >= lowest(f);
}

static int pager_other(struct pager *p, struct msg *m)
{
	if (p->other) {
		p->other(p, m);
		return 0;
	}
	if (m->from == 0 || m->tag == MSG_DIED)
		return 0;
	*m = (struct msg){.from = m->from, .tag = ERR_CALL, .call = m->call};
	return m->from;
}

int pager_run(struct pager *p)
{
	struct msg m = {0};
	int to = 0, r;

	while (!p->stop) {
		struct pager_fault f;

		r = msg_reply_recv(to, &m, -1);
		if (r == ERR_PROC && to) { /* it ended before its answer came */
			to = 0;
			continue;
		}
		if (r < 0)
			return r;
		if (m.tag != MSG_FAULT) {
			to = pager_other(p, &m);
			continue;
		}
		pager_fault_from(&f, &m);
		to = f.thread;
		m = (struct msg){.tag = p->fault(p, &f), .call = f.call};
	}
	return to ? msg_reply(to, &m) : 0;
}
