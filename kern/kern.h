/* SPDX-License-Identifier: ISC
 * What the parts of the portable kernel ask of each other, by file. */
#ifndef KERN_KERN_H
#define KERN_KERN_H

#include "arch.h"

/* What a handler returns when its call is not finished: the scheduler dispatches it again, or its thread waits. */
#define CALL_AGAIN ((int)0x80000000)

static inline struct thread *current(void)
{
	return cpu_here()->current;
}

static inline struct proc *me(void)
{
	return cpu_here()->current->proc;
}

/* ---- lists (inline) ---- */

static inline void list_init(struct link *head)
{
	head->next = head->prev = head;
}

static inline bool list_empty(const struct link *head)
{
	return head->next == head;
}

static inline void list_add(struct link *at, struct link *l) /* before `at`: at the end, if it is the head */
{
	struct link *prev = at->prev;

	l->next = at;
	l->prev = prev;
	prev->next = l;
	at->prev = l;
}

static inline void list_del(struct link *l)
{
	l->prev->next = l->next;
	l->next->prev = l->prev;
}

/** What `from` was, a member or a head, is at `to` from now on: its links have been copied. */
static inline void list_moved(struct link *to, const struct link *from)
{
	if (from->next == from) {
		list_init(to);
		return;
	}
	to->prev->next = to;
	to->next->prev = to;
}

/** Moves all of `from` to the end of `to`. */
static inline void list_splice(struct link *to, struct link *from)
{
	if (list_empty(from))
		return;
	from->next->prev = to->prev;
	to->prev->next = from->next;
	from->prev->next = to;
	to->prev = from->prev;
	list_init(from);
}

/* ---- id.c: what ids name ---- */

/** The frame of that id, or NULL.  Needs no check of the id: where no frame begins stands one whose id is none. */
static inline struct frame_rec *frame_find(int id)
{
	struct frame_rec *f = ids()[(uint32_t)id & ID_INDEX_MASK];

	return f->id == id ? f : NULL;
}

static inline uint32_t id_index(const struct frame_rec *f)
{
	return (uint32_t)f->id & ID_INDEX_MASK;
}

/** The thread of that id, whoever's, or NULL. */
static inline struct thread *thread_find(int id)
{
	struct frame_rec *f = ids()[(uint32_t)id & ID_INDEX_MASK];

	return f->tid == id && id > 0 ? f->thread : NULL;
}

/** The process that id (of a thread) names, whoever's; NULL. */
static inline struct proc *proc_find(int id)
{
	struct thread *t = thread_find(id);

	return t ? t->proc : NULL;
}

/** Prepares ids for all pages of RAM and of the board's devices. */
void ids_init(void);
/** The number of a page of RAM. */
uint32_t id_of_ram(pa_t pa);
/** f begins at page `index` from now on: gives it its id. */
void id_make(struct frame_rec *f, uint32_t index);
/** Its record lies at f from now on. */
void id_moved(struct frame_rec *f);
/** No frame begins there any more. */
void id_end(const struct frame_rec *f);
/** A new id for a thread that is to live in f. */
int id_thread(const struct frame_rec *f);

/* ---- record.c: the pool of records ---- */

static inline struct frame_rec *record_frame(struct record *r)
{
	return (struct frame_rec *)(void *)r;
}

/** What stands for a record in a table's shadow half: never 0. */
static inline uint32_t record_index(const void *rec)
{
	return (uint32_t)((const struct record *)rec - records());
}

/** Takes a free record of p, which has one.  Its id and tid are 0. */
static inline void *record_take(struct proc *p)
{
	struct record *r = container_of(p->records.next, struct record, free);

	list_del(&r->free);
	r->tid = 0;
	p->info.credits--;
	return r;
}

/** Takes a free record of p, which has one, to be what `from` is. */
struct record *record_copy(struct proc *p, const struct record *from);
/** Gives a record back to p's credits.  What was used last is used next, and a new page only after all others: so few pages
 * are in use. */
static inline void record_free(struct proc *p, void *rec)
{
	struct record *r = rec;

	r->id = 0;
	r->tid = RECORD_FREE;
	r->holder = p;
	list_add(p->records.next, &r->free);
	p->info.credits++;
}

