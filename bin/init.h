/* SPDX-License-Identifier: ISC
 * What the parts of the first process ask of each other.
 *
 * Two threads: the server receives every message and never waits for anybody; the worker does what may take
 * long (starting programs, writing to the console, powering off) from a queue of jobs. */
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
 * `keep`: bytes that must stay free afterwards.  ERR_ALIGN · ERR_RANGE · ERR_RECORDS. */
int mem_get(size_t len, size_t align, uint32_t below, size_t keep);

/** The same, not zeroed: rule 11 is the caller's to keep, with mem_zero. */
int mem_take(size_t len, size_t align, uint32_t below, size_t keep);

/** Zeroes `len` bytes of a frame of mine through a window (WINDOW_…) of `window_len` bytes.  ERR_RECORDS. */
int mem_zero(size_t window, size_t window_len, int f_id, size_t len);

/** Takes an unmapped MEM frame of mine back, and merges it with its neighbours. ERR_FRAME · ERR_KIND. */
int mem_put(int f_id);

/** Makes room for the store's own bookkeeping; between requests, never from within the library. */
void mem_tidy(void);

struct mem_info {
	uint64_t free;    /* bytes */
	uint64_t total;   /* bytes that were ever free */
	uint64_t largest; /* bytes of the largest run */
};
void mem_info(struct mem_info *out);

/** Whether the page at physical address pa is free. */
int mem_is_free(size_t pa);

/** What clients cannot get: so that init itself, and stacks, go on working when memory is short. */
#define MEM_KEEP (256 * 1024)

/* The span of the process's stack is free in the first process: its pages are windows. */
#define WINDOW_ZERO     ((size_t)0) /* where memory is zeroed */
#define WINDOW_ZERO_LEN ((size_t)0x80000)
#define WINDOW_WORK     ((size_t)0x80000) /* where the worker zeroes much of it */
#define WINDOW_WORK_LEN ((size_t)0x80000)
#define WINDOW_CLIENT   ((size_t)0x100000) /* where the server looks at a client's frame */
#define WINDOW_REPORT   ((size_t)0x180000) /* where the worker writes a line */
#define WINDOW_MAX      ((size_t)0x10000)

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
/** Notifies `watcher` of `bit` when p ends.  0, or ERR_RECORDS without memory. */
int proc_add_watch(struct proc_entry *p, int watcher, int bit);
/** Some processes ended that were given one of these notification bits. */
void proc_check(uint32_t bits);
/** A process ended. */
void proc_gone(int pid);
/** Fills `room` entries with those after `pid`.  The number, or ERR_PROC. */
int proc_list(int pid, struct init_proc *out, size_t room);

/** ERR_EXISTS · ERR_RANGE · ERR_RECORDS. */
int name_set(struct proc_entry *p, const char *name);
/** The pid, or ERR_PROC. */
int name_get(const char *name);

/* ---- init_device.c ---- */

/** Hands a device out: its DEV frame's id in *f_id, its line allowed to `pid`.  The line (-1: none is in *irq).
 * ERR_PROC no such device · ERR_BUSY somebody has it. */
int device_get(const char *name, int pid, int *f_id, int *irq);
/** A DEV frame came back.  ERR_KIND: it is no whole device. */
int device_put(int f_id);

/* ---- init_reap.c ---- */

/** Takes back everything that an ended child owned. */
void reap(int pid);

/* ---- init_fault.c ---- */

/** Decides a MSG_FAULT: repairs it, or queues a report after which the thread ends. */
void fault_serve(const struct msg *m);

/* ---- init_work.c: the worker ---- */

/** Starts the worker, which starts everything else. */
void work_start(void);
/** Queues a line for the console; then thread `end` (0: none), which waits for the answer to its fault, ends.
 * -1: the queue is full. */
int work_report(int end, const char *line);
/** Queues zeroing a frame and answering thread `to` with it.  -1: the queue is full. */
int work_grant(int to, int f_id, size_t len);
/** Queues powering off. */
void work_power_off(int status);

/* ---- init_boot.c: starting the first programs ---- */

/** Run by the worker: starts the console driver, the file server and the shell. */
void boot_start(void);
/** The server heard of a name, or of a child's end. */
void boot_named(const char *name);
void boot_died(int pid, int status);
/** The console driver's pid, 0 before it lives and after. */
int boot_console(void);

/* ---- init_power.c ---- */

/** Writes the line of the end, waits until it is out, and resets the machine. */
void power_off(int status) __attribute__((noreturn));
/** Writes text to the console, as long as that answers. */
void console_write(const char *text);
/** Resets the machine.  Does not return. */
void machine_reset(void) __attribute__((noreturn));

#endif
