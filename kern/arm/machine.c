/* SPDX-License-Identifier: ISC
 * Start-up in C: how much memory there is, the kernel's own allocations, devices, and reset.  Owns
 * `machine`.  Everything but the end runs before the first thread. */
#include "kern.h"
#include "arm.h"
#include "asm.h"
#include "cpu.h"
#include "image.h"

#define ATAG_NONE  0u
#define ATAG_CORE  0x54410001u
#define ATAG_MEM   0x54410002u
#define ATAG_LEAST 2    /* words of a tag without contents */
#define ATAGS_MOST 4096 /* words of a list: a page or two, as loaders write it */

_Static_assert(offsetof(struct board, caches_off) == BOARD_CACHES, "asm.h");

struct machine machine;

extern char _start[], _end[];
extern char ram_alias[]; /* no place but a distance, see start.S */

/* The memory tag that covers the board's RAM where the loader saw it: a list of (words, tag, …), as boot loaders for
 * Arm pass it. */
static uint32_t atags_ram(const uint32_t *tag)
{
	const uint32_t *end = tag + ATAGS_MOST;

	if (tag[1] != ATAG_CORE)
		return 0;
	for (; tag < end && tag[0] >= ATAG_LEAST && tag[1] != ATAG_NONE; tag += tag[0])
		if (tag[1] == ATAG_MEM && tag[3] == board.ram_pa - (pa_t)(uintptr_t)ram_alias)
			return tag[2];
	return 0;
}

static bool tags_reachable(pa_t tags)
{
	uint32_t at = (uint32_t)(uintptr_t)phys_va(tags) - LINEAR_VA;

	return tags && tags % sizeof(uint32_t) == 0 && at < LINEAR_LEN - 2 * SECTION_SIZE;
}

static uint32_t page_up(uint32_t n)
{
	return (n + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1);
}

void *boot_reserve(uint32_t len)
{
	void *p = phys_va(machine.free_pa);

	machine.free_pa += page_up(len);
	KASSERT(machine.free_pa - machine.ram_pa <= machine.ram_len, machine.free_pa, machine.ram_len);
	return p;
}

void *boot_alloc(uint32_t len)
{
	void *p = boot_reserve(len);

	mem_clear(p, page_up(len));
	return p;
}

/** From start.S: the address of the tags (physical), how far the kernel is linked from where it stands. */
void machine_boot(pa_t tags, uint32_t offset, uint32_t ttbr_attributes)
{
	const void *told;
	uint32_t ram = 0;

	mmu.linear_offset = offset;
	mmu_attributes(ttbr_attributes);
	told = tags_reachable(tags) ? boot_map(tags) : NULL;
	if (told && board.told)
		ram = board.told(told);
	if (told && !ram)
		ram = atags_ram(told);
	machine.board = board.name;
	machine.ram_pa = board.ram_pa;
	machine.ram_len = ram ? ram & ~(SECTION_SIZE - 1u) : board.ram_default;
	if (machine.ram_len > LINEAR_LEN)
		machine.ram_len = LINEAR_LEN; /* what the kernel cannot reach nobody gets */
	machine.image_pa = va_phys(_start);
	machine.free_pa = machine.image_pa + image_header.archive_off + page_up(image_header.archive_len);
	machine.devices = board.devices;
	machine.devices_n = board.devices_n;
	mmu_init();
	reset_init();
	if (board.early)
		board.early();
	uart_init(board.uart);
	cpu_here()->calls = call_table;
	cpu_here()->timer_at = UINT64_MAX;
	kernel_main();
}

void machine_init(void)
{
	board.irqc->init();
	timer_init();
	user_registers_init();
	irqc_unmask(timer_line());
}

int timer_line(void)
{
	return board.timer_line;
}

bool irq_pending(void)
{
	return board.irqc->pending();
}

int irqc_claim(void)
{
	return board.irqc->claim();
}

void irqc_end(int line)
{
	board.irqc->end(line);
}

void irqc_hold(int line)
{
	const struct irqc *irqc = board.irqc;

	irqc->mask(line);
	irqc->end(line);
}

void irqc_mask(int line)
{
	board.irqc->mask(line);
}

/* What a driver wrote to its device is there before the line can fire again: or it would fire for what is dealt with. */
void irqc_unmask(int line)
{
	cpu_sync_data();
	board.irqc->unmask(line);
}

int irqc_lines(void)
{
	return board.irqc->lines();
}

void cpu_idle(void)
{
	cpu_wait();
}

void mem_clear(void *mem, uint32_t len)
{
	uint32_t *at = mem, n = len / (uint32_t)sizeof *at & ~7u, *end = at + len / sizeof *at;

	words_fill(at, n, 0);
	for (at += n; at < end; at++)
		*at = 0;
	if (!walk_coherent())
		cache_clean(mem, len);
	cpu_sync_data(); /* a table must be seen clear before TTBR0 or an L1 names it */
}

void cache_range(pa_t pa, uint32_t len, int op)
{
	if (op == CACHE_CLEAN)
		cache_clean(phys_va(pa), len);
	else if (op == CACHE_FLUSH)
		cache_flush(phys_va(pa), len);
	else
		cache_unify(phys_va(pa), len);
}

void machine_reset(void)
{
	reset();
	for (;;)
		cpu_wait();
}
