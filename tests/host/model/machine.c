/* SPDX-License-Identifier: ISC
 * The model machine (model.h).  The CPU writes RAM; the walk reads `seen`, to which a clean and a barrier carry what was
 * written (or RAM itself, if it is coherent).  The TLB is the set of all translations that a walk could have loaded since
 * they were last invalidated. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "model.h"
#include "image.h"
#include "../../../kern/arm/cpu.h"
#include "../../../kern/arm/arm.h"

struct cpu host_cpu;
uint8_t *host_ram;
uint8_t *model_user;
unsigned model_irq_rate;
unsigned long model_checked, model_rounds;
struct machine machine;
uint32_t linear_offset;
extern uint32_t empty_ttbr;

static uint8_t *seen; /* RAM as the walk sees it */
static bool coherent;
static int ram_fd;
static uint32_t ttbr, asid; /* what TTBR0 and CONTEXTIDR hold */
static uint64_t ticks;
static uint32_t random_state = 1;

void model_fail(const char *what, uint32_t a, uint32_t b)
{
	fprintf(stderr, "model: %s: 0x%x 0x%x\n", what, a, b);
	abort();
}

void model_seed(uint32_t seed)
{
	random_state = seed * 2654435761u | 1;
}

uint32_t model_random(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state;
}

/* ---- caches and barriers ---- */

#define CLEANS 4096

static struct {
	uint32_t at, len;
} cleaned[CLEANS];
static unsigned cleaned_n;

void cpu_sync_data(void)
{
	for (unsigned i = 0; i < cleaned_n; i++)
		memcpy(seen + cleaned[i].at, host_ram + cleaned[i].at, cleaned[i].len);
	cleaned_n = 0;
}

void cpu_sync_insn(void)
{
}

void cache_clean(const void *va, uint32_t len)
{
	uint32_t at = (uint32_t)((const uint8_t *)va - host_ram);

	if (at >= MODEL_RAM) /* the kernel's own tables, outside of RAM here */
		return;
	if (cleaned_n == CLEANS)
		cpu_sync_data();
	cleaned[cleaned_n].at = at;
	cleaned[cleaned_n++].len = len;
}

void cache_flush(const void *va, uint32_t len)
{
	cache_clean(va, len);
}

void cache_unify(const void *va, uint32_t len)
{
	cache_clean(va, len);
}

/* In which ways each page was used since its lines were last flushed: bit 0 cached, bit 1 uncached. */
static uint8_t lines[MODEL_RAM / PAGE_SIZE];

void model_lines(pa_t pa, uint32_t len, enum mem_type type)
{
	uint8_t bit = type == MEM_CACHED ? 1 : 2;

	for (uint32_t page = pa / PAGE_SIZE; type != MEM_DEVICE && page < (pa + len) / PAGE_SIZE; page++) {
		if (lines[page] & ~bit)
			model_fail("a cached and an uncached alias: lines were not flushed in between", pa, type);
		lines[page] |= bit;
	}
}

bool walk_coherent(void)
{
	return coherent;
}

void branch_invalidate(void)
{
}

/* ---- the TLB ---- */

struct entry {
	struct entry *next;
	uint32_t va, pa, rights, size;
};

static struct entry *tlb[256]; /* by identifier */

static void tlb_drop(struct entry **at)
{
	struct entry *e = *at;

	*at = e->next;
	free(e);
}

void tlb_invalidate_page(uint32_t va_asid)
{
	uint32_t va = va_asid & ~0xfffu;

	model_rounds++;
	for (struct entry **at = &tlb[va_asid & 0xff]; *at;)
		if (va - (*at)->va < (*at)->size)
			tlb_drop(at);
		else
			at = &(*at)->next;
}

void tlb_invalidate_asid(uint32_t which)
{
	model_rounds++;
	while (tlb[which])
		tlb_drop(&tlb[which]);
}

void tlb_invalidate_all(void)
{
	for (unsigned i = 0; i < 256; i++)
		tlb_invalidate_asid(i);
}

static void tlb_load(uint32_t va, uint32_t pa, uint32_t rights, uint32_t size)
{
	struct entry *e;

	for (e = tlb[asid]; e; e = e->next)
		if (e->va == va && e->pa == pa && e->rights == rights && e->size == size)
			return;
	e = malloc(sizeof *e);
	*e = (struct entry){tlb[asid], va, pa, rights, size};
	tlb[asid] = e;
}