/** Makes the page at pa room for records of p. */
void record_page_add(struct proc *p, pa_t pa);
/** The records of a page: RECORD_PER_PAGE, the first of which is none. */
static inline struct record *record_page(pa_t pa)
{
	return phys_va(pa);
}
/** Calls `page` for every page of records. */
void record_pages(void (*page)(struct record *head));
/** Hands a free record to another process. */
void record_hand(struct record *r, struct proc *to);
/** Hands CREDIT_PER_PAGE free records to `to`, the page's own where they are from's. */
void record_page_give(struct proc *from, struct proc *to, pa_t pa);

/* ---- frame.c: the ledger of frames ---- */

/** A frame of owner, who has a free record, which begins at page `index`. */
struct frame_rec *frame_new(struct proc *owner, uint32_t index, pa_t pa, uint32_t len, int kind);
void frame_delete(struct frame_rec *f);
/** Moves f, with the credits of its records, to p. */
void frame_move(struct frame_rec *f, struct proc *p);
/** A frame of the current process, or NULL. */
static inline struct frame_rec *frame_mine(int f_id)
{
	struct frame_rec *f = frame_find(f_id);

	return f && f->owner == me() ? f : NULL;
}

/** Whether a frame may be given, and what speaks against it: 0 or an ERR_. `to` has been checked. */
int give_check(const struct frame_rec *f, const struct proc *to);
extern struct frame_rec *clean_frame;
extern struct proc *clean_for;
/** Whether f stands in tables of others than `to`, so that work_give_clean is needed. */
bool give_unclean(const struct frame_rec *f, const struct proc *to);
/** Starts taking f's mappings away from others than `to`; CALL_AGAIN: the call is to be done again; or ERR_BUSY.
 * `sender`: it is not the current thread that gives, but this one, by a message. */
int give_clean(struct frame_rec *f, struct proc *to, struct thread *sender);

/* ---- map.c, table.c: mappings ---- */

static inline uint32_t *table_shadow(const struct frame_rec *t)
{
	return (uint32_t *)(void *)((char *)phys_va(t->pa) + t->len / 2);
}

static inline unsigned table_shift(const struct frame_rec *t)
{
	return t->kind == FRAME_L1 ? 20 : 12;
}

static inline unsigned table_slots(const struct frame_rec *t)
{
	return t->len / 8;
}

static inline struct map_rec *map_of(uint32_t shadow)
{
	return (struct map_rec *)(void *)&records()[shadow];
}

/** The L1 through which table t is walked now, and from which address; NULL: none. */
struct frame_rec *table_l1(const struct frame_rec *t, va_t *base);
/** Takes slots [i, i + n), all of m, out of its table; notes the TLB entries. May free m. */
void map_drop(struct map_rec *m, unsigned i, unsigned n);
/** Takes slots of m out, from its end, as long as there is budget; true: m is gone. */
bool map_drop_some(struct map_rec *m, unsigned *budget);
/** A new record, yet without slots, of frame `upper` for m's slots at and above frame offset `cut`. */
struct map_rec *map_cut(struct map_rec *m, struct frame_rec *upper, uint32_t cut);
/** Moves slots of m from *i on to u, as long as there is budget; true: all, and who has none of them is gone. */
bool map_cut_some(struct map_rec *m, struct map_rec *u, uint32_t *i, unsigned *budget);
/** Rule 5: whether m may stand, seen from its frame's and its table's owners. */
bool map_allowed(const struct map_rec *m);
enum mem_type map_type(const struct frame_rec *f, unsigned flags);
/** The physical address of frame f's byte `offset` as a mapping shows it. */
pa_t frame_pa(const struct frame_rec *f, uint32_t offset);
uint32_t frame_visible(const struct frame_rec *f);
/** A batch is at work, and its caller has not got back what it took away. */
extern bool batching;
/** tlb_sync, but for a batch that has not come to its end: it does one round for all that it took away. */
static inline void tlb_settle(void)
{
	if (!batching)
		tlb_sync();
}

