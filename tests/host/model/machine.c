/* SPDX-License-Identifier: ISC
 * The model machine but for its memory (memory.c) and TLBs (tlb.c): CPUs, interrupts, time, and booting.  It can be booted again and
 * again: the kernel's variables are put back as they were linked, memory as the power found it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "model.h"
#include "image.h"
#include "../../../kern/arm/cpu.h"
#include "../../../kern/arm/arm.h"

const struct model_core model_cores[] = {{"arm1176", false, false, 1}, {"cortex-a8", false, false, 1},
	{"cortex-a9", false, true, 4}, {"cortex-a7", true, true, 4}, {"cortex-a15", true, true, 4}};
const int model_cores_n = sizeof model_cores / sizeof *model_cores;

struct cpu host_cpu[4];
int model_cpu, model_cpus;
unsigned model_irq_rate;
int model_irq_line = -1;
unsigned model_irq_looks;
void (*model_line_claimed)(int line);
uint64_t model_time;
void (*model_failed)(const char *what, uint32_t a, uint32_t b);
void (*model_ended)(int status);
void (*model_idle)(void);
struct machine machine;
extern const uint32_t empty_ttbr;

static uint64_t timer_at;
static uint64_t lines_masked;
static uint32_t random_state = 1;

void model_fail(const char *what, uint32_t a, uint32_t b)
{
	if (model_failed)
		model_failed(what, a, b);
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

/* ---- interrupts and time ---- */

#define TIMER_LINE  27
#define END_OF_TIME (1ull << 62)

static bool line_up(void)
{
	return model_irq_line >= 0 && !(lines_masked >> model_irq_line & 1);
}

bool irq_pending(void)
{
	if (timer_at <= model_time || (line_up() && model_irq_looks == 0))
		return true;
	if (line_up())
		model_irq_looks--;
	if (!model_irq_rate || model_random() % model_irq_rate)
		return false;
	/* So much time may have passed that it is another thread's turn. */
	if (cpu_here()->slice_end && model_random() % 2)
		cpu_here()->slice_end = 1;
	return true;
}

int irqc_claim(void)
{
	int line = model_irq_line;

	if (timer_at <= model_time)
		return TIMER_LINE;
	if (!line_up() || model_irq_looks)
		return -1;
	model_irq_line = -1;
	if (model_line_claimed)
		model_line_claimed(line);
	return line;
}

void irqc_end(int line)
{
	(void)line;
}

void irqc_hold(int line)
{
	irqc_mask(line);
	irqc_end(line);
}

void irqc_mask(int line)
{
	lines_masked |= 1ull << line;
}

void irqc_unmask(int line)
{
	lines_masked &= ~(1ull << line);
}

int irqc_lines(void)
{
	return 64;
}

int timer_line(void)
{
	return TIMER_LINE;
}

uint64_t timer_now(void)
{
	return model_time;
}

void timer_set(uint64_t at)
{
	timer_at = at;
}

void timer_stop(void)
{
	timer_at = UINT64_MAX;
}

uint32_t timer_hz(void)
{
	return 1000000000;
}

/* Nothing can happen before the timer fires.  Time does not come so far that nanoseconds do not fit their type. */
void cpu_idle(void)
{
	bool never = timer_at >= END_OF_TIME;

	if (line_up())
		return;
	if (never && model_idle)
		model_idle();
	if (never)
		model_fail("nobody can run, and nothing will happen", 0, 0);
	if (timer_at > model_time)
		model_time = timer_at;
}

void panic(const char *what, uint32_t a, uint32_t b)
{
	model_fail(what, a, b);
}

void machine_end(int status)
{
	if (model_ended)
		model_ended(status);
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
		0x464c457f, 0x00010101, 0, 0, 0x00280002, 1, 0x00100000, 52, 0, 0, 0x00200034, 2, 0};
	static const uint32_t segments[] = {1, 0, 0x00100000, 0x00100000, PAGE_SIZE, PAGE_SIZE, 5, PAGE_SIZE, 1, 0x800,
		0x00101800, 0x00101800, 0x800, 0x1800, 6, PAGE_SIZE};

	*image = (struct image){IMAGE_MAGIC, 0x10000, PAGE_SIZE, 0x11000, PAGE_SIZE};
	model_touch(machine.image_pa + image->init_off, PAGE_SIZE);
	memcpy(phys_va(machine.image_pa + image->init_off), header, sizeof header);
	memcpy((char *)phys_va(machine.image_pa + image->init_off) + 52, segments, sizeof segments);
}

