/* SPDX-License-Identifier: ISC
 * What the library knows about the process that it is linked into, and where it puts what.  Internal to lib/.
 *
 *   0x00008000  the first process's boot page         0x00009000  the information page
 *   0x0000a000  own tables, read-only: the L1, then a page for each L2 (SELF_SLOTS of them)
 *   0x00030000  the first process's stack             0x00040000  nodes of the library's trees
 *   0x000f0000  window for clearing pages             0x00100000  the image, then the heap
 *   0x40000000  vm_map's                              0x7f000000  more table pages, more nodes
 *   0x7fe00000  a guard page, then the main stack, then arguments up to 0x7ffff000 */
#ifndef MULLION_SELF_H
#define MULLION_SELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "frame.h"
#include "proc.h"
#include "boot.h"
#include "spawn.h"
#include "sync.h"

#define SELF_INFO_VA    BOOT_INFO_VA
#define SELF_TABLES_VA  BOOT_TABLES_VA
#define SELF_SLOTS_VA   (SELF_TABLES_VA + L1_SIZE)
#define SELF_SLOTS      ((BOOT_STACK_END - BOOT_STACK - SELF_SLOTS_VA) / PAGE_SIZE)
#define SELF_NODES_VA   BOOT_STACK_END
#define SELF_NODES      ((SELF_ZERO_VA - SELF_NODES_VA) / PAGE_SIZE)
#define SELF_ZERO_VA    0x000f0000
#define SELF_ZERO_LEN   0x00010000
#define SELF_HEAP_END   0x40000000
#define SELF_VM_VA      0x40000000
#define SELF_VM_END     0x7f000000
#define SELF_SLOTS2_VA  0x7f000000 /* of the slots past the first SELF_SLOTS */
#define SELF_NODES2_VA  0x7f400000 /* of the node pages past the first SELF_NODES */
#define SELF_NODES2_END 0x7fe00000

#define SELF_CREDITS    32 /* fewer free ones than this, and a page is donated */

struct self {
	int init; /* pid of the memory and name server; 0: it is I */
	int pid;
	int l1;
	const struct proc_info *info; /* always up to date */
	uintptr_t heap_va;
	struct spawn_start *start; /* NULL in the first process */
	const struct boot *boot;   /* NULL in all others */
	bool ending;               /* in exit: what is still to be written is written now */
	bool lost;                 /* standard output, or what was written then, did not go through */
};

extern struct self self;

/** What a thread has of its own.  The main thread's is static, the others' lies on top of their stacks. */
struct self_thread {
	int err;    /* errno; the main thread's is newlib's */
	int vm_err; /* vm_error() */
};

struct self_thread *self_thread(void);

/** A lock that its holder may take again. */
struct rlock {
	struct mutex mutex;
	int depth;
};

#define RLOCK_INIT                                                                                                     \
	{                                                                                                              \
		MUTEX_INIT, 0                                                                                          \
	}

void rlock_lock(struct rlock *l);
void rlock_unlock(struct rlock *l);

/** Puts the process's memory in order: its tables, address space and pool.  Before anything else runs. */
void memory_start(void);

/** Installs the files that the process was started with. */
void files_start(void);

#endif
