/* SPDX-License-Identifier: ISC
 * Everything that portable code may ask of the machine.  What is not here it may not know. */
#ifndef KERN_ARCH_H
#define KERN_ARCH_H

#include "object.h"
#include "machine.h" /* inline parts: cpu_here(), phys_va(), those of mmu_page.h */
#include "switch.h"

/* ---- memory ---- */

/** Where the kernel sees physical memory: valid for RAM. Inline in machine.h: void *phys_va(pa_t pa). */
/** Clears memory that becomes a table, and makes the zeros visible to the table walk (DDI 0406C B3.3.1). */
void mem_clear(void *mem, uint32_t len);
/** n words, a multiple of 8 and not 0, become `word`. */
void words_fill(void *to, uint32_t n, uint32_t word);
/** Whether any of n words, a multiple of 8 and not 0, is not 0. */
bool words_any(const void *at, uint32_t n);
/** CACHE_… over [pa, pa + len): at most PAGE_SIZE, so that interrupts wait no longer than for one page. */
void cache_range(pa_t pa, uint32_t len, int op);

/* ---- tables: `table` is the frame's address in the kernel, `i` the slot, n how many ---- */

enum mem_type { MEM_CACHED, MEM_UNCACHED, MEM_DEVICE };

void mmu_set_pages(void *table, unsigned i, unsigned n, pa_t pa, unsigned rights, enum mem_type type);
void mmu_set_sections(void *table, unsigned i, unsigned n, pa_t pa, unsigned rights, enum mem_type type);
void mmu_set_table(void *l1, unsigned i, pa_t l2);
void mmu_clear(void *table, unsigned i, unsigned n);
/* Inline in mmu_page.h, for one page of an L2, cached: void mmu_set_page(void *table, unsigned i, pa_t pa, unsigned rights),
 * void mmu_clear_page(void *table, unsigned i). */
/** The rights that slot i grants now (F_MAP_READ…), 0: none. */
unsigned mmu_rights(const void *table, int kind, unsigned i);
/** The physical address slot i shows; for an L2's descriptor that of the L2's frame. */
pa_t mmu_target(const void *table, int kind, unsigned i);
bool mmu_valid(const void *table, int kind, unsigned i);

/* ---- TLB: what is noted is invalidated by the next tlb_sync, after the descriptors are visible ---- */

/** Notes n translations from va, `step` bytes each, of the address space that l1 was last given; nothing if it has none. */
void tlb_note(const struct frame_rec *l1, va_t va, unsigned n, uint32_t step);
/** Notes the whole address space of l1. */
void tlb_note_all(const struct frame_rec *l1);
/* Inline in mmu_page.h: void vspace_switch(struct cpu *cpu, struct frame_rec *l1) is vspace_load, if another is loaded. */
/* Inline in mmu_page.h: void tlb_page(const struct frame_rec *l1, va_t va) invalidates the one translation of a page now, as
 * tlb_note and tlb_sync would. */
/** Rule 6: descriptors visible to the walk, TLBs invalidated on every CPU, done. */
void tlb_sync(void);
/** The frame stops being an L1: its identifier is free. */
void asid_drop(struct frame_rec *l1);
/** The record of an L1 lies at `to` from now on. */
void vspace_moved(const struct frame_rec *from, struct frame_rec *to);
/** Makes `l1` (NULL: the empty table) what user accesses go through on this CPU. */
void vspace_load(struct frame_rec *l1);

/* ---- user memory, as the current thread would access it; 0, or -1 with cpu->fault_address and _status ---- */

int user_read(void *to, va_t from, uint32_t len);
int user_write(va_t to, const void *from, uint32_t len);
/** FAULT_… of a fault status, of an access that the kernel made for the thread. */
unsigned fault_kind(uint32_t status, bool fetch);

/* ---- threads ---- */

void thread_context_init(struct thread *t, va_t pc, va_t sp, uint32_t arg);
/* Inline in switch.h: void context_load(struct cpu *cpu, struct thread *t) sets what the CPU keeps for the running thread: identifier,
 * thread pointer, VFP off unless its own; context_exchange(cpu, t, to) saves it for t before. */
/** Saves what the CPU keeps (thread pointer) when the thread stops running. */
void thread_context_save(struct cpu *cpu, struct thread *t);
/** Writes back t's VFP registers if this CPU holds them. */
void vfp_save(struct cpu *cpu, struct thread *t);
/** Forgets them: t ends, or they are to be loaded anew. */
void vfp_drop(struct cpu *cpu, struct thread *t);
bool cpsr_thumb(uint32_t cpsr);
/** The address of the SVC instruction that pc, where it goes on, follows. */
va_t call_address(const struct thread *t);
/** Begins something else at pc (bit 0: Thumb), little-endian; no exclusive access that was begun succeeds. */
void thread_jump(struct thread *t, va_t pc);
/** Goes on at pc with what is the user's of this cpsr, as far as the CPU defines it; no exclusive access that was begun succeeds. */
void thread_resume(struct thread *t, va_t pc, uint32_t cpsr);

/* ---- interrupts and time ---- */

bool irq_pending(void);
int irqc_claim(void); /* the line that fired, -1 none */
void irqc_end(int line);
void irqc_mask(int line);
void irqc_hold(int line); /* masks the line that was claimed, and ends that */
void irqc_unmask(int line);
int irqc_lines(void);
int timer_line(void);     /* the kernel's own */
uint64_t timer_now(void); /* ticks since boot */
void timer_set(uint64_t at);
void timer_stop(void);
uint32_t timer_hz(void);
void cpu_idle(void); /* sleeps until an interrupt is pending */

/* ---- the end ---- */

void machine_reset(void) __attribute__((noreturn));
void panic(const char *what, uint32_t a, uint32_t b) __attribute__((noreturn));
/** The first process ended: resets, and says so if its status is not 0. */
void machine_end(int status) __attribute__((noreturn));

/* ---- boot ---- */

struct device_desc {
	const char *name;
	pa_t pa;
	uint32_t len;
	int irq;
};

/** What start-up found out, for main.c. */
struct machine {
	const char *board;
	pa_t ram_pa, ram_len;   /* what the kernel can reach */
	pa_t image_pa, free_pa; /* the image; the first page after everything loaded */
	const struct device_desc *devices;
	int devices_n;
};
extern struct machine machine;

/** Memory for the kernel from machine.free_pa on, page-aligned, cleared or as it was; only while booting. */
void *boot_alloc(uint32_t len);
void *boot_reserve(uint32_t len);
/** Prepares ids(): n words of the array are its own, and all words that an id could index hold `none`. */
void ids_map(uint32_t n, struct frame_rec *none);
void machine_init(void); /* interrupt controller, timer, user access to counters */

#endif
