/* SPDX-License-Identifier: ISC
 * What the parts of the first process ask of each other.
 *
 * Four threads: the server receives every message and never waits for anybody; the worker does what waits for others (starting
 * programs, writing to the console, powering off) from a queue of jobs; at the priority of ordinary programs, so that nobody above
 * them is delayed, the zeroer zeroes what is long, and the ticker says when the server does the next step of work that is. */
#ifndef BIN_INIT_H
#define BIN_INIT_H

#include <mullion.h>
#include "boot.h"

extern const struct boot *boot_page; /* lib's */

/* init is above the drivers, these above the file server, that above programs. */
#define CONSOLE_PRIORITY 20
#define FILES_PRIORITY   16

/* ---- init_mem.c: physical memory ---- */

/** A zeroed frame of exactly `len` bytes, aligned (0: a page), ending below physical `below` (0: anywhere).
 * `keep`: bytes that must stay free afterwards; 0: it is for init itself.  ERR_ALIGN · ERR_RANGE no length, or no whole pages ·
 * ERR_MEMORY · ERR_RECORDS. */
int mem_get(size_t len, size_t align, uint32_t below, size_t keep);

/** The same, not zeroed: rule 11 is the caller's to keep, with mem_zero. */
int mem_take(size_t len, size_t align, uint32_t below, size_t keep);

/** Zeroes `len` bytes of a frame of mine through a window (WINDOW_…) of `window_len` bytes.  ERR_RECORDS. */
int mem_zero(size_t window, size_t window_len, int f_id, size_t len);

/** Takes an unmapped MEM frame of mine back, and merges it with its neighbours. ERR_FRAME · ERR_KIND · ERR_MEMORY no node. */
int mem_put(int f_id);

/** Takes over a RECORDS frame of mine: it is memory as soon as the credits for it are free.  ERR_FRAME · ERR_MEMORY no node. */
int mem_put_records(int f_id);

/** Takes a part of a device back.  1: now it is here whole; 0: not yet.  ERR_FRAME · ERR_MEMORY no node. */
int mem_put_device(int f_id, const struct boot_device *d);

/** Takes a device out of the store: its frame, whole.  ERR_BUSY parts of it are not here. */
int mem_take_device(const struct boot_device *d);

struct mem_info {
	uint64_t free;    /* bytes */
	uint64_t total;   /* bytes that were ever free */
	uint64_t largest; /* bytes of the largest run */
	size_t frames;    /* of mine that the store knows */
};
void mem_info(struct mem_info *out);

/** Whether the page at physical address pa is free. */
int mem_is_free(size_t pa);

/** Whether the store knows the page: it is free, or of a device, or of init's room for records. */
int mem_has(size_t pa);

/** What requests cannot get, so that stacks grow, and what stacks cannot get, so that init goes on, when memory is short. */
#define MEM_KEEP (256 * 1024)
#define MEM_KNOW                                                                                                       \
	(64 * 1024) /* and above MEM_KEEP, so that whoever took the rest does not keep init from knowing others */
#define MEM_STACKS (128 * 1024)

/** Whether memory or credits are so short that init makes nothing new for clients. */
int mem_short(void);

/* The span of the process's stack is free in the first process: its pages are windows. */
#define WINDOW_ZERO       ((size_t)0) /* where memory is zeroed */
#define WINDOW_ZERO_LEN   ((size_t)0x80000)
#define WINDOW_WORK       ((size_t)0x80000) /* where the zeroer zeroes much of it */
#define WINDOW_WORK_LEN   ((size_t)0x80000)
#define WINDOW_CLIENT     ((size_t)0x100000) /* where the server looks at a client's frame, and zeroes what is short */
#define WINDOW_CLIENT_LEN ((size_t)0x80000)
#define WINDOW_REPORT     ((size_t)0x180000) /* where the worker writes a line */
#define WINDOW_NOTE       ((size_t)0x190000) /* where the server writes into what waits */
#define WINDOW_MAX        ((size_t)0x10000)

/** Maps up to WINDOW_MAX bytes of a frame of mine at WINDOW_…; NULL if that is refused. */
void *window_open(size_t window, int f_id, size_t len);
void window_close(size_t window, size_t len);

/* ---- init_proc.c: who there is ---- */

struct proc_entry;

