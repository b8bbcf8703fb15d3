/* SPDX-License-Identifier: ISC
 * Processes and threads: the calls, and what they show.  Wherever a pid is taken, 0 means myself, and the id
 * of any thread means its process.  Priorities go from 0 to PRIORITY_MAX, the greater first. */
#ifndef MULLION_PROC_H
#define MULLION_PROC_H

#define PRIORITY_MAX     31
#define PRIORITY_DEFAULT 8 /* what init gives to ordinary programs */

/* States of a process. */
#define PROC_STOPPED 1
#define PROC_RUNNING 2
#define PROC_ENDED   3

/* Kinds of faults: what was tried, and why it failed.  */
#define FAULT_READ      (1 << 0)
#define FAULT_WRITE     (1 << 1)
#define FAULT_EXEC      (1 << 2)
#define FAULT_UNDEFINED (1 << 3) /* an instruction that the CPU refuses */
#define FAULT_ALIGNMENT (1 << 4)
#define FAULT_NOMAP     (1 << 8) /* nothing is mapped there */
#define FAULT_RIGHT     (1 << 9) /* something is, without that right */

#ifndef __ASSEMBLER__
#include <stddef.h>
#include <stdint.h>
#include "err.h"

/** A process as proc_info shows it; also what its information page holds, always up to date. */
struct proc_info {
	int pid;
	int parent;   /* 0: the first process */
	int root;     /* f_id of its root table, 0: none */
	int state;    /* PROC_… */
	int status;   /* once ended */
	int priority; /* the highest its threads may have */
	int pager;    /* 0: none */
	int threads;
	int frames;        /* that it owns */
	int credits;       /* free record credits */
	uint32_t faults;   /* taken by its threads since it was made */
	uint32_t messages; /* queued for it now */
	int frame;         /* f_id of its PROC frame, which is its parent's */
};

/** A thread's registers. */
struct regs {
	uint32_t r[16]; /* r13 is sp, r14 lr, r15 pc */
	uint32_t cpsr;  /* of it a user may set N Z C V Q GE, E, IT and T; of IT what cannot be is 0 */
	uint32_t fpscr;
	uint64_t d[32]; /* VFP registers; d16-d31 read 0 where the CPU has none */
	uint32_t tls;   /* the user's thread-pointer register, TPIDRURW */
	uint32_t zero;  /* reads 0 */
};

/** What thread_upcall's area holds while a fault is handled.  The kernel writes `busy` last. */
struct upcall {
	uint32_t busy;    /* set by the kernel, cleared by the handler or by thread_return */
	uint32_t address; /* that was accessed */
	uint32_t kind;    /* FAULT_… */
	uint32_t table;   /* f_id where the walk ended */
	uint32_t cpsr;    /* of what was interrupted */
	uint32_t r[16];   /* of what was interrupted; r[15] is the instruction that faulted, bit 0 set in Thumb */
	uint32_t
		resume_pc; /* not 0: it was a call of the kernel that faulted, on a pointer: resume by thread_return only */
	uint32_t resume, resume_result; /* how far that call had come */
};

/** Turns an unmapped MEM frame of PROC_SIZE bytes into a stopped process with one thread and no vspace.
 * Its parent is the frame's owner.  Returns the pid.  ERR_FRAME · ERR_KIND · ERR_RANGE · ERR_BUSY. */
int proc_new(int f_id);

/** Lets a child's first thread begin at pc with sp and arg in r0; threads that were made for it before run too.
 * ERR_PROC · ERR_BUSY started already · ERR_NOMAP it has no root · ERR_DEAD · ERR_RANGE pc. */
int proc_start(int pid, uintptr_t pc, uintptr_t sp, uintptr_t arg);

/** Stops a child: none of its threads runs any more until proc_resume.  ERR_PROC · ERR_DEAD. */
int proc_stop(int pid);

/** Lets a stopped child go on.  ERR_PROC · ERR_BUSY not stopped, or not started · ERR_NOMAP · ERR_DEAD. */
int proc_resume(int pid);

/** Ends a child (or me): its threads stop, calls to it answer ERR_DEAD, its children pass to its parent,
 * which gets MSG_DIED.  ERR_PROC · ERR_DEAD it has ended already. */
