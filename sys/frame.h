/* SPDX-License-Identifier: ISC
 * Frames, mappings and address spaces: what they are, the numbered rules, sizes, and the calls.
 *
 * The rules (cited by number in code and tests):
 *  1. Frames partition memory: no overlap, no gap, the total never changes.
 *  2. A process can name only what it owns, its children, and what it was allowed; unmap and protect may
 *     name either side of an existing mapping.  An id that is not yours and one that does not exist
 *     answer alike.
 *  3. A table is never writable by user code, through any mapping of any rights it could be raised to, in
 *     any vspace; no PROC, THREAD or RECORDS frame is visible to it, apart from a process's information
 *     page, read-only.  What users can read in a table holds no kernel address.
 *  4. Every valid descriptor in every table belongs to exactly one mapping record and grants no more than it.
 *  5. A mapping of P's frame is made only in tables of P, or in tables whose owner allows P to map; checked
 *     when it is made and whenever its frame or table changes owner.
 *  6. When a call that removes a right returns, no CPU can use it any more; so before the frame changes
 *     kind or owner, and before its place in the table is filled again.
 *  7. Records and credits are conserved; the kernel allocates nothing else.
 *  8. A call that fails changes nothing.
 *  9. No call holds interrupts off for longer than a fixed bound, whatever its arguments.
 * 10. The cost of an operation on one object does not grow with how many others there are.
 * 11. No user action can panic the kernel, hang it, starve what has a higher priority, or read kernel memory
 *     or stale contents of memory that it was not given.
 * 12. Calls on the objects of one process alone neither wait for calls of other processes nor touch memory that
 *     those write; and the same of a message between two, against all others. */
#ifndef MULLION_FRAME_H
#define MULLION_FRAME_H

/* Sizes in bytes.  A table's frame holds the hardware's descriptors in its lower half; in its upper half
 * one word a descriptor that is non-zero while something is mapped there (with any rights, or none). */
#define PAGE_SIZE    0x1000
#define SECTION_SIZE 0x100000
#define L1_SIZE      0x4000   /* 2048 descriptors, a SECTION_SIZE each */
#define L2_SIZE      0x1000   /* 512 descriptors, a PAGE_SIZE each */
#define L2_SPAN      0x200000 /* what one L2 covers */
#define PROC_SIZE    0x2000
#define THREAD_SIZE  0x1000
#define USER_END     0x80000000 /* first address past user space */

/* Kinds of frames. */
#define FRAME_MEM     1
#define FRAME_DEV     2
#define FRAME_L1      3
#define FRAME_L2      4
#define FRAME_PROC    5
#define FRAME_THREAD  6
#define FRAME_RECORDS 7

/* Flags of mappings: rights, one form, options. */
#define F_MAP_READ     (1 << 0)
#define F_MAP_WRITE    (1 << 1) /* needs F_MAP_READ */
#define F_MAP_EXEC     (1 << 2) /* needs F_MAP_READ */
#define F_MAP_RIGHTS   (F_MAP_READ | F_MAP_WRITE | F_MAP_EXEC)
#define F_MAP_TABLE    (1 << 3) /* an L2, whole, into an L1 */
#define F_MAP_SECTION  (1 << 4) /* sections, into an L1 */
#define F_MAP_PAGE     (1 << 5) /* pages, into an L2 */
#define F_MAP_FORM     (F_MAP_TABLE | F_MAP_SECTION | F_MAP_PAGE)
#define F_MAP_UNCACHED (1 << 6) /* for DMA: a frame is mapped all cached or all uncached */
#define F_MAP_KEEP     (1 << 7) /* stays its owner's in a vspace_swap */
#define F_MAP_REPLACE  (1 << 8) /* what lies there goes; not part of the mapping */

/* What frame_allow allows. */
#define ALLOW_GIVE (1 << 0) /* give me frames */
#define ALLOW_MAP  (1 << 1) /* map its frames into my tables where nothing lies */
#define ALLOW_SEND (1 << 2) /* send me messages */

/* Operations of frame_cache. */
#define CACHE_CLEAN 1 /* to the point of coherency */
#define CACHE_FLUSH 2 /* clean and invalidate to the point of coherency */
#define CACHE_UNIFY 3 /* code was written: clean data, invalidate instructions */

#define GIVE_MAX    1024 /* pages of mappings that one give may take away */
#define BATCH_MAX   1024 /* operations in one batch */

