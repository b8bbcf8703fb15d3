/* SPDX-License-Identifier: ISC
 * The kernel's objects: records (frames, mappings, grants, watches), processes, threads, and what each CPU
 * owns.  Layouts only; who may change what stands with the functions in kern.h. */
#ifndef KERN_OBJECT_H
#define KERN_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "frame.h"
#include "proc.h"
#include "msg.h"

typedef uint32_t pa_t; /* a physical address, bytes */
typedef uint32_t va_t; /* a user virtual address, bytes */

/** A circular doubly linked list: its head, and a member's place in it. */
struct link {
	struct link *next, *prev;
};

/* ---- Ids: a generation and the number of a frame's first page, which is the frame's for life ---- */

#define ID_INDEX_BITS 21 /* RAM that the kernel reaches is 393,216 pages; devices' pages are numbered after it */
#define ID_INDEX_MASK ((1u << ID_INDEX_BITS) - 1)
#define ID_GEN_MASK   0x3ffu /* 10 bits: a stale id names nothing until 1,023 more were made of its page */

/** Of each page: the generations that the next ids of a frame, and of a thread, which begin there go on from. */
struct id_gens {
	uint16_t frame, thread;
};

/* ---- Records: 64 bytes each, in pages that processes donated ---- */

#define RECORD_SIZE     64
#define RECORD_PER_PAGE (PAGE_SIZE / RECORD_SIZE) /* the first is no record: index 0 is no mapping's */
#define CREDIT_PER_PAGE (RECORD_PER_PAGE - 1)

/** What every record starts with.  Only of a frame id is not 0. */
struct record {
	int id;              /* of the frame */
	int tid;             /* of the thread that lives in the frame; else 0, or RECORD_… */
	struct link free;    /* in its holder's list of free records */
	struct proc *holder; /* whose credit a free record is */
	uint32_t rest[11];   /* of what it is in use */
} __attribute__((aligned(RECORD_SIZE)));
#define RECORD_FREE  ((int)0x80000000)
#define RECORD_GRANT ((int)0x80000001)
#define RECORD_GONE  ((int)0x80000002) /* its page is being taken back, and it holds nothing any more */

/* frame_rec.flags */
#define FR_UNCACHED 1  /* its mappings are uncached, or its last ones were */
#define FR_MARK     2  /* seen by the swap under way */
#define FR_FLUSHING 4  /* its lines are being flushed, by `flusher`, and nobody has used it since that began */
#define FR_BOTH     8  /* mapped in the new root of the swap under way */
#define FR_MIXED    16 /* parts of it were mapped cached, parts uncached: merged so */

/** A frame. */
struct frame_rec {
	int id;
	int tid;
	struct proc *owner;
	struct link owned; /* in owner->frames */
	struct link maps;  /* head: the mappings of this frame */
	pa_t pa;
	uint32_t len;
	uint8_t kind;
	uint8_t flags;
	uint8_t asid; /* L1: its last address space identifier */
	uint8_t pad;
	uint32_t maps_n;       /* mapping records of it */
	uint32_t write_maps_n; /* those made with the right to write: rule 3 */
	union {
		struct link inside;           /* L1, L2 head: the mappings that stand in this table */
		struct link orphans;          /* RECORDS, not all filled: among those whose donor will not come back */
		struct thread *thread;        /* PROC, THREAD */
		const struct thread *flusher; /* MEM with FR_FLUSHING; never followed */
	};
	union {
		struct proc *root_of;   /* L1: the process it is the root of */
		struct map_rec *stands; /* L2: the mapping by which it stands in an L1 */
		uint32_t filled;        /* RECORDS: bytes that are room for records already */
	};
};

/** A mapping. */
struct map_rec {
	int id, tid; /* 0 */
	struct frame_rec *frame;
	struct frame_rec *table;
	struct link by_frame; /* in frame->maps */
	struct link by_table; /* in table->inside */
	uint32_t at;          /* bytes: address in an L1, offset in an L2 */
	uint32_t offset;      /* into the frame */
	uint32_t len;         /* as made */
	uint32_t live;        /* descriptors' slots that still belong to it */
	uint32_t flags;       /* F_MAP_… as made */
	uint64_t stamp;       /* grows along frame->maps: which was made earlier */
};

#define GRANT_STEP 3 /* bits of a key that one level of the tree of grants takes */

