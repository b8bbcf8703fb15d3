/* SPDX-License-Identifier: ISC
 * Among the files that say what the bytes of a program mean. */
#ifndef TESTS_HOST_GEN_H
#define TESTS_HOST_GEN_H

#include "boot.h"
#include "world.h"

#define CALL(name, ...) call(CALL_##name, (uint32_t[6]){__VA_ARGS__})
#define KIND(k)         (1u << (k))
#define ANY             0xfeu
#define HANDLER_AREA    (BOOT_STACK_END - 0x400u) /* where the first thread's faults are saved */

/** An operation begins. */
void op_begin(const uint8_t *bytes);
/** The next bytes of the operation; 0 at its end. */
unsigned byte(void);
uint32_t word(void);
/** Goes back to one of its bytes. */
void byte_seek(unsigned at);
/** The running thread makes a call.  False: somebody else runs now. */
bool call(int number, const uint32_t *a);

/* Picking arguments. */
struct ref_frame *frame_nth(const struct ref_proc *p, unsigned kinds, uint32_t len, unsigned n);
int frame_id(unsigned kinds, uint32_t len);
struct ref_frame *table_pick(int kind);
int proc_id(bool child);
int thread_id(bool mine);
uint32_t pages(void);
uint32_t place(unsigned unit);
const struct ref_map *map_pick(void);
unsigned flags_pick(void);
int64_t timeout_pick(void);
uint32_t pointer(uint32_t len);
/** Whether a fault would have an answer: one of the first process that has none ends the program. */
bool fault_handled(void);
uint32_t address(void);
void child_make(unsigned how);

/* Operations. */
void map_args(uint32_t *a);
void do_split(void);
void do_merge(void);
void do_give(void);
void do_table(void);
void do_batch(void);
void do_cache(void);
void do_look(void);
void do_swap(void);
void do_special(void);
/** A walk with frame_maps that is judged, while mappings come and go.  From gen_walk.c. */
void walk_maps(unsigned n);
void do_edge(void);
void do_mapping(void (*args)(uint32_t *), int number);
void unmap_args(uint32_t *a);
void protect_args(uint32_t *a);

#endif
