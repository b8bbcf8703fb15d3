/* SPDX-License-Identifier: ISC
 * The model machine: memory as CPUs and as table walks see it, and one TLB a CPU that keeps whatever it could ever have
 * loaded.  The real kern/, kern/arm/mmu.c and context.c run on it.  The kernel runs on one of its CPUs at a time; model_hop is how a
 * thread comes to another, whose TLB still holds what it loaded there before. */
#ifndef TESTS_HOST_MODEL_H
#define TESTS_HOST_MODEL_H

#include "kern.h"

/** What a core does differently, as far as the books can tell. */
struct model_core {
	const char *name;
	bool coherent; /* its walks see the data cache: ID_MMFR3[23:20] */
	bool shared;   /* it caches memory that is shared */
	int cpus_max;
};
extern const struct model_core model_cores[];
extern const int model_cores_n;

/** Builds the machine anew and boots the books; first_proc's thread runs. */
void model_boot(const struct model_core *core, int cpus);
/** A call of the current thread, with all that follows it until a thread goes back to user mode. */
void model_call(int number);
/** The same with arguments: for programs of one thread.  Its result. */
int model_call_args(int number, const uint32_t *args);
/** The current thread's access: through the TLB if that could hold an entry, else by a walk.  False: it faults. */
bool model_access(va_t va, unsigned right, pa_t *pa);
/** What such an access reaches. */
void *model_reach(pa_t pa, bool write);
/** An interrupt comes in user mode. */
void model_interrupt(void);
/** The running thread goes on on another CPU. */
void model_hop(int cpu);
/** Every translation that a TLB could hold must be one that the tables grant now, and every walk must find what the
 * tables say.  Ends the program if not. */
void model_prove(void);
/** Nearly all address space identifiers have been given. */
void model_asids_run_out(unsigned left);

extern unsigned model_irq_rate;  /* 1 in so many looks at the interrupt line finds a spurious one; 0: none */
extern int model_irq_line;       /* a device's line that is raised, -1: none */
extern unsigned model_irq_looks; /* … after so many looks */
extern void (*model_line_claimed)(int line);
/** The kernel has maintained caches: CACHE_… over [pa, pa + len). */
extern void (*model_maintained)(pa_t pa, uint32_t len, int op);
extern uint64_t model_time; /* ticks of a nanosecond */
extern int model_cpu, model_cpus;
/** What was done at all: translations proved, invalidations, accesses. */
extern unsigned long model_checked, model_rounds, model_accesses;

/** What a CPU keeps for the thread that runs: thread pointers, VFP, whether an exclusive access has begun. */
struct model_state {
	uint32_t id, tls;
	struct vfp vfp;
	bool vfp_on, exclusive;
};
extern struct model_state model_state[4];
/** The running thread uses VFP. */
void model_vfp_use(void);
/** All that the CPU keeps for threads goes, the running one's to another. */
void model_state_move(struct cpu *from, struct cpu *to);

/** Memory by physical address. */
void *model_memory(pa_t pa);
uint32_t model_random(void);
void model_seed(uint32_t seed);
/** Says what is wrong and ends: by model_failed, if that is set, else by abort. */
void model_fail(const char *what, uint32_t a, uint32_t b) __attribute__((noreturn));
extern void (*model_failed)(const char *what, uint32_t a, uint32_t b);
/** The first process has ended: does not return. */
extern void (*model_ended)(int status);
/** Nobody can run, and nothing is to happen: does not return. */
extern void (*model_idle)(void);

/** The pages of [pa, pa + len) are used in that way from now on: there may be lines of the other no more. */
void model_lines(pa_t pa, uint32_t len, enum mem_type type);

/* Of memory.c. */
#define DEVICE_PA    0x1c090000u
#define APERTURE_PA  0x90000000u /* another device: more sections than the kernel maps in one step */
#define APERTURE_LEN (640 * SECTION_SIZE)
/** Memory is as the power finds it. */
void memory_model_reset(void);
/** Somebody writes to [pa, pa + len). */
void model_touch(pa_t pa, uint32_t len);

/* Of ids.c. */
extern int model_ram_fd;
void arm_ids_map(uint32_t n, struct frame_rec *none);
void words_count(void *to, uint32_t n, uint32_t first, uint32_t step);
/** Every id that names something names one of so many frames.  Ends the program if not. */
void ids_prove(unsigned frames);

/* Of desc.c. */
enum desc_what { DESC_NONE, DESC_TABLE, DESC_PAGE, DESC_SECTION };
/** What a descriptor says. */
struct desc {
	enum desc_what what;
	pa_t pa;
	unsigned rights; /* F_MAP_READ…; 0 of tables */
	enum mem_type type;
	bool global;
};
/** Decodes a descriptor of an L1 or of an L2.  Ends the program if it has a bit that no descriptor of a user may have. */
void desc_decode(uint32_t d, bool l1, struct desc *out);
/** Whether memory is shared on this core. */
void desc_model_reset(bool shared);

/* Of tlb.c. */
void tlb_model_reset(void);
/** Each CPU's TLB loads all that a walk of memory `ram` could find now. */
void tlb_model_load(const uint8_t *ram);
enum tlb_op { BY_PAGE, BY_ASID, ALL };
/** An invalidation is complete on every CPU; true: it took translations of code away. */
bool tlb_model_drop(enum tlb_op op, uint32_t value);
/** The kernel is about to store something there, and has stored what it told of before; NULL: a barrier. */
void tlb_model_store(const void *next, uint32_t len);
/** Calls fn for each part of RAM that is a table which some CPU walks. */
void tlb_model_tables(void (*fn)(uint32_t at, uint32_t len));

/* Of barrier.c. */
void barrier_model_reset(bool coherent);
/** [pa, pa + len) was cleaned, or a coherent walk reads what was written there: visible at the next barrier. */
void tlb_model_wrote(pa_t pa, uint32_t len);
/** A descriptor is about to become valid. */
void barrier_made_valid(void);
/** What walks that follow a barrier find in memory. */
const uint8_t *barrier_seen(void);
/** Something at [at, at + len) of it is found from now on. */
void barrier_sees(uint32_t at, uint32_t len);
/** The barrier that ends an invalidation which is under way; 0: none is. */
uint32_t barrier_awaited(void);
/** Nothing is owed that user code, or an access of the kernel's for it, could do without. */
void barrier_prove(void);

/* Of mmu.c, which alone knows the identifiers. */
/** The descriptor by which the kernel sees the page at va. */
uint32_t model_kernel_page(uint32_t va);
void model_mmu_start(bool coherent, bool shared);
bool asid_live(unsigned id);

#endif
