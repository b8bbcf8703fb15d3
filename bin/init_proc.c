/* SPDX-License-Identifier: ISC
 * Whom the first process knows: every process that a parent announced, that took a name, or that somebody asked
 * to be told the end of; by pid, with its names.  An entry ends with its process, and its names with it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "init.h"
#include "hash.h"

#define BITS 31 /* notification bits, each for a share of the processes */

struct watch {
	struct watch *next;
	int watcher;
	int bit;
};

struct name {
	struct hash_link link; /* in names, by its hash */
	struct name *next;     /* of the same process */
	struct proc_entry *owner;
	char text[INIT_NAME_LEN];
};

struct proc_entry {
	struct hash_link link;            /* in procs, by pid */
	struct proc_entry *next, **back;  /* in the share of its bit */
	struct proc_entry *newer, *older; /* in order of age */
	int pid;
	struct watch *watches;
	struct name *names;
	char program[INIT_NAME_LEN];
};

/* only the server thread */
static struct hash procs, names;
static struct proc_entry *share[BITS];
static struct proc_entry *oldest, *newest;

static struct proc_entry *proc_find(int pid)
{
	struct hash_link *l = hash_first(&procs, (uint32_t)pid);

	return l ? hash_item(l, struct proc_entry, link) : NULL;
}

static void proc_link(struct proc_entry *p)
{
	struct proc_entry **head = &share[(unsigned)p->pid % BITS];

	p->next = *head;
	p->back = head;
	if (*head)
		(*head)->back = &p->next;
	*head = p;
	p->older = newest;
	*(newest ? &newest->newer : &oldest) = p;
	newest = p;
}

static void proc_unlink(struct proc_entry *p)
{
	*p->back = p->next;
	if (p->next)
		p->next->back = p->back;
	*(p->older ? &p->older->newer : &oldest) = p->newer;
	*(p->newer ? &p->newer->older : &newest) = p->older;
	hash_del(&procs, &p->link);
}

static struct proc_entry *proc_make(int pid)
{
	struct proc_entry *p = calloc(1, sizeof(*p));

	if (!p || hash_add(&procs, &p->link, (uint32_t)pid)) {
		free(p);
		return NULL;
	}
	p->pid = pid;
	strcpy(p->program, "?");
	proc_link(p);
	if (pid != boot_page->pid && proc_watch(pid, (int)((unsigned)pid % BITS)) < 0) {
		proc_unlink(p);
		free(p);
		return NULL;
	}
	return p;
}

struct proc_entry *proc_of(int id)
{
	struct proc_entry *p = proc_find(id);
	struct proc_info info;

	if (p)
		return p;
	if (proc_info(id, &info) < 0 || info.state == PROC_ENDED)
		return NULL;
	p = proc_find(info.pid);
	return p ? p : proc_make(info.pid);
}

int proc_pid(const struct proc_entry *p)
{
	return p->pid;
}

const char *proc_name(const struct proc_entry *p)
{
	return p->program;
}

void proc_set_name(struct proc_entry *p, const char *name, size_t len)
{
	len = strnlen(name, len < sizeof(p->program) ? len : sizeof(p->program) - 1);
	for (size_t i = 0; i < len; i++)
		p->program[i] = name[i] > ' ' && name[i] < 0x7f ? name[i] : '?'; /* it is printed on the console */
	p->program[len] = 0;
}

int proc_add_watch(struct proc_entry *p, int watcher, int bit)
{
	struct watch *w = p->watches;

	while (w && (w->watcher != watcher || w->bit != bit))
		w = w->next;
	if (w)
		return 0;
	w = malloc(sizeof(*w));
	if (!w)
		return ERR_RECORDS;
	*w = (struct watch){p->watches, watcher, bit};
	p->watches = w;
	return 0;
}

static void proc_drop(struct proc_entry *p)
{
	struct watch *w = p->watches;
	struct name *n = p->names;

	proc_unlink(p);
	while (w) {
		struct watch *next = w->next;

		msg_notify(w->watcher, 1u << w->bit); /* fails if that has ended itself */
		free(w);
		w = next;
	}
	while (n) {
		struct name *next = n->next;

		hash_del(&names, &n->link);
		free(n);
		n = next;
	}
	free(p);
}

void proc_check(uint32_t bits)
{
	struct proc_info info;

	for (int bit = 0; bit < BITS; bit++) {
		struct proc_entry *p = bits & 1u << bit ? share[bit] : NULL;

		while (p) {
			struct proc_entry *next = p->next;

			if (proc_info(p->pid, &info) < 0 || info.state == PROC_ENDED)
				proc_drop(p);
			p = next;
		}
	}
}

void proc_gone(int pid)
{
	struct proc_entry *p = proc_find(pid);

	if (p)
		proc_drop(p);
}

static void proc_tell(const struct proc_entry *p, struct init_proc *out)
{
	struct proc_info info;

	memset(out, 0, sizeof(*out));
	out->pid = p->pid;
	memcpy(out->name, p->program, sizeof(out->name));
	if (p->names)
		memcpy(out->service, p->names->text, sizeof(out->service));
	if (proc_info(p->pid, &info) < 0)
		return;
	out->parent = info.parent;
	out->state = info.state;
	out->threads = info.threads;
	out->frames = info.frames;
	out->priority = info.priority;
	out->faults = info.faults;
}

int proc_list(int pid, struct init_proc *out, size_t room)
{
	struct proc_entry *p = pid ? proc_find(pid) : oldest;
	size_t n = 0;

	if (pid && !p)
		return ERR_PROC;
	for (p = pid ? p->newer : p; p && n < room; p = p->newer)
		proc_tell(p, &out[n++]);
	return (int)n;
}

/* ---- names ---- */

static struct name *name_find(const char *text)
{
	struct hash_link *l = hash_first(&names, hash_bytes(0, text, strlen(text)));

	while (l && strcmp(hash_item(l, struct name, link)->text, text))
		l = hash_next(l);
	return l ? hash_item(l, struct name, link) : NULL;
}

int name_set(struct proc_entry *p, const char *text)
{
	struct name *n = name_find(text);

	if (!*text || strlen(text) >= INIT_NAME_LEN)
		return ERR_RANGE;
	if (n)
		return n->owner == p ? 0 : ERR_EXISTS;
	n = calloc(1, sizeof(*n));
	if (!n || hash_add(&names, &n->link, hash_bytes(0, text, strlen(text)))) {
		free(n);
		return ERR_RECORDS;
	}
	strcpy(n->text, text);
	n->owner = p;
	n->next = p->names;
	p->names = n;
	return 0;
}

int name_get(const char *text)
{
	struct name *n = name_find(text);

	return n ? n->owner->pid : ERR_PROC;
}