/* What a walk from `l1` (memory as in `ram`) finds at va: rights, 0 for none. */
static uint32_t walk(const uint8_t *ram, uint32_t l1, uint32_t va, uint32_t *pa, uint32_t *size)
{
	uint32_t d;

	memcpy(&d, ram + l1 + va / SECTION_SIZE * 4, 4);
	if ((d & 3) == 1) {
		uint32_t l2 = d & ~0x3ffu;

		if (l2 >= MODEL_RAM)
			model_fail("a table outside of memory", l1, d);
		memcpy(&d, ram + l2 + va % SECTION_SIZE / PAGE_SIZE * 4, 4);
		*pa = d & ~0xfffu;
		*size = PAGE_SIZE;
		if (!(d & 2))
			return 0;
		return F_MAP_READ | ((d >> 4 & 3) == 3 ? F_MAP_WRITE : 0u) | (d & 1 ? 0u : F_MAP_EXEC);
	}
	*pa = d & ~0xfffffu;
	*size = SECTION_SIZE;
	if (!(d & 2))
		return 0;
	return F_MAP_READ | ((d >> 10 & 3) == 3 ? F_MAP_WRITE : 0u) | (d & 0x10 ? 0u : F_MAP_EXEC);
}

void model_walk(void)
{
	const uint8_t *ram = coherent ? host_ram : seen;
	uint32_t l1 = ttbr & ~0x3fffu, va = 0, pa, size, rights;

	if (ttbr == empty_ttbr)
		return;
	while (va < 16 * SECTION_SIZE) { /* the programs use no more */
		rights = walk(ram, l1, va, &pa, &size);
		if (rights)
			tlb_load(va, pa, rights, size);
		va += size;
	}
}

/* The L1 that an identifier stands for now; -1: none. */
static uint32_t asid_l1[256];

void ttbr0_set(uint32_t ttbr0, uint32_t id)
{
	ttbr = ttbr0;
	asid = id;
	if (id)
		asid_l1[id] = ttbr0 & ~0x3fffu;
	model_walk(); /* speculation begins at once */
}

/* What the tables say the walk must find: else a clean or a barrier is missing. */
static void prove_seen(void)
{
	const uint8_t *ram = coherent ? host_ram : seen;
	uint32_t l1 = ttbr & ~0x3fffu, pa[2], size[2];

	for (uint32_t va = 0; ttbr != empty_ttbr && va < 16 * SECTION_SIZE; va += size[0]) {
		uint32_t rights = walk(host_ram, l1, va, &pa[0], &size[0]);

		if (walk(ram, l1, va, &pa[1], &size[1]) != rights || (rights && pa[0] != pa[1]) || size[0] != size[1])
			model_fail(
				"the walk does not see what the tables say: a clean or a barrier is missing", va, l1);
	}
}

void model_prove(void)
{
	model_walk();
	prove_seen();
	for (unsigned id = 1; id < 256; id++)
		for (const struct entry *e = tlb[id]; e; e = e->next) {
			uint32_t pa, size, rights = walk(host_ram, asid_l1[id], e->va, &pa, &size);

			model_checked++;
			if (id != asid && !asid_live(id))
				continue; /* nobody runs under it until it is given anew */
			if (e->rights & ~rights)
				model_fail(
					"rule 6: a TLB may hold rights that the tables do not grant", e->va, e->rights);
			if (pa != e->pa || size != e->size)
				model_fail("rule 6: a TLB may hold an older translation", e->va, e->pa);
		}
}

/* ---- memory ---- */

void mem_clear(void *mem, uint32_t len)
{
	memset(mem, 0, len);
	model_lines((pa_t)((uint8_t *)mem - host_ram), len, MEM_CACHED);
	if (!coherent)
		cache_clean(mem, len);
	cpu_sync_data();
}

void cache_range(pa_t pa, uint32_t len, int op)
{
	cache_clean(phys_va(pa), len);
	if (op == CACHE_FLUSH)
		memset(lines + pa / PAGE_SIZE, 0, len / PAGE_SIZE);
}

static uint8_t *window;

void *record_window_init(unsigned pages)
{
	(void)pages;
	window = mmap(NULL, (1u << ID_INDEX_BITS) * RECORD_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
		-1, 0);
	return window;
}