/** A grant of one process to another, or a watch of one on another. */
struct grant_rec {
	int id, tid;             /* 0, RECORD_GRANT */
	struct proc *grantor;    /* who pays: who allowed, or who watches */
	struct proc *grantee;    /* who is allowed, or watched */
	struct grant_rec **slot; /* what points at it in the tree of grantor->grants */
	struct link by_grantee;  /* in grantee->granted or ->watchers */
	uint8_t rights;          /* ALLOW_…, or the bit to notify */
	bool watch;
	struct grant_rec *below[1u << GRANT_STEP]; /* by the next bits of its key */
};

/* ---- Time ---- */

/** A node of the timer tree. */
struct timer {
	struct timer *left, *right, *up;
	uint32_t weight; /* no less than its parent's */
	uint64_t at;     /* kernel timer ticks */
	bool armed;
	uint8_t bit;   /* alarms: which; threads: TIMER_THREAD */
	uint8_t level; /* who is above it does not see it expire */
};
#define TIMER_THREAD 0xff

/* ---- Who runs ---- */

/** A place in the ready queue of a level: a thread's, at its own priority, or a process's, at what its callers lend it. */
struct turn {
	struct link queue;
	int8_t level; /* -1: it stands in none */
	bool of_proc;
	bool stale; /* it stands among those that come before all others of that level: see lend.c */
};

/** What the calls to a process lend it: how many of each level, those of them that only pass on what their own process was
 * lent, the highest (-1: none). */
struct lent {
	uint32_t n[PRIORITY_MAX + 1], passed[PRIORITY_MAX + 1];
	uint32_t bits; /* levels with any */
	int8_t top;
};

/* ---- Threads ---- */

enum thread_state {
	T_INACTIVE, /* not started, or ended */
	T_READY,    /* its turn is in a ready queue, or it runs */
	T_HELD,     /* could run, but its process is stopped */
	T_PARKED,
	T_RECV,  /* waits for a message: in proc->receivers */
	T_SEND,  /* waits to be received: in peer->senders */
	T_REPLY, /* waits for the answer: in peer->callers */
	T_WAIT,  /* waits for a child's end: in peer->waiters */
};

/* thread.flags */
#define TF_CALL   1  /* its call is to be dispatched again from its registers */
#define TF_ONEWAY 2  /* T_SEND: wants no answer */
#define TF_FAULT  4  /* T_SEND, T_REPLY: a fault, not a message */
#define TF_INCALL 8  /* the fault was the kernel's, on a pointer of its call */
#define TF_PERMIT 16 /* thread_park's */
#define TF_DIED   32 /* in its parent's senders: its process's MSG_DIED */
#define TF_VFP    64 /* has used VFP */

/* thread.batch_state */
#define BATCH_FETCH 0 /* the next operation is to be read */
#define BATCH_RUN   1 /* it was read, and is to be done */
#define BATCH_STORE 2 /* it was done, and its result is to be written */

/** Where a mapping was, and which it was. */
struct look_place {
	int t_id;
	uint32_t at, len;
	uint64_t stamp;
};

/** A walk along a frame's mappings (frame_maps): it goes on with the first that is younger than what was shown last, whatever has
 * become of that. */
struct look {
	struct mapping shown;
	uint64_t stamp;         /* of what was shown */
	struct look_place from; /* the youngest known that is no younger: what was shown itself, at first */
	struct look_place next; /* what followed then; t_id 0: nothing */
};
#define LOOKS 4 /* walks that a thread may have under way in turns */

struct vfp {
	uint64_t d[32];
	uint32_t fpscr;
};

/** A thread.  `r` to `cpu` are known to trap.S. */
struct thread {
	uint32_t r[16]; /* r15: where it goes on */
	uint32_t cpsr;
	struct cpu *cpu; /* the CPU that runs it: the top of that CPU's kernel stack */
	struct proc *proc;
	int id;
	uint8_t state;
	uint8_t flags;
	uint8_t priority; /* its own: its level, which counts, is that or what is lent to its process */
	uint8_t lends;    /* T_SEND, T_REPLY: the level that its peer has from it */
	struct proc *peer;
	struct link queue;
	struct turn turn;
	struct link active;  /* T_READY but running: in proc->ready; T_SEND, T_REPLY: in proc->calling or ->passing */
	struct link sibling; /* in proc->threads */
	struct frame_rec *frame; /* the THREAD or PROC frame it lives in */
	uint32_t tls;
	uint32_t call;            /* T_SEND, T_REPLY: the number of the call or fault that it waits in */
	uint32_t slice_left;      /* ticks of the time slice that it has begun; 0: a whole one is to come */
	uint32_t progress;        /* of a call that is done in pieces */
	uint32_t batch_done;      /* of a batch: operations that succeeded */
	uint8_t batch_state;      /* BATCH_… */
	struct frame_op batch_op; /* the operation under way, with its result */
	uint32_t fault_address, fault_kind;
	int fault_table;
	va_t upcall_entry, upcall_area;
	struct timer timer;
	struct look look[LOOKS];
	uint8_t looks; /* which of them the next walk takes */
	struct vfp vfp;
};