/** Whether [i, i + n) is a part of m and m has no holes. */
static inline bool map_whole(const struct map_rec *m, unsigned i, unsigned n)
{
	unsigned shift = table_shift(m->table), first = m->at >> shift;

	return i >= first && i + n <= first + (m->len >> shift) && m->live == m->len >> shift;
}
/** The kernel is going to use an unmapped frame of at most four pages, as it does cached: no line of it may be stale. */
void frame_make_cached(struct frame_rec *f);
/** frame_table of a RECORDS frame of mine: what the handler returns.  From donate.c. */
int records_take_back(struct frame_rec *f);
/** Whether all of RECORDS frame f is room for records; goes on with what a donation has left.  false: return CALL_AGAIN. */
bool donate_help(struct frame_rec *f);
/** t's call ends unfinished: a donation goes on without it. */
void donate_orphan(const struct thread *t);
/** Priorities of donations that go on without their callers; a bit may stay set when there are none any more. */
extern uint32_t orphan_bits;
/** The highest of them; -1: there is none. */
int donate_orphans(void);
/** Goes on with one of them. */
void donate_orphan_run(void);
/** Whether the table's owner is one who lets the current process map. */
bool table_mappable(const struct frame_rec *t);
/** Whether no L2 (f, or any if f is NULL) stands across the ends of slots [i, i + n): 0 or ERR_ALIGN. */
int unmap_check_edges(const struct frame_rec *t, const struct frame_rec *f, unsigned i, unsigned n);
/** Makes a mapping, everything checked, a record taken from f's owner. */
void map_commit(struct frame_rec *t, struct frame_rec *f, uint32_t at, uint32_t offset, uint32_t len, unsigned flags);

/* ---- straight.c falls back to these for whatever is not the common case ---- */

int map_general(int t_id, int f_id, uintptr_t at, size_t offset, size_t len, int flags);
int unmap_general(int t_id, int f_id, uintptr_t at, size_t len);
int protect_general(int t_id, int f_id, uintptr_t at, size_t len, int rights);

/* ---- work.c: long operations, one at a time, in pieces ---- */

/** A long operation that has begun.  There is at most one; whoever needs the books meanwhile finishes it. */
struct work {
	bool (*step)(struct work *w); /* does a piece; true: finished */
	struct thread *caller;        /* who gets the result; NULL: nobody */
	int priority;                 /* the caller's, when it has ended */
	int result;
	bool again;             /* at the end the caller's call is done again */
	struct proc *frozen[2]; /* whose threads may not run meanwhile */
	unsigned budget;        /* what is left of this piece, in slots that are looked at: rule 9 */
	struct map_rec *ending; /* a mapping that ends in pieces; the step goes on when it is gone */
	/* What the operation needs; all clear when it begins. */
	struct frame_rec *table, *frame, *frame2;
	struct proc *proc, *proc2;
	struct thread *thread;
	struct link *cursor, *inner, *maps;
	struct map_rec *cut; /* a split: the upper part of the mapping that is being cut */
	bool gives;          /* a frame that leaves tables: then it goes to w->proc */
	bool settles_inside; /* a swap: w->maps is in a table's list, not in a frame's */
	uint32_t count, phase, value;
	int error;
	struct {
		uint32_t at, offset, len, flags;
	} map;
} __attribute__((aligned(32)));
extern struct work work;

/* Budgets, in slots looked at, holes too; what is more than a look has its price in them. */
#define STEP_SLOTS 224 /* a piece */
#define RUN_SLOTS  24  /* taking a run of slots out, a record's end included */
#define MAP_SLOTS  16  /* asking whether a mapping may stand */
#define ITEM_SLOTS 24  /* waking, unlinking or moving something */

/** Whether the piece may go on with what costs no more than one of those. */
static inline bool work_goes(const struct work *w)
{
	return !w->ending && w->budget > RUN_SLOTS;
}

static inline void work_spend(struct work *w, unsigned slots)
{
	w->budget -= slots < w->budget ? slots : w->budget;
}

/** Ends mapping m, now or, if the budget does not do, in the pieces that come next. */
void work_end_map(struct work *w, struct map_rec *m);
/** A piece of emptying slots [value, count) of w->table of w->frame (NULL: of all); true: done.  phase: any found. */
bool unmap_pieces(struct work *w);

static inline bool work_busy(void)
{
	return work.step != NULL;
}

/** Starts an operation of the current thread, prepared in `work`; what it returns the handler returns. */
int work_begin(bool (*step)(struct work *));
/** Goes on with it; false: preempted. */
bool work_run(void);
/** The handler of every book call while an operation is pending. */
int call_help(uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);
/** Between pieces of a call that keeps its own progress: true: return CALL_AGAIN. */
bool call_preempt(void);

/* ---- proc.c, proc_end.c, allow.c ---- */

