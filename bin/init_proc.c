/* SPDX-License-Identifier: ISC
 * Whom the first process knows: every process that a parent announced, that took a name, or that somebody asked
 * to be told the end of; by pid, with its names.  An entry ends with its process, and with it its names, its watches and those for
 * it.  Each process has a share of all that, and none is made while memory is short. */
#include <stdlib.h>
#include <string.h>
#include "init.h"
#include "keys.h"

#define BITS         31 /* notification bits, each for a share of the processes */
#define NAMES_MOST   8
#define WATCHES_MOST 256 /* but for init's own servers, whose clients are everybody */
#define DEVICES_MOST 4
#define STEP_PROCS   64
#define KEY_WORDS(x) (sizeof(x) / sizeof(uint32_t))

/** One process wants to be told of another's end. */
struct watch {
	struct key_node node; /* in watches */
	uint32_t key[2];      /* the pids of that one, and of the watcher */
	uint32_t bits;
	struct proc_entry *by;
	struct watch *next, **back;       /* of the same process */
	struct watch *by_next, **by_back; /* of the same watcher */
};

struct name {
	struct key_node node; /* in names */
	uint32_t text[INIT_NAME_LEN / sizeof(uint32_t)];
	struct name *next; /* of the same process */
	struct proc_entry *owner;
};

struct proc_entry {
	struct key_node node; /* in procs */
	uint32_t pid;
	unsigned class;
	struct proc_entry *next, **back;  /* in its class */
	struct proc_entry *newer, *older; /* in order of age */
	struct watch *watches, *watching; /* for it, and its own */
	struct name *names;
	unsigned names_n, watching_n, devices_n;
	char program[INIT_NAME_LEN];
};

/** The processes that share a notification bit.  When it comes, each is looked at once: the first, which goes to the end then. */
struct class
{
	struct proc_entry *first, **last;
	unsigned n, unseen;
};

/* only the server thread */
static struct key_tree procs = {.words = 1}, watches = {.words = 2},
		       names = {.words = INIT_NAME_LEN / sizeof(uint32_t)};
static struct class classes[BITS];
static struct proc_entry *oldest, *newest;

static struct proc_entry *proc_find(int pid)
{
	uint32_t key = (uint32_t)pid;
	struct key_node *n = key_find(&procs, &key);

	return n ? key_item(n, struct proc_entry, node) : NULL;
}

/* ---- entries ---- */

static void class_add(struct proc_entry *p)
{
	struct class *c = &classes[p->class];

	if (!c->first)
		c->last = &c->first;
	p->next = NULL;
	p->back = c->last;
	*c->last = p;
	c->last = &p->next;
	c->n++;
}

static void class_del(struct proc_entry *p)
{
	struct class *c = &classes[p->class];

	*p->back = p->next;
	*(p->next ? &p->next->back : &c->last) = p->back;
	c->n--;
}

/** The class of fewest. */
static unsigned class_choose(void)
{
	unsigned best = 0;

	for (unsigned i = 1; i < BITS; i++)
		best = classes[i].n < classes[best].n ? i : best;
	return best;
}

static void proc_link(struct proc_entry *p)
{
	class_add(p);
	key_add(&procs, &p->node);
	p->older = newest;
	*(newest ? &newest->newer : &oldest) = p;
	newest = p;
}

static void proc_unlink(struct proc_entry *p)
{
	class_del(p);
	key_del(&procs, &p->node);
	*(p->older ? &p->older->newer : &oldest) = p->newer;
	*(p->newer ? &p->newer->older : &newest) = p->older;
}

static struct proc_entry *proc_make(int pid)
{
	struct proc_entry *p = mem_short() ? NULL : calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->pid = (uint32_t)pid;
	p->node.key = &p->pid;
	p->class = class_choose();
	strcpy(p->program, "?");
	if (pid != boot_page->pid && proc_watch(pid, (int)p->class) < 0) {
		free(p);
		return NULL;
	}
	proc_link(p);
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
	return (int)p->pid;
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

/* ---- watches ---- */

static struct watch *watch_find(const struct proc_entry *p, const struct proc_entry *by)
{
	const uint32_t key[2] = {p->pid, by->pid};
	struct key_node *n = key_find(&watches, key);

