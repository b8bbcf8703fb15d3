/* SPDX-License-Identifier: ISC
 * The shell's port: every message to the shell comes through here and is sorted.  Ends of children and
 * Ctrl-C are events; the fault of a child without a pager is reported and refused, which ends its thread;
 * all else waits for the word `recv`. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "sh_mull.h"
#include "sh_os.h"

#define STATUS_FAULT 139
#define STRAY_ROUNDS 1000 /* an end makes its children mine; more is not tried while other CPUs make them as fast */

/** A set of process ids. */
struct pids {
	int *v;
	size_t n, cap;
};

/** Messages, or events, in the order in which they came. */
struct waiting {
	struct waiting *next;
	struct msg m;
	struct os_event ev;
};

static struct pids spawned, made;
static struct waiting *messages, **messages_end = &messages;
static struct waiting *events, **events_end = &events;

static void pids_add(struct pids *p, int pid)
{
	int *more = mem_grow(p->v, &p->cap, p->n + 1, sizeof *more);

	if (!more)
		return;
	p->v = more;
	p->v[p->n++] = pid;
}

static int pids_has(const struct pids *p, int pid)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->v[i] == pid)
			return 1;
	return 0;
}

static int pids_take(struct pids *p, int pid)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		if (p->v[i] != pid)
			continue;
		p->v[i] = p->v[--p->n];
		return 1;
	}
	return 0;
}

void event_made(int pid)
{
	pids_add(&made, pid);
}

int event_room(void)
{
	int *more = mem_grow(spawned.v, &spawned.cap, spawned.n + 1, sizeof *more);

	if (more)
		spawned.v = more;
	return more != NULL;
}

void event_spawned(int pid)
{
	pids_add(&spawned, pid);
}

const char *fault_try(uint32_t kind)
{
	return kind & FAULT_WRITE       ? "write of"
	       : kind & FAULT_EXEC      ? "execution of"
	       : kind & FAULT_UNDEFINED ? "undefined instruction at"
					: "read of";
}

const char *fault_why(uint32_t kind)
{
	return kind & FAULT_NOMAP       ? "nothing mapped"
	       : kind & FAULT_RIGHT     ? "mapped, but without that right"
	       : kind & FAULT_ALIGNMENT ? "not aligned"
					: "refused by the CPU";
}

static void fault_refuse(const struct msg *m)
{
	struct msg answer = {.tag = STATUS_FAULT, .call = m->call};

	complain("thread %d: fault: %s 0x%08lx at pc 0x%08lx: %s", m->from, fault_try(m->word[2]),
		(unsigned long)m->word[0], (unsigned long)m->word[1], fault_why(m->word[2]));
	msg_reply(m->from, &answer);
}

static int is_interrupt(const struct msg *m)
{
	return m->tag == MSG_NOTIFY && sh.interactive && m->word[0] & 1;
}

/** A message for which there is no memory: who waits for an answer is told, and what came with it goes back. */
static void message_drop(const struct msg *m)
{
	struct msg answer = {.tag = PROTO_ERRNO(ENOMEM), .frame = m->frame, .call = m->call};

	if (m->from)
		msg_reply(m->from, &answer);
}

static struct waiting *waiting_new(const struct msg *m)
{
	struct waiting *w = m->tag == MSG_DIED || is_interrupt(m) ? mem_get(sizeof *w) : mem_try(sizeof *w);

	if (!w)
		return NULL;
	memset(w, 0, sizeof *w);
	w->m = *m;
	return w;
}

static void waiting_add(struct waiting ***end, struct waiting *w)
{
	**end = w;
	*end = &w->next;
}

static struct waiting *waiting_take(struct waiting **head, struct waiting ***end)
{
	struct waiting *w = *head;

	if (!w)
		return NULL;
	*head = w->next;
	if (!*head)
		*end = head;
	return w;
}

