/* SPDX-License-Identifier: ISC
 * The reference model: §1 to §4 of the contract written as plainly as possible, in arrays that are searched from one
 * end to the other.  It knows no descriptor, no list and no piece of long work; every call happens at once.  The ids
 * of new objects are the kernel's to choose: it is told them, and checks that they are new. */
#ifndef TESTS_HOST_REF_H
#define TESTS_HOST_REF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "frame.h"
#include "proc.h"
#include "msg.h"

#define REF_FRAMES   320
#define REF_MAPS     2048
#define REF_SPARE    512 /* of them: what one call, or a batch, makes at most */
#define REF_PROCS    24
#define REF_THREADS  64
#define REF_TABLES   64
#define REF_GRANTS   64
#define REF_LINES    64
#define REF_ALARMS   32
#define REF_LAST     4096 /* pages */
#define REF_PER_PAGE 63   /* records in a donated page */
#define REF_LOOKS    4    /* walks with frame_maps that a thread's kernel remembers */
#define REF_NEVER    UINT64_MAX

/** What stands in one place of a table: a mapping (NULL: none) and the rights it has there now. */
struct ref_slot {
	struct ref_map *map;
	unsigned rights;
};

struct ref_frame {
	bool used;
	int id, kind;
	uint32_t pa, len;
	struct ref_proc *owner;
	bool uncached;             /* mapped uncached, or was last */
	bool mixed;                /* parts of it were */
	struct ref_slot *slot;     /* L1, L2: a slot a descriptor */
	struct ref_proc *root_of;  /* L1 */
	struct ref_map *stands;    /* L2 */
	struct ref_thread *thread; /* PROC, THREAD */
	bool taken;                /* a program has plans for it */
	uint32_t filled;           /* RECORDS: bytes that are room for records, as the kernel says */
	int donor_priority;        /* RECORDS, not all filled: of who donates it, or did until its end */
	bool moved, both;          /* in a swap: changed sides; mapped in the new tree */
};

struct ref_map {
	bool used;
	struct ref_frame *frame, *table;
	uint32_t at, offset, len;
	unsigned flags, live; /* as made; slots that are left */
	unsigned long serial; /* which it is, of all that ever stood in this place of the array */
};

struct ref_grant {
	bool used, watch;
	struct ref_proc *from, *to; /* who pays; who is allowed, or watched */
	unsigned rights;            /* ALLOW_…, or the bit */
};

enum ref_state { REF_INACTIVE, REF_RUNNABLE, REF_PARKED, REF_RECV, REF_SEND, REF_REPLY, REF_WAIT };

struct ref_thread {
	bool used;
	int id, priority;
	struct ref_proc *proc;
	struct ref_frame *frame;
	enum ref_state state;
	struct ref_proc *peer; /* whom it waits for */
	unsigned long turn;    /* its place in what queue it stands in */
	uint64_t deadline;
	unsigned long armed; /* its turn among what is due at one time */
	bool oneway, fault, in_call, permit;
	bool redo;    /* its call is to be made again when it runs */
	bool resumed; /* … and this is it */
	uint32_t pc;
	uint32_t call[13]; /* registers with which it made its call */
	uint32_t number;   /* of the call or fault that it waits in */
	uint32_t want[12]; /* registers that it must find when it runs again, want_n of them */
	int want_n;
	struct regs own;              /* the rest, and all else that is its own */
	bool jumped;                  /* it goes on somewhere else than where it was */
	uint32_t cache_pa, cache_len; /* what its frame_cache has maintained so far, and how */
	int cache_op;
	int donated; /* the result of its frame_donate that has begun */
	uint32_t fault_address, fault_kind;
	int fault_table;
	uint32_t upcall_entry, upcall_area;
	unsigned batch_done, batch_state; /* REF_FETCH… */
	uint32_t batch_op[7];
	int batch_result;
	uint32_t shown[REF_LOOKS][7]; /* by frame_maps: what its walks saw last */
	unsigned walks;
	bool batch_gathers; /* it took rights away, and no round has come since */
};

/* A batch is to read its next operation, to do it, or to write its result. */
enum { REF_FETCH, REF_RUN, REF_STORE };

struct ref_proc {
	bool used, started;
	int pid, state, status, priority, credits, threads, frames, messages;
	unsigned faults;
	struct ref_thread *first;
	struct ref_proc *parent, *pager;
	struct ref_frame *root;
	unsigned anyone;
	int to_parent, from_parent; /* rights; -1: not said */
	uint32_t notified;
	uint64_t alarm[REF_ALARMS];
	unsigned long armed[REF_ALARMS]; /* each one's turn among what is due at one time */
	bool died;                       /* MSG_DIED waits in its parent's port, at `died_turn` */
	unsigned long died_turn;
};