#ifndef __ASSEMBLER__
#include <stddef.h>
#include <stdint.h>
#include "err.h"
#include "call.h"

/** A frame as frame_info shows it. */
struct frame {
	int f_id;
	int kind;   /* FRAME_… */
	int maps;   /* mapping records that refer to it */
	size_t pa;  /* physical address, bytes */
	size_t len; /* bytes */
};

/** A mapping as frame_maps, vspace_next and vspace_resolve show it. */
struct mapping {
	int t_id;      /* the table it stands in */
	int f_id;      /* the frame it shows */
	int flags;     /* F_MAP_…: as made (frame_maps, vspace_next); with the present rights (vspace_resolve) */
	uintptr_t at;  /* where: virtual address in an L1, offset in the span in an L2 */
	size_t offset; /* into the frame, bytes */
	size_t len;    /* bytes as made; it may have holes */
	size_t pa;     /* physical address of its start */
};

/** One operation of a batch. */
struct frame_op {
	int call;         /* CALL_frame_split, _merge, _give, _table, _map, _unmap or _protect */
	uintptr_t arg[6]; /* its arguments, in order */
	int result;       /* what it answered; written when it was done */
};

/** Cuts a MEM or DEV frame of mine at `offset` (bytes, page-aligned, inside it); its mappings are cut with it.
 * Costs a record, and one more for each mapping that is cut.
 * Returns the id of the upper part.
 * ERR_FRAME not mine · ERR_KIND · ERR_ALIGN · ERR_RANGE 0, or not inside · ERR_BUSY inside a mapped section ·
 * ERR_RECORDS. */
int frame_split(int f_id, size_t offset);

/** Joins two frames of mine of one kind (MEM or DEV), unmapped, f1 just below f2.  f1 stays, f2's id ends.
 * ERR_FRAME · ERR_KIND · ERR_RANGE not adjacent in this order · ERR_BUSY one is mapped. */
int frame_merge(int f1, int f2);

/** Gives a MEM, DEV or RECORDS frame or an empty, unused table of mine to a process that allows it
 * (ALLOW_GIVE); a PROC frame to my parent or, allowed, to another child of mine, which changes the parent.
 * Afterwards it is mapped only in the receiver's tables.  A RECORDS frame takes its credits along.
 * ERR_FRAME · ERR_PROC · ERR_RIGHT not allowed · ERR_KIND · ERR_BUSY a table in use, or more than GIVE_MAX
 * pages of mappings to take away · ERR_RECORDS so many credits are not free · ERR_DEAD it has ended. */
int frame_give(int f_id, int pid);

/** Says what `pid` (0: anyone) may do to me from now on: ALLOW_…, or 0 to withdraw.  A grant to a pid goes
 * before one to anyone.  Until withdrawn my parent has all three and my children have ALLOW_SEND.
 * A grant to somebody who is neither costs a record until it is withdrawn or the grantee ends.
 * ERR_PROC no such process · ERR_FLAGS · ERR_RECORDS. */
int frame_allow(int pid, int rights);

/** Turns an unmapped MEM frame of mine into room for records.  Returns the credits added.
 * frame_table(f_id, FRAME_MEM) takes it back when as many credits are free: what its records are used for moves to others.
 * ERR_FRAME · ERR_KIND · ERR_BUSY mapped. */
int frame_donate(int f_id);

/** Turns a MEM frame of exactly L1_SIZE or L2_SIZE bytes, aligned to its size, into a cleared FRAME_L1 or
 * FRAME_L2; no mapping of it may have been made with the right to write, or uncached.  FRAME_MEM turns back
 * an empty table that stands nowhere and is no root, or a RECORDS frame (cleared), which costs as many free credits as it brought.
 * ERR_FRAME · ERR_KIND · ERR_ALIGN · ERR_RANGE not of that size · ERR_BUSY · ERR_RECORDS so many are not free. */
int frame_table(int f_id, int kind);

/** Maps `len` bytes (0: the rest) of frame f_id from `offset` into table t_id at `at`.
 * `flags`: one form, rights (at least READ; an L2 that is put in place has none, READ is ignored), options.
 * With F_MAP_REPLACE (the table's owner only) what lay there goes.  Costs a record of the frame's owner.
 * A PROC frame maps, read-only, as its process's information page (struct proc_info, one page).
 * ERR_FRAME either is not mine, or the table's owner does not allow me to map · ERR_RIGHT a table, PROC frame
 * or device with a right it cannot have; REPLACE in another's table · ERR_KIND · ERR_ALIGN · ERR_RANGE ·
 * ERR_FLAGS · ERR_BUSY the L2 stands somewhere; cached and uncached would mix · ERR_EXISTS · ERR_RECORDS. */