/** A stray's end (a program that a child of mine left behind) interests nobody. */
static void child_ended(struct waiting *w)
{
	w->ev.kind = OS_DIED;
	w->ev.pid = w->m.from;
	w->ev.status = (int)w->m.word[0] & 255;
	if (pids_take(&made, w->ev.pid)) {
		waiting_add(&events_end, w);
		return;
	}
	spawn_reap(w->ev.pid);
	os_reserve_fill(); /* before anybody else has it */
	if (pids_take(&spawned, w->ev.pid))
		waiting_add(&events_end, w);
	else
		mem_free(w);
}

/** Puts a message where it belongs. */
static void sort(const struct msg *m)
{
	struct waiting *w;

	if (m->tag == MSG_FAULT) {
		fault_refuse(m);
		return;
	}
	w = waiting_new(m);
	if (!w) {
		message_drop(m);
	} else if (m->tag == MSG_DIED) {
		child_ended(w);
	} else if (is_interrupt(m)) {
		w->ev.kind = OS_INTR;
		waiting_add(&events_end, w);
		w->m.word[0] &= ~1u;
		if (w->m.word[0])
			sort(&w->m);
	} else {
		waiting_add(&messages_end, w);
	}
}

void os_event(struct os_event *ev, int wait, int ms)
{
	int64_t timeout = !wait ? 0 : ms < 0 ? -1 : (int64_t)ms * 1000000;
	struct waiting *w;
	struct msg m;

	memset(ev, 0, sizeof *ev);
	while (!events && msg_recv(&m, timeout) >= 0)
		sort(&m);
	w = waiting_take(&events, &events_end);
	if (!w)
		return;
	*ev = w->ev;
	mem_free(w);
}

int os_child(int pid)
{
	struct msg m = {.from = pid, .tag = MSG_DIED};
	struct waiting *w;
	int status = 0, r;

	for (w = events; w; w = w->next)
		if (w->ev.kind == OS_DIED && w->ev.pid == pid)
			return 1;
	r = proc_wait(pid, 0, &status);
	if (r < 0)
		return r == ERR_TIMEOUT;
	/* Asking took the message that said so. */
	m.word[0] = (uint32_t)status;
	sort(&m);
	return 1;
}

int event_recv(struct msg *m, int64_t timeout)
{
	int64_t end = timeout < 0 ? -1 : time_now() + timeout, left = timeout;
	struct waiting *w;

	while (!messages) {
		if (timeout > 0)
			left = end > time_now() ? end - time_now() : 0;
		if (msg_recv(m, left) < 0)
			return ERR_TIMEOUT;
		sort(m);
		if (!messages && is_interrupt(m))
			return ERR_TIMEOUT;
	}
	w = waiting_take(&messages, &messages_end);
	*m = w->m;
	mem_free(w);
	return 0;
}

void children_each(void (*fn)(const struct proc_info *info, void *data), void *data)
{
	struct frame f;
	int id = 0, next;

	for (next = frame_next(0, 0); next > 0; next = frame_next(0, id)) {
		const struct proc_info *page;
		struct proc_info info;

		id = next;
		if (frame_info(id, &f) < 0 || f.kind != FRAME_PROC)
			continue;
		page = vm_map(id, 0, PAGE_SIZE, F_MAP_READ);
		if (!page)
			continue;
		info = *page;
		vm_unmap((void *)(uintptr_t)page, PAGE_SIZE);
		fn(&info, data);
	}
}

struct keep {
	const int *v;
	size_t n;
	struct pids end;
};

static void stray(const struct proc_info *info, void *data)
{
	struct keep *keep = data;
	size_t i;

	for (i = 0; i < keep->n; i++)
		if (keep->v[i] == info->pid)
			return;
	if (info->state != PROC_ENDED && !pids_has(&made, info->pid))
		pids_add(&keep->end, info->pid);
}

void os_kill_strays(const int *keep_v, size_t n)
{
	struct keep keep = {.v = keep_v, .n = n};
	size_t i;
	int round;

	for (round = 0; round < STRAY_ROUNDS; round++) {
		keep.end.n = 0;
		children_each(stray, &keep);
		if (!keep.end.n)
			break;
		for (i = 0; i < keep.end.n; i++)
			proc_end(keep.end.v[i], 130);
	}
	mem_free(keep.end.v);
}