struct ref_line {
	struct ref_proc *owner, *bound;
	int bit;
	bool fired;
};

/** Everything. */
struct ref {
	struct ref_frame frame[REF_FRAMES];
	struct ref_map map[REF_MAPS];
	struct ref_proc proc[REF_PROCS];
	struct ref_thread thread[REF_THREADS];
	struct ref_grant grant[REF_GRANTS];
	struct ref_line line[REF_LINES];
	int frames_n, maps_n;     /* none is used at or above these */
	int last_id[2][REF_LAST]; /* by page: of the frame, and of the thread, which began there last */
	struct ref_proc *first;
	struct ref_thread *now; /* who runs */
	uint64_t time;
	unsigned long turns;
	bool full;           /* one of the arrays is: the program ends here */
	bool over;           /* the first process has ended */
	bool area_busy;      /* the handler's area of who runs could not be used when its access or call began */
	uint32_t asked[7];   /* what a frame_maps named when it began: the kernel writes there */
	unsigned batch_stop; /* a batch pauses when it has come so far: 4 * operations + state */
};
extern struct ref ref;

#define REF_BLOCK ((int)0x80000000) /* the call waits, faults, or its caller is gone */

/** Keeps the whole model as it is, and makes it so again. */
void ref_save(void);
void ref_restore(void);
/** Call `number` of ref.now with the registers in ref.now->call: its result, which also goes to want[0]. */
int ref_call(int number);
/** t waits for an answer: the kernel tells the number of its call, which nobody else's has. */
void ref_number(struct ref_thread *t);
/** An access or a call of t begins: whether its handler is free. */
void ref_area_look(const struct ref_thread *t);
/** A mapping as frame_maps shows it. */
void ref_describe(const struct ref_map *m, uint32_t *out);
/** A frame_maps of t begins: which mapping it names. */
void ref_maps_look(const struct ref_thread *t);
/** The running thread's frame_maps has shown what stands at `inout` now: its walk goes on from there. */
void ref_maps_shown(uint32_t inout);
/** The running thread's access faults. */
void ref_fault(uint32_t address, unsigned kind);
/** What an access by p at va finds: its physical address; false: it faults. */
bool ref_access(const struct ref_proc *p, uint32_t va, unsigned right, uint32_t *pa);
/** The running thread's frame_donate begins: an ERR_, or what it will return. */
int ref_donate_begin(int f_id);
/** So much of f, bytes from its start, is room for records by now. */
void ref_donate_to(struct ref_frame *f, uint32_t filled);
/** t's frame_cache has done that. */
void ref_maintained(struct ref_thread *t, uint32_t pa, uint32_t len, int op);
/** Time is `now`: what was due has happened. */
void ref_time(uint64_t now);
/** Whether anything that is due for that level waits. */
bool ref_late(int level);
void ref_irq(int line);

/* What the program that runs both knows better. */
int world_new_frame(uint32_t pa);    /* the id that the kernel gave to the frame there */
int world_new_thread(uint32_t pa);   /* likewise of the thread that lives there */
uint32_t world_new_call(int tid);    /* the number of the call that it makes */
int world_timer(int tid, int alarm); /* the level of its timeout, or (not -1) of that alarm; -1 - level: it waits yet */
uint32_t *world_word(uint32_t pa);   /* memory */
void world_zero(uint32_t pa, uint32_t len); /* must be clear now */
void world_differs(const char *what, int64_t want, int64_t got) __attribute__((noreturn));
void world_gives_up(void) __attribute__((noreturn)); /* both would be right: the program ends here */
uint32_t world_batch_word(uint32_t va);              /* of the running batch, when its call began */
void world_did(const uint32_t *op, int result);      /* an operation of a batch */

/* Among its files. */
/** By its id, whoever's it is; NULL: there is none. */
struct ref_frame *ref_frame_find(int id);
struct ref_thread *ref_thread_find(int id);
struct ref_proc *ref_proc_find(int id);
/** What the caller may name (rule 2): a frame of its own; a process by any thread's id, 0 itself; itself or a child. */
struct ref_frame *ref_mine(int id);
struct ref_proc *ref_named(int pid);
struct ref_proc *ref_child(int pid);
/** ALLOW_…: what `to` lets `from` do. */
unsigned ref_allowed(const struct ref_proc *to, const struct ref_proc *from);
bool ref_live(const struct ref_proc *p);
struct ref_proc *ref_me(void);
/** An id was made of something at pa, of a thread or a frame: it must be another than the last. */
void ref_id_made(bool thread, uint32_t pa, int id);
struct ref_frame *ref_frame_new(struct ref_proc *owner, int id, uint32_t pa, uint32_t len, int kind);
/** With the credits of its records and of its mappings. */
void ref_frame_move(struct ref_frame *f, struct ref_proc *to);
/** f gets empty slots, or loses them. */
void ref_table_begin(struct ref_frame *f);
void ref_table_end(struct ref_frame *f);
unsigned ref_shift(const struct ref_frame *t);
unsigned ref_slots(const struct ref_frame *t);
int ref_maps_of(const struct ref_frame *f, bool writable);
struct ref_map *ref_map_new(
	struct ref_frame *t, struct ref_frame *f, uint32_t at, uint32_t offset, uint32_t len, unsigned flags);