/* The kernel's image_header, which no loader patches here. */
struct image image_made __asm__("image_header");

/* The kernel's variables, in sections of their own: see the Makefile. */
extern char __start_kernel_data[], __stop_kernel_data[], __start_kernel_bss[], __stop_kernel_bss[];

/* Word by word, since memcpy would be told of the sanitizer's zones between them. */
static void words_copy(volatile uint32_t *to, const volatile uint32_t *from, const void *end)
{
	while ((const volatile void *)to < end)
		*to++ = from ? *from++ : 0;
}

static void variables_start(void)
{
	static uint32_t *data;
	size_t n = (size_t)(__stop_kernel_data - __start_kernel_data);

	if (!data) {
		data = malloc(n + 4);
		words_copy(data, (uint32_t *)(void *)__start_kernel_data, (char *)data + n);
	}
	words_copy((uint32_t *)(void *)__start_kernel_data, data, __stop_kernel_data);
	words_copy((uint32_t *)(void *)__start_kernel_bss, NULL, __stop_kernel_bss);
}

void model_boot(const struct model_core *core, int cpus)
{
	static const struct device_desc devices[] = {
		{"pl011", DEVICE_PA, PAGE_SIZE, 37}, {"aperture", APERTURE_PA, APERTURE_LEN, 38}};

	memory_model_reset();
	variables_start();
	memset(host_cpu, 0, sizeof host_cpu);
	model_cpu = 0;
	model_cpus = cpus < core->cpus_max ? cpus : core->cpus_max;
	model_irq_line = -1;
	model_time = 1;
	lines_masked = 0;
	timer_at = UINT64_MAX;
	machine = (struct machine){
		"model", MODEL_RAM_PA, MODEL_RAM, MODEL_RAM_PA + 0x10000, MODEL_RAM_PA + 0x30000, devices, 2};
	image_make(&image_made);
	tlb_model_reset(); /* the last store of the program before is over */
	model_mmu_start(core->coherent, core->shared);
	desc_model_reset(core->shared);
	barrier_model_reset(core->coherent);
	tlb_model_reset();
	memset(model_state, 0, sizeof model_state);
	for (int i = 0; i < 4; i++) {
		host_cpu[i].calls = call_table;
		host_cpu[i].timer_at = UINT64_MAX;
		host_cpu[i].call = (uint32_t)i;
	}
	kernel_main();
	sched_leave();
}

/* ---- in and out ---- */

void model_call(int number)
{
	struct cpu *cpu = cpu_here();
	const uint32_t *r = cpu->current->r;
	int result = cpu->calls[number](r[0], r[1], r[2], r[3], r[4], r[5]);

	if (cpu->current && result != CALL_AGAIN)
		cpu->current->r[0] = (uint32_t)result;
	if (cpu->resched)
		sched_leave();
}

int model_call_args(int number, const uint32_t *args)
{
	struct thread *t = cpu_here()->current;

	memcpy(t->r, args, 6 * sizeof *args);
	t->r[12] = (uint32_t)number;
	model_call(number);
	return (int)t->r[0];
}

void model_interrupt(void)
{
	sched_leave();
}

void model_hop(int to)
{
	struct cpu *from = cpu_here();

	if (to == model_cpu)
		return;
	lent_settle();
	host_cpu[to].current = from->current;
	host_cpu[to].calls = from->calls;
	host_cpu[to].slice_end = from->slice_end;
	host_cpu[to].timer_at = from->timer_at;
	host_cpu[to].timer_floor = from->timer_floor;
	host_cpu[to].payer = from->payer;
	host_cpu[to].level = from->level;
	model_state_move(from, &host_cpu[to]);
	from->current = NULL;
	/* A CPU that its thread leaves loads the empty table: whoever ends a root, or takes it away, looks at the CPU it runs on alone. */
	vspace_load(NULL);
	model_cpu = to;
	cpu_here()->current->cpu = cpu_here();
	vspace_load(cpu_here()->current->proc->root);
}