int frame_map(int t_id, int f_id, uintptr_t at, size_t offset, size_t len, int flags);

/** Takes the pages of frame f_id in [at, at + len) out of table t_id (len 0: to the end of the mapping at `at`).
 * f_id 0: whatever lies there (t's owner).  t_id 0: every mapping of f everywhere, `at` and `len` unused (f's
 * owner; nothing to do is success).  Either side's owner may.
 * ERR_FRAME · ERR_ALIGN (an L2 is taken out whole) · ERR_RANGE · ERR_NOMAP nothing of it lies there. */
int frame_unmap(int t_id, int f_id, uintptr_t at, size_t len);

/** Changes the rights of the pages of f_id (0: whatever lies there) in [at, at + len) of table t_id to `rights`,
 * F_MAP_READ and so on.  Either side's owner may lower them, to 0 too; only the frame's owner may raise them, up to what the
 * mapping was made with.
 * ERR_FRAME · ERR_RIGHT · ERR_KIND an L2 stands there · ERR_ALIGN · ERR_RANGE · ERR_FLAGS · ERR_NOMAP. */
int frame_protect(int t_id, int f_id, uintptr_t at, size_t len, int rights);

/** Does n ≤ BATCH_MAX operations in order; stops at the first failure.  Each is read once and none runs twice.
 * Returns how many succeeded; each one's result is in the array, the failed one's too.
 * ERR_RANGE n · ERR_POINTER (what was done before stays done). An operation not allowed in a batch: ERR_CALL. */
int frame_batch(struct frame_op *ops, size_t n);

/** CACHE_… over part of a frame of mine (len 0: the rest).
 * ERR_FRAME · ERR_KIND not memory · ERR_ALIGN · ERR_RANGE · ERR_FLAGS no such op. */
int frame_cache(int f_id, size_t offset, size_t len, int op);

/** How many frames pid (0: I; or a child) owns.  ERR_PROC. */
int frame_count(int pid);

/** The frame after f_id (0: the first) of pid (0: I; or a child); 0 at the end.  ERR_PROC · ERR_FRAME. */
int frame_next(int pid, int f_id);

/** Describes a frame of mine or of a child.  ERR_FRAME · ERR_POINTER. */
int frame_info(int f_id, struct frame *out);

/** Replaces *inout (all zero: before the first) by the next mapping of a frame of mine or of a child.
 * Returns 1, or 0 at the end.  A thread that hands in what it was shown last, of up to four walks that it has under way, is
 * shown each mapping that stands throughout the walk once, whatever else is mapped or unmapped meanwhile.
 * ERR_FRAME · ERR_NOMAP *inout is no mapping of it and was not shown so, or none is left · ERR_POINTER. */
int frame_maps(int f_id, struct mapping *inout);

/** Makes L1 f_id, mine, the root of pid (0: mine own; or a child's).  For a child: the frames mapped in it
 * that are mine, tables and their contents included, become the child's, and those of the old root mine; but for
 * those mapped with F_MAP_KEEP, and tables that are somebody's root.
 * f_id 0 takes the root out.  Returns the old root's id, 0 if there was none.
 * ERR_FRAME · ERR_PROC · ERR_KIND · ERR_BUSY the table is a root already, or stands elsewhere. */
int vspace_swap(int pid, int f_id);

/** The root of pid: me, a child, or one who allows me to map; 0 if there is none.  ERR_PROC. */
int vspace_root(int pid);

/** Describes the first mapping in table t_id at or after `va`.  Returns 1, or 0 if there is none.
 * ERR_FRAME not mine, a child's or of one who allows me to map · ERR_KIND no table · ERR_RANGE · ERR_POINTER. */
int vspace_next(int t_id, uintptr_t va, struct mapping *out);

/** Says which frame, offset, physical address and present rights stand at `va` in table t_id; walks from an L1
 * through its L2s.  out->at, offset and pa are those of the page or section.
 * ERR_FRAME · ERR_KIND · ERR_RANGE · ERR_NOMAP · ERR_POINTER. */
int vspace_resolve(int t_id, uintptr_t va, struct mapping *out);
#endif

#endif