/** What `to` lets `from` do. */
unsigned allowed(const struct proc *to, const struct proc *from);
/** pid for a call of the current process: itself (0), anybody it can name (rule 2), or NULL. */
struct proc *proc_named(int pid);
/** Itself or a child, or NULL. */
struct proc *proc_mine(int pid);
static inline bool proc_live(const struct proc *p)
{
	return p->info.state != PROC_ENDED;
}
static inline void proc_state(struct proc *p, int state)
{
	p->info.state = state;
	p->odd = (p->odd & ~ODD_HALTED) | (state == PROC_RUNNING ? 0 : ODD_HALTED);
}
/** Whom to visit after p in the tree below `top`; NULL: nobody. */
struct proc *proc_after(struct proc *p, const struct proc *top);
struct proc *proc_init(struct frame_rec *f, struct proc *parent);
void proc_adopt(struct proc *p, struct proc *parent);
void grant_free(struct grant_rec *g);
/** A grant's record has been copied to g, where it lies from now on. */
void grant_moved(struct grant_rec *g, const struct grant_rec *from);
/** Ends what either granted the other: they are parent and child now. */
void grants_withdraw(struct proc *a, struct proc *b);
/** Takes a dead child's MSG_DIED out of its parent's port, if it is there still. */
void died_take(struct proc *p);
/** Ends thread t; the process too, with `status`, if it was the last. */
int thread_end(struct thread *t, int status);
/** Begins the end of p: returns what the handler returns. */
int proc_end_begin(struct proc *p, int status);
struct proc *proc_of_frame(const struct frame_rec *f);
/** An unmapped MEM frame of mine of `size` bytes, to become the kernel's: 0 or an ERR_. */
int frame_take(int f_id, uint32_t size, struct frame_rec **out);

/* ---- thread.c, sched.c ---- */

/** Sets thread t up in memory that is clear. */
void thread_init(struct thread *t, struct proc *p, struct frame_rec *f);
/** It can run: into the ready queue, or held if its process is stopped. */
void thread_ready(struct thread *t);
/** Takes it out of whatever queue it waits in, and its timer. */
void thread_unqueue(struct thread *t);
void thread_reprioritize(struct thread *t, uint8_t priority);
/** Its THREAD frame is cleared memory again; t is no more. */
void thread_dissolve(struct thread *t);
/** Ends what t does and waits for; it never runs again. */
void thread_halt(struct thread *t);
/** Wakes a waiting thread with a result. */
void thread_wake(struct thread *t, int result);
/** The current thread waits in `state`, in `queue` (may be NULL), until `timeout` ns (-1: for ever). */
int thread_wait(enum thread_state state, struct link *queue, int64_t timeout);
/** What counts for t: its own priority, or what is lent to its process. */
static inline int thread_level(const struct thread *t)
{
	return t->priority > t->proc->lent.top ? t->priority : t->proc->lent.top;
}
void sched_init(void);
void turn_init(struct turn *turn, bool of_proc);
/** Puts a turn, which stands nowhere, into the ready queue of a level: at its end, or first. */
void turn_add(struct turn *turn, unsigned level, bool first);
/** Puts a process's turn before all others of a level, running threads included. */
void turn_add_stale(struct turn *turn, unsigned level);
/** Takes it out, if it stands in one. */
void turn_del(struct turn *turn);
/** A thread in T_READY that does not run: it has a turn, at the end of its queue, or, its slice begun, first. */
void sched_add(struct thread *t);
void sched_remove(struct thread *t);
/** Runs `to` at once instead of the current thread, if nothing of higher priority is ready. */
int sched_switch(struct thread *to);
/** The current thread waits: another is to run.  What the handler returns. */
int sched_block(void);
/** r, which waited and stands in no queue any more, runs at once instead of the current thread, which stays ready; false: it is not of
 * a higher level, or not so easily. */
bool sched_wake_now(struct thread *r);
void sched_slice(void);
int sched_top(void);
/** t stops running: what is lent to its process is for another of its threads. */
void sched_stop(struct thread *t);
/** t ends: the time slice under way is not its any more. */
void sched_forget(const struct thread *t);
/** Leaves the kernel: chooses who runs, finishes what was preempted.  From trap.S. */
struct thread *sched_leave(void);

/* ---- lend.c ---- */

/** t, in T_SEND or T_REPLY, waits for t->peer from now on, and lends it its level. */
void lend_begin(struct thread *t);
/** It does not any more. */
void lend_end(struct thread *t);
/** t, which lends, gets another priority of its own. */
void lend_reprioritize(struct thread *t, uint8_t priority);
/** The level at which p has something to do with what is lent to it; -1: nothing. */
int lend_wanted(const struct proc *p);
/** p's threads, or what is lent to it, changed: gives it its turn, or takes it. */
void lend_turn(struct proc *p);
/** p's turn has come: does a step of what is to be done before one of its threads runs.  false: nothing is. */
bool lend_settle(struct proc *p);