	return n ? key_item(n, struct watch, node) : NULL;
}

int proc_add_watch(struct proc_entry *p, struct proc_entry *by, int bit)
{
	struct watch *w = watch_find(p, by);

	if (w) {
		w->bits |= 1u << bit;
		return 0;
	}
	if (by->watching_n >= WATCHES_MOST && !boot_is_server((int)by->pid))
		return ERR_BUSY;
	w = mem_short() ? NULL : malloc(sizeof(*w));
	if (!w)
		return ERR_MEMORY;
	*w = (struct watch){.key = {p->pid, by->pid},
		.bits = 1u << bit,
		.by = by,
		.next = p->watches,
		.back = &p->watches,
		.by_next = by->watching,
		.by_back = &by->watching};
	w->node.key = w->key;
	if (w->next)
		w->next->back = &w->next;
	if (w->by_next)
		w->by_next->by_back = &w->by_next;
	p->watches = by->watching = w;
	by->watching_n++;
	key_add(&watches, &w->node);
	return 0;
}

static void watch_drop(struct watch *w)
{
	key_del(&watches, &w->node);
	*w->back = w->next;
	if (w->next)
		w->next->back = w->back;
	*w->by_back = w->by_next;
	if (w->by_next)
		w->by_next->by_back = w->by_back;
	w->by->watching_n--;
	free(w);
}

/* ---- ends ---- */

static void name_drop(struct name *n)
{
	key_del(&names, &n->node);
	n->owner->names = n->next;
	free(n);
}

static void proc_drop(struct proc_entry *p)
{
	proc_unlink(p);
	while (p->watches) {
		msg_notify((int)p->watches->by->pid, p->watches->bits); /* fails if that has ended itself */
		watch_drop(p->watches);
	}
	while (p->watching)
		watch_drop(p->watching);
	while (p->names)
		name_drop(p->names);
	free(p);
}

void proc_check(uint32_t bits)
{
	for (unsigned i = 0; i < BITS; i++)
		if (bits & 1u << i)
			classes[i].unseen = classes[i].n;
	proc_step();
}

static void class_look(struct class *c)
{
	struct proc_entry *p = c->first;
	struct proc_info info;

	c->unseen--;
	if (proc_info((int)p->pid, &info) < 0 || info.state == PROC_ENDED) {
		proc_drop(p);
		return;
	}
	class_del(p);
	class_add(p);
}

void proc_step(void)
{
	unsigned budget = STEP_PROCS;

	for (struct class *c = classes; c < classes + BITS; c++)
		for (; c->first && c->unseen && budget; budget--)
			class_look(c);
}

int proc_due(void)
{
	for (const struct class *c = classes; c < classes + BITS; c++)
		if (c->first && c->unseen)
			return 1;
	return 0;
}

void proc_gone(int pid)
{
	struct proc_entry *p = proc_find(pid);

	if (p)
		proc_drop(p);
}

/* ---- looking ---- */

static void proc_tell(const struct proc_entry *p, struct init_proc *out)
{
	struct proc_info info;

	memset(out, 0, sizeof(*out));
	out->pid = (int)p->pid;
	memcpy(out->name, p->program, sizeof(out->name));
	if (p->names)
		memcpy(out->service, p->names->text, sizeof(out->service));
	if (proc_info((int)p->pid, &info) < 0)
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

int name_set(struct proc_entry *p, const uint32_t *text)
{
	struct key_node *found = key_find(&names, text);
	struct name *n;

	if (found)
		return key_item(found, struct name, node)->owner == p ? 0 : ERR_EXISTS;
	if (p->names_n >= NAMES_MOST)
		return ERR_BUSY;
	n = mem_short() ? NULL : calloc(1, sizeof(*n));
	if (!n)
		return ERR_MEMORY;
	memcpy(n->text, text, sizeof(n->text));
	n->node.key = n->text;
	n->owner = p;
	n->next = p->names;
	p->names = n;
	p->names_n++;
	key_add(&names, &n->node);
	return 0;
}

int name_get(const uint32_t *text)
{
	struct key_node *n = key_find(&names, text);

	return n ? proc_pid(key_item(n, struct name, node)->owner) : ERR_PROC;
}

/* ---- devices: how many each has ---- */

int proc_count_device(struct proc_entry *p, int more)
{
	if (more > 0 && p->devices_n >= DEVICES_MOST)
		return ERR_BUSY;
	p->devices_n += (unsigned)more;
	return 0;
}

void proc_device_back(int pid)
{
	struct proc_entry *p = proc_find(pid);

	if (p)
		proc_count_device(p, -1);
}