/** The entry of the process that thread `id` belongs to, made if init may know it; NULL if not. */
struct proc_entry *proc_of(int id);
int proc_pid(const struct proc_entry *p);
/** What its program is called, "?" if nobody said. */
const char *proc_name(const struct proc_entry *p);
void proc_set_name(struct proc_entry *p, const char *name, size_t len);
/** Notifies `by` of `bit` when p ends.  ERR_BUSY it watches too many · ERR_MEMORY. */
int proc_add_watch(struct proc_entry *p, struct proc_entry *by, int bit);
/** Some processes ended that were given one of these notification bits. */
void proc_check(uint32_t bits);
/** Whether it is not known yet who, and a step of finding out. */
int proc_due(void);
void proc_step(void);
/** A process ended. */
void proc_gone(int pid);
/** Fills `room` entries with those after `pid`.  The number, or ERR_PROC. */
int proc_list(int pid, struct init_proc *out, size_t room);

/** `text`: INIT_NAME_LEN bytes, NUL-padded.  ERR_EXISTS · ERR_BUSY it has too many · ERR_MEMORY. */
int name_set(struct proc_entry *p, const uint32_t *text);
/** The pid, or ERR_PROC. */
int name_get(const uint32_t *text);

/** One device more (1) or less (-1).  ERR_BUSY it has too many. */
int proc_count_device(struct proc_entry *p, int more);
/** One that pid was given is back. */
void proc_device_back(int pid);

/* ---- init_device.c ---- */

/** Hands a device out: its DEV frame's id in *f_id, its line, allowed to p, in *irq (-1: none).
 * ERR_PROC no such device · ERR_BUSY somebody has it, or p has too many. */
int device_get(const char *name, struct proc_entry *p, int *f_id, int *irq);
/** A DEV frame of mine, unmapped, came back: a device, or a part of one.  ERR_FRAME · ERR_KIND · ERR_MEMORY. */
int device_put(int f_id);

/* ---- init_reap.c ---- */

/** Begins to take back everything that an ended child owned. */
void reap(int pid);
/** Whether there is more to take, and a step of taking it. */
int reap_due(void);
void reap_step(void);
/** Takes back a frame of mine of any kind, wherever it is mapped or stands.  ERR_FRAME · ERR_KIND · ERR_BUSY · ERR_MEMORY. */
int frame_home(int f_id);

/* ---- init_fault.c ---- */

/** Decides a MSG_FAULT: repairs it, or queues a report after which the thread ends. */
void fault_serve(const struct msg *m);

/* ---- init_work.c: the worker ---- */

/** Starts the worker, which starts everything else. */
void work_start(void);
/** Queues a line for the console; then the thread ends whose fault *m is (NULL: none).  -1: the queue is full. */
int work_report(const struct msg *m, const char *line);
/** Lets the worker power off, before all that is queued. */
void work_power_off(int status);

/* ---- init_zero.c, init_step.c: the zeroer and the ticker, which ask the server with messages of init's own ---- */

#define OWN_ZERO 0x10f0 /* word[0] a frame that is to go back, 0: none -> word: frame, thread, call, bytes */
#define OWN_STEP 0x10f1 /* answered when there is something to do */

void zero_start(void);
/** Queues zeroing a frame and answering the call *m with it.  ERR_RECORDS. */
int zero_queue(const struct msg *m, int f_id, size_t len);
/** The zeroer asks. */
void zero_next(const struct msg *m);
/** Whether it has nothing to do. */
int zero_idle(void);

void step_start(void);
/** The ticker asks. */
void step_next(const struct msg *m);
/** Wakes the ticker if there is something to do. */
void step_check(void);
/** Memory was short: whatever frames came unasked are looked for. */
void sweep_ask(void);

/* ---- init_boot.c: starting the first programs ---- */

/** Run by the worker: starts the console driver, the file server and the shell. */
void boot_start(void);
/** The server heard of a name, or of a child's end. */
void boot_named(const char *name);
void boot_died(int pid, int status);
/** The console driver's pid, 0 before it lives and after. */
int boot_console(void);
/** Whether it is a server that init started.  Whether all that is started at first runs. */
int boot_is_server(int pid);
int boot_done(void);

/* ---- init_power.c ---- */

/** Writes the line of the end, waits until it is out, and resets the machine. */
void power_off(int status) __attribute__((noreturn));
/** Writes text to the console, as long as that answers. */
void console_write(const char *text);
/** The worker's frame while it is here and mapped nowhere, 0: none; -1: it is under way. */
int power_buffer(void);
/** Resets the machine.  Does not return. */
void machine_reset(void) __attribute__((noreturn));

#endif