void ref_slot_clear(struct ref_frame *t, unsigned i);
void ref_map_remove(struct ref_map *m);
bool ref_map_allowed(const struct ref_map *m);
uint32_t ref_shown(const struct ref_frame *f, uint32_t offset); /* physical */
/** A frame of the caller's for a process or a thread: 0, or an ERR_. */
int ref_take(int f_id, uint32_t size, struct ref_frame **out);
/** Whether f could change hands, but for its mappings: 0, or an ERR_. */
int ref_give_check(const struct ref_frame *f, const struct ref_proc *to);
/** Takes f away from all but `to`: false if that is more than GIVE_MAX pages. */
bool ref_clean(struct ref_frame *f, const struct ref_proc *to);
/** p gets another parent. */
void ref_adopt(struct ref_proc *p, struct ref_proc *parent);
/** Ends a thread, its process with the last: the result of the call that did it, or REF_BLOCK if that was its own. */
int ref_thread_end(struct ref_thread *t, int status);
void ref_proc_end(struct ref_proc *p, int status);
int ref_proc_wait(int pid, int64_t timeout, uint32_t status);
int ref_reap(int pid);
struct ref_grant *ref_grant_find(const struct ref_proc *from, const struct ref_proc *to, bool watch);
void ref_grant_end(struct ref_grant *g);
int ref_cache(int f_id, uint32_t offset, uint32_t len, int op);
int ref_batch(uint32_t ops, uint32_t n);
int ref_irq_allow(int pid, int irq);
int ref_irq_bind(int irq, int bit);
int ref_irq_ack(int irq);
int ref_alarm(int64_t at, int bit);
int ref_swap(int pid, int f_id);
void ref_thread_init(struct ref_thread *t, struct ref_proc *p, struct ref_frame *f);
/** t's call answers `result`. */
void ref_wake(struct ref_thread *t, int result);
/** t makes its call once more. */
void ref_again(struct ref_thread *t);
/** The running thread waits for peer (NULL: nobody), in `state`, for `timeout` ns. */
void ref_wait(enum ref_state state, struct ref_proc *peer, int64_t timeout);
/** The bits come to p's port, and to who receives there. */
void ref_notify(struct ref_proc *p, uint32_t bits);
/** Who has been in that state for that process longest. */
struct ref_thread *ref_first_in(enum ref_state state, const struct ref_proc *peer);
/** The address of the call that t is in. */
uint32_t ref_call_pc(const struct ref_thread *t);
/** t's state: it begins; enters its handler; returns from there, to the call that faulted or not; is set, and shown, at va. */
void ref_state_start(struct ref_thread *t, uint32_t pc, uint32_t sp);
void ref_state_upcall(struct ref_thread *t);
void ref_state_return(struct ref_thread *t, uint32_t area, bool call_again);
void ref_state_set(struct ref_thread *t, uint32_t va);
void ref_state_get(const struct ref_thread *t, uint32_t va);
/** t's fault goes to its handler (if `own`), pager or parent. */
void ref_fault_send(struct ref_thread *t, bool own);
int ref_fault_answer(struct ref_thread *t, int tag);
/** Why the frame in t's message cannot go to whom it is sent; 0: it can. */
int ref_refusal(const struct ref_thread *t);
/** The end of a process that me's msg_reply_recv began by its answer is complete; it is yet to receive. */
void ref_reply_end(struct ref_thread *me);
/** me's msg_reply_recv has answered, and gives way before it receives. */
void ref_reply_half(struct ref_thread *me);
/** Something may have come to p's port: who receives there gets it. */
void ref_port_poke(struct ref_proc *p);
/** Whether the running thread can access all of [va, va + len); if not, it faults there. */
bool ref_user(uint32_t va, uint32_t len, unsigned right);
uint32_t *ref_user_word(uint32_t va);
int ref_call_frame(int number, const uint32_t *a);
int ref_call_map(int number, const uint32_t *a);
int ref_call_look(int number, const uint32_t *a);
int ref_call_proc(int number, const uint32_t *a);
int ref_call_thread(int number, const uint32_t *a);
int ref_call_msg(int number, const uint32_t *a);

#endif