void record_window_set(unsigned n, pa_t pa)
{
	void *at = window + n * PAGE_SIZE, *got;

	if (pa)
		got = mmap(at, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, ram_fd, (off_t)pa);
	else
		got = mmap(at, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	if (got != at)
		model_fail("no window", n, pa);
}

void *boot_alloc(uint32_t len)
{
	void *p = phys_va(machine.free_pa);

	machine.free_pa += (len + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1);
	memset(p, 0, len);
	return p;
}

static bool user_ok(va_t va, uint32_t len)
{
	return va >= (uintptr_t)model_user && len <= MODEL_USER_LEN &&
	       va - (uintptr_t)model_user <= MODEL_USER_LEN - len;
}

int user_read(void *to, va_t from, uint32_t len)
{
	if (!user_ok(from, len)) {
		host_cpu.fault_address = from;
		host_cpu.fault_status = FAULT_READ;
		return -1;
	}
	memcpy(to, (void *)(uintptr_t)from, len);
	return 0;
}

int user_write(va_t to, const void *from, uint32_t len)
{
	if (!user_ok(to, len)) {
		host_cpu.fault_address = to;
		host_cpu.fault_status = FAULT_WRITE;
		return -1;
	}
	memcpy((void *)(uintptr_t)to, from, len);
	return 0;
}

unsigned fault_kind(uint32_t status, bool fetch)
{
	return fetch ? FAULT_EXEC : status;
}

/* ---- threads ---- */

void thread_context_init(struct thread *t, va_t pc, va_t sp, uint32_t arg)
{
	t->r[15] = pc;
	t->r[13] = sp;
	t->r[0] = arg;
}

void thread_context_load(struct cpu *cpu, struct thread *t)
{
	(void)cpu, (void)t;
}

void thread_context_save(struct cpu *cpu, struct thread *t)
{
	(void)cpu, (void)t;
}

void vfp_save(struct cpu *cpu, struct thread *t)
{
	(void)cpu, (void)t;
}

void vfp_drop(struct cpu *cpu, struct thread *t)
{
	(void)cpu, (void)t;
}

uint32_t cpsr_user(uint32_t cpsr)
{
	return cpsr;
}

bool cpsr_thumb(uint32_t cpsr)
{
	(void)cpsr;
	return false;
}

va_t call_address(const struct thread *t)
{
	return t->r[15] - 4;
}

void thread_jump(struct thread *t, va_t pc)
{
	t->r[15] = pc;
}

/* ---- interrupts and time ---- */

bool irq_pending(void)
{
	ticks += 10;
	return model_irq_rate && model_random() % model_irq_rate == 0;
}

int irqc_claim(void)
{
	return timer_line();
}

void irqc_end(int line)
{
	(void)line;
}

void irqc_mask(int line)
{
	(void)line;
}

void irqc_unmask(int line)
{
	(void)line;
}

int irqc_lines(void)
{
	return 64;
}

int timer_line(void)
{
	return 27;
}

uint64_t timer_now(void)
{
	return ticks;
}

void timer_set(uint64_t at)
{
	(void)at;
}

void timer_stop(void)
{
}

uint32_t timer_hz(void)
{
	return 62500000;
}

void cpu_idle(void)
{
	model_fail("nobody can run", 0, 0);
}

void panic(const char *what, uint32_t a, uint32_t b)
{
	model_fail(what, a, b);
}

void machine_end(int status)
{
	model_fail("the first process ended", (uint32_t)status, 0);
}

void machine_init(void)
{
}

/* ---- boot ---- */

/* A program of one page, so that main.c finds what it expects. */
static void image_make(struct image *image)
{
	static const uint32_t header[] = {
		0x464c457f, 0x00010101, 0, 0, 0x00280002, 1, 0x00100000, 52, 0, 0, 0x00200034, 1, 0};
	static const uint32_t segment[] = {1, 0, 0x00100000, 0x00100000, PAGE_SIZE, PAGE_SIZE, 5, PAGE_SIZE};

	*image = (struct image){IMAGE_MAGIC, 0x10000, PAGE_SIZE, 0x11000, PAGE_SIZE};
	memcpy(host_ram + machine.image_pa + image->init_off, header, sizeof header);
	memcpy(host_ram + machine.image_pa + image->init_off + 52, segment, sizeof segment);
}

static struct image image;
volatile const struct image image_header;

void model_boot(bool walk_sees_cache)
{
	static const struct device_desc devices[] = {{"pl011", 0x1c090000, PAGE_SIZE, 37}};

	coherent = walk_sees_cache;
	ram_fd = memfd_create("ram", 0);
	if (ftruncate(ram_fd, MODEL_RAM) < 0)
		model_fail("no memory", 0, 0);
	host_ram = mmap(NULL, MODEL_RAM, PROT_READ | PROT_WRITE, MAP_SHARED, ram_fd, 0);
	memset(host_ram, 0xa5, MODEL_RAM); /* what memory holds when the power comes on */
	seen = malloc(MODEL_RAM);
	memset(seen, 0xa5, MODEL_RAM);
	model_user = mmap((void *)0x10000000, MODEL_USER_LEN, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	machine = (struct machine){"model", 0, MODEL_RAM, 0x10000, 0x30000, devices, 1};
	image_make(&image);
	memcpy((void *)(uintptr_t)&image_header, &image, sizeof image);
	empty_ttbr = 0xffffffff;
	model_mmu_start(coherent);
	host_cpu.calls = call_table;
	host_cpu.timer_at = UINT64_MAX;
	kernel_main();
	sched_leave();
}

int model_call(int number, uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)
{
	struct thread *t = host_cpu.current;
	const uint32_t args[] = {a, b, c, d, e, f};
	int result;

	memcpy(t->r, args, sizeof args);
	t->r[12] = (uint32_t)number;
	result = host_cpu.calls[number](a, b, c, d, e, f);
	if (host_cpu.resched) {
		if (host_cpu.current && result != CALL_AGAIN)
			host_cpu.current->r[0] = (uint32_t)result;
		sched_leave();
	} else {
		host_cpu.current->r[0] = (uint32_t)result;
	}
	return (int)t->r[0];
}