int proc_end(int pid, int status);

/** Ends the calling process. */
void proc_exit(int status) __attribute__((noreturn));

/** Describes me, a child, or a process that allows me anything.  ERR_PROC · ERR_POINTER. */
int proc_info(int pid, struct proc_info *out);

/** Sets the highest priority of a child's (or my) threads, at most my own; what of its children, and theirs, is above that comes down
 * to it.  ERR_PROC · ERR_RANGE · ERR_RIGHT. */
int proc_priority(int pid, int max);

/** Waits at most `timeout` ns (-1 for ever, 0 a poll) for a child to end; *status gets its status (may be NULL).
 * Its MSG_DIED, if it still waits, is taken.  ERR_PROC · ERR_TIMEOUT · ERR_POINTER. */
int proc_wait(int pid, int64_t timeout, int *status);

/** Hands everything that an ended child owned to me; its PROC frame and the THREAD frames of its threads
 * become cleared memory.  For frame_next what it owned comes, in the order that it had, after all that is mine by then.
 * ERR_PROC · ERR_BUSY it has not ended. */
int proc_reap(int pid);

/** Notifies me of `bit` (0 to 31) when a process ends that is my child or that allows me anything; -1 withdraws.
 * Costs a record until then.  ERR_PROC · ERR_RANGE · ERR_RECORDS · ERR_DEAD it has ended. */
int proc_watch(int pid, int bit);

/** Names who gets the faults of pid (me or a child) and may map into its tables: 0: nobody (so its parent).
 * ERR_PROC · ERR_RIGHT the pager does not let pid send · ERR_DEAD. */
int proc_pager(int pid, int pager);

/** Turns an unmapped MEM frame of THREAD_SIZE bytes into a thread of pid (me or a child), ready at pc.
 * Returns its id.  When it ends the frame is cleared memory again.
 * ERR_FRAME · ERR_PROC · ERR_KIND · ERR_RANGE · ERR_BUSY · ERR_DEAD. */
int thread_new(int pid, int f_id, uintptr_t pc, uintptr_t sp, uintptr_t arg);

/** Ends the calling thread; the last one's end is its process's, with status 0. */
void thread_exit(void) __attribute__((noreturn));

/** Waits for a permit, at most `timeout` ns (-1 for ever, 0 a poll), and takes it.  ERR_TIMEOUT. */
int thread_park(int64_t timeout);

/** Gives a thread of my process its permit.  ERR_PROC. */
int thread_unpark(int tid);

/** Lets the next thread of the same priority run. */
int thread_yield(void);

/** Sets the priority of a thread of mine or a child's, up to its process's.  tid 0: mine.
 * ERR_PROC · ERR_RANGE · ERR_RIGHT. */
int thread_priority(int tid, int priority);

/** The thread after tid (0: the first) of pid (me or a child); 0 at the end.  ERR_PROC. */
int thread_next(int pid, int tid);

/** Reads (set 0) or writes (set 1) the registers of a stopped thread of a child, or of mine that is parked.
 * Writing ends the call that it waits in: a message is withdrawn, a child's thread is not parked any more, and when its fault is answered
 * it goes on where its registers say.  One of mine stays parked until it is unparked, whatever its timeout was, and has 0 in r0 then.
 * ERR_PROC · ERR_BUSY it is not stopped · ERR_FLAGS set · ERR_POINTER. */
int thread_regs(int tid, struct regs *regs, int set);

/** The calling thread handles its own faults: the kernel saves what was interrupted in `area` (a struct upcall,
 * word-aligned) and enters entry(area) on the interrupted stack, little-endian, r1 the address, r2 the kind.  entry 0: no more.
 * While area's first word is set, or when it cannot be written, faults go to the pager, else the parent.
 * ERR_ALIGN · ERR_RANGE. */
int thread_upcall(void (*entry)(void *area), void *area);

/** Resumes what `area` holds and clears its first word; an exclusive access that was begun fails.  Does not return.  ERR_ALIGN · ERR_POINTER. */
int thread_return(void *area);

/** The id of the calling thread; without a call. */
int thread_self(void);
#endif

#endif