/* ---- Processes ---- */

#define GRANT_BITS    8
#define GRANT_BUCKETS (1u << GRANT_BITS)
#define ALARMS        32
#define ODD_LENT      1u    /* something is lent to it */
#define ODD_HALTED    2u    /* its threads do not run */
#define RIGHTS_SET    0x80u /* proc.to_parent, from_parent: said, not the default */

/** A process.  It ends in its information page, so that the whole fits into PROC_SIZE. */
struct proc {
	struct thread first;    /* its id is the process's */
	struct frame_rec *root; /* NULL: none */
	struct proc *parent;    /* NULL: the first process */
	struct proc *pager;
	struct link frames;    /* head: frame_rec.owned */
	struct link records;   /* head: its free records, info.credits of them */
	struct link threads;   /* head */
	struct link children;  /* head */
	struct link sibling;   /* in parent->children */
	struct link clients;   /* head: those whose pager it is */
	struct link client;    /* in pager->clients */
	struct link senders;   /* head: threads in T_SEND, and children's MSG_DIED */
	struct link receivers; /* head: threads in T_RECV */
	struct link callers;   /* head: threads in T_REPLY */
	struct link waiters;   /* head: threads in T_WAIT */
	struct link granted;   /* head: grants to it */
	struct link watchers;  /* head: watches on it */
	struct link lines;     /* head: interrupt lines it owns, but for the first process */
	struct link ready;     /* head: threads in T_READY, but who runs: the first is who has what is lent */
	struct link calling;   /* head: threads in calls that lend their own priority */
	struct link passing;   /* head: those that lend more than that; passing_n of them */
	struct lent lent;
	uint32_t odd;     /* ODD_…: why its messages do not go straight */
	struct turn turn; /* its place at the level that is lent to it */
	uint32_t passing_n;
	uint32_t stale_n; /* the first of `passing`, of at most the level `stale`: is what they pass on still lent? */
	int8_t stale;
	uint32_t notified;   /* bits */
	uint32_t grants_n;   /* grants and watches of its own */
	uint8_t anyone;      /* rights of anyone */
	uint8_t to_parent;   /* rights of its parent on it */
	uint8_t from_parent; /* its rights on its parent */
	bool started;
	struct timer alarms[ALARMS];
	struct grant_rec *grants[GRANT_BUCKETS]; /* by the first bits of a key: trees */
	struct proc_info info __attribute__((aligned(PAGE_SIZE)));
};

/* ---- CPUs ---- */

typedef int (*call_fn)(uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);

#define CPU_MAX 8

/** What one CPU owns; it stands on top of the CPU's kernel stack.  The first three are known to trap.S. */
struct cpu {
	struct thread *current; /* NULL: none */
	uint32_t resched;       /* not 0: leave the kernel through the scheduler */
	const call_fn *calls;   /* the table, or the one that finishes preempted work first */
	struct frame_rec *root; /* what TTBR0 holds, NULL: the empty table */
	struct thread *loaded;  /* whose context the CPU keeps: identifier and thread pointer */
	struct thread *vfp;     /* whose VFP registers are loaded */
	struct thread *lent;    /* in a call that the books do not show yet: who runs answers it (msg_straight.c) */
	struct thread *payer;   /* whose time slice it is, NULL: that of who runs */
	int level;              /* of who runs, when that was last looked at */
	int timer_floor;        /* what is due at lower levels waits until they come */
	uint64_t slice_end;     /* when the current time slice ends; 0: nobody waits for it */
	uint64_t timer_at;      /* what the timer is set to */
	uint32_t call;          /* the number of the last call or fault here; its index, modulo CPU_MAX */
	uint32_t fault_address, fault_status; /* of the last failed user access */
};

#define container_of(ptr, type, member) ((type *)(void *)((char *)(ptr)-offsetof(type, member)))

#endif
