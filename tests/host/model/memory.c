/* SPDX-License-Identifier: ISC
 * The model machine's memory: what was written since the power came on, which pages have lines of which sort in the caches, and the kernel's
 * and the users' ways to it. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "model.h"
#include "../../../kern/arm/cpu.h"

uint8_t *host_ram;
int model_ram_fd;
unsigned long model_accesses;
void (*model_maintained)(pa_t pa, uint32_t len, int op);

static uint8_t touched[MODEL_RAM / PAGE_SIZE]; /* pages that the kernel or a user has written since the power came on */
static uint8_t lines[MODEL_RAM / PAGE_SIZE]; /* how each was used since its lines were flushed: 1 cached, 2 uncached */

static uint32_t ram_page(pa_t pa)
{
	if (pa - MODEL_RAM_PA >= MODEL_RAM)
		model_fail("an access outside of memory", pa, 0);
	return (pa - MODEL_RAM_PA) / PAGE_SIZE;
}

void model_touch(pa_t pa, uint32_t len)
{
	uint32_t first = ram_page(pa), n = (pa % PAGE_SIZE + len + PAGE_SIZE - 1) / PAGE_SIZE;

	memset(touched + first, 1, n);
}

void model_lines(pa_t pa, uint32_t len, enum mem_type type)
{
	uint8_t bit = type == MEM_CACHED ? 1 : 2;

	for (uint32_t page = pa / PAGE_SIZE; type != MEM_DEVICE && page < (pa + len) / PAGE_SIZE; page++) {
		uint8_t *used = &lines[page - MODEL_RAM_PA / PAGE_SIZE];

		if (*used & ~bit)
			model_fail("a cached and an uncached alias: lines were not flushed in between", pa, type);
		*used |= bit;
	}
}

static uint8_t device[PAGE_SIZE]; /* registers only keep what is written there; all pages are one */

static bool in_device(pa_t pa)
{
	return pa - DEVICE_PA < PAGE_SIZE || pa - APERTURE_PA < APERTURE_LEN;
}

void *model_memory(pa_t pa)
{
	if (in_device(pa))
		return device + pa % PAGE_SIZE;
	ram_page(pa);
	return host_ram + (pa - MODEL_RAM_PA);
}

void mem_clear(void *mem, uint32_t len)
{
	pa_t pa = va_phys(mem);

	model_touch(pa, len);
	model_lines(pa, len, MEM_CACHED);
	memset(mem, 0, len);
	if (!walk_coherent())
		tlb_model_wrote(pa, len);
	cpu_sync_data();
}

void cache_range(pa_t pa, uint32_t len, int op)
{
	if (len > PAGE_SIZE)
		model_fail("rule 9: more than a page of cache maintenance at once", pa, len);
	if (op == CACHE_FLUSH)
		lines[ram_page(pa)] = 0;
	if (model_maintained)
		model_maintained(pa, len, op);
	tlb_model_wrote(pa, len);
	cpu_sync_data();
}

void *boot_reserve(uint32_t len)
{
	void *p = phys_va(machine.free_pa);

	len = (len + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1);
	model_touch(machine.free_pa, len);
	machine.free_pa += len;
	return p;
}

void *boot_alloc(uint32_t len)
{
	return memset(boot_reserve(len), 0, len);
}

/* ---- user memory ---- */

void *model_reach(pa_t pa, bool write)
{
	model_accesses++;
	if (write && !in_device(pa))
		touched[ram_page(pa)] = 1;
	return model_memory(pa);
}

static bool user_word(va_t va, unsigned right, void **word)
{
	pa_t pa = 0;

	if (!model_access(va, right, &pa) || !model_access(va + 3, right, &pa)) {
		cpu_here()->fault_address = va;
		cpu_here()->fault_status = right == F_MAP_READ ? FAULT_READ : FAULT_WRITE;
		return false;
	}
	*word = model_reach(pa - 3, right == F_MAP_WRITE);
	return true;
}

int user_read(void *to, va_t from, uint32_t len)
{
	void *word;

	for (uint32_t n = 0; n < len; n += 4) {
		if (!user_word(from + n, F_MAP_READ, &word))
			return -1;
		memcpy((char *)to + n, word, 4);
	}
	return 0;
}

int user_write(va_t to, const void *from, uint32_t len)
{
	void *word;

	for (uint32_t n = 0; n < len; n += 4) {
		if (!user_word(to + n, F_MAP_WRITE, &word))
			return -1;
		memcpy(word, (const char *)from + n, 4);
	}
	return 0;
}

void memory_model_reset(void)
{
	if (!host_ram) {
		model_ram_fd = memfd_create("ram", 0);
		if (model_ram_fd < 0 || ftruncate(model_ram_fd, MODEL_RAM) < 0)
			model_fail("no memory", 0, 0);
		host_ram = mmap(NULL, MODEL_RAM, PROT_READ | PROT_WRITE, MAP_SHARED, model_ram_fd, 0);
		memset(touched, 1, sizeof touched);
	}
	for (uint32_t i = 0; i < MODEL_RAM / PAGE_SIZE; i++)
		if (touched[i])
			memset(host_ram + i * PAGE_SIZE, 0xa5,
				PAGE_SIZE); /* what memory holds when the power comes on */
	memset(touched, 0, sizeof touched);
	memset(lines, 0, sizeof lines);
}