/* ---- msg.c, msg_straight.c, fault.c ---- */

/** For lent_settle, if there is such a call. */
void lent_enter(void);

void proc_notify(struct proc *p, uint32_t bits);
/** The same, where nothing is under way in the kernel: whom it wakes may run at once. */
void proc_notify_now(struct proc *p, uint32_t bits);
/** Fills in a message of the kernel's: from nobody, or from a process whose end it tells. */
void msg_kernel(struct thread *to, int from, uint32_t tag, uint32_t word);
/** What call_msg_call and call_msg_reply_recv fall back to. */
int msg_call_general(void);
int msg_reply_recv_general(void);
/** Writes into the books what a straight call left out of them, if there is such a call: before anybody looks at them. */
static inline void lent_settle(void)
{
	if (cpu_here()->lent)
		lent_enter();
}
/** The fault of the running thread t goes straight to `to`, who waits for messages: true; or the general way. */
bool fault_straight(struct thread *t, struct proc *to);
/** The frame in the message that t sends, 0: none. */
int msg_frame(const struct thread *t);
/** Puts a thread that waits to be received, or a dead process's, into p's port. */
void port_queue(struct proc *p, struct thread *t);
/** Sends the fault of t, which waits for one that ends, to who is to answer now. */
void fault_resend(struct thread *t);
/** Puts the message of t's fault into the receiving thread's registers. */
void fault_fill(struct thread *to, const struct thread *t);
void fault_user(uint32_t address, uint32_t kind);
/** Answers a fault. */
int fault_answer(struct thread *t, int tag);
/** A pointer of the current call could not be accessed: what the handler returns. */
int fault_in_call(void);
/** Copies, or returns what the handler returns (in *out) and false. */
bool copy_in(void *to, va_t from, uint32_t len, int *out);
bool copy_out(va_t to, const void *from, uint32_t len, int *out);

/* ---- irq.c, time.c ---- */

void irq_init(void);
void irq_dispatch(void);
/** One of its lines is the first process's again; false: it had none. */
bool irq_release(struct proc *p);
/** From trap.S: an interrupt came in user mode.  Who goes on. */
struct thread *irq_enter(void);
/** Arms t for whom that level matters. */
void timer_arm(struct timer *t, uint64_t at, int level);
void timer_cancel(struct timer *t);
/** Runs what is due for who is not below `level` (-1: everybody), a few at a time, the highest level first; what is due
 * below waits.  Sets the machine's timer to what comes next.  Whether anything was due. */
bool time_expire(int level);
/** Who runs next is of that level: true: something that waited is due for it, and has been run. */
bool time_lower(int level);
void time_program(void);
uint64_t time_ticks(int64_t ns);
int64_t time_ns(uint64_t ticks);
/** When a timeout of that many ns from now is over, in ticks. */
uint64_t time_deadline(int64_t timeout);

/* ---- call.c ---- */

extern const call_fn call_table[];
extern const call_fn call_table_busy[];
/** While a straight call is in no book (cpu->lent): what could look at it writes it there first. */
extern const call_fn call_table_lent[];
/** The calls that look at nothing of it, or settle it themselves. */
#define CALL_UNSETTLED(number)                                                                                         \
	((number) == CALL_null || (number) == CALL_frame_map || (number) == CALL_frame_unmap ||                        \
		(number) == CALL_frame_protect || (number) == CALL_msg_reply_recv)
/** Forgets how far t's call had come. */
static inline void call_forget(struct thread *t)
{
	t->batch_state = BATCH_FETCH;
	t->batch_done = t->progress = 0;
}
/** Whether the call of t, which is to be dispatched again, only looks at the books. */
bool call_looks(const struct thread *t);
/** Dispatches t's call again from its registers. */
int call_again(struct thread *t);

/* ---- main.c ---- */

extern struct proc *first_proc;
void kernel_main(void);

/** Proves the rules over all objects; panics with what it found.  Test builds run it after every call. */
void frame_check(void);

#define KASSERT(cond, a, b)                                                                                            \
	do {                                                                                                           \
		if (!(cond))                                                                                           \
			panic("assertion: " #cond, (uint32_t)(a), (uint32_t)(b));                                      \
	} while (0)

#endif
