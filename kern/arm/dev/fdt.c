/* SPDX-License-Identifier: ISC
 * What a device tree tells at boot (Devicetree Specification 0.4), read with libfdt: the memory, and where a device is.
 * Trusts the loader as far as libfdt checks what it reads. */
#include <libfdt.h>
#include "arm.h"

#define MEMORY_TYPE "memory"
#define IRQ_WORDS   3 /* of the GIC's binding: kind, number, flags */
#define SPI_FIRST   32
#define PPI_FIRST   16

/* A length of one or two words; what does not fit 32 bits becomes the most that does. */
static uint32_t length(const fdt32_t *word, int cells)
{
	return cells > 1 && fdt32_to_cpu(word[0]) ? UINT32_MAX : fdt32_to_cpu(word[cells - 1]);
}

/* The n-th address and length of a node's `reg`, in the cells that its parent says. */
static bool reg_get(const void *fdt, int node, int n, pa_t *pa, uint32_t *len)
{
	int parent = fdt_parent_offset(fdt, node), address = fdt_address_cells(fdt, parent);
	int size = fdt_size_cells(fdt, parent), bytes;
	const fdt32_t *reg = fdt_getprop(fdt, node, "reg", &bytes);

	if (!reg || address < 1 || size < 1 || bytes < (n + 1) * (address + size) * (int)sizeof *reg)
		return false;
	reg += n * (address + size);
	if (address > 1 && fdt32_to_cpu(reg[address - 2]))
		return false; /* out of reach */
	*pa = fdt32_to_cpu(reg[address - 1]);
	*len = length(reg + address, size);
	return *len != 0;
}

bool fdt_memory(const void *fdt, pa_t *pa, uint32_t *len)
{
	int node = fdt_node_offset_by_prop_value(fdt, -1, "device_type", MEMORY_TYPE, sizeof MEMORY_TYPE);

	return node >= 0 && reg_get(fdt, node, 0, pa, len);
}

/* The n-th interrupt of a node as a line of the GIC; -1: there is none. */
static int line_get(const void *fdt, int node, int n)
{
	int bytes;
	const fdt32_t *irq = fdt_getprop(fdt, node, "interrupts", &bytes);

	if (!irq || bytes < (n + 1) * IRQ_WORDS * (int)sizeof *irq)
		return -1;
	irq += n * IRQ_WORDS;
	return (int)fdt32_to_cpu(irq[1]) + (irq[0] ? PPI_FIRST : SPI_FIRST);
}

bool fdt_device(const void *fdt, const char *compatible, int n, struct device_desc *d)
{
	int node = fdt_node_offset_by_compatible(fdt, -1, compatible);

	if (node < 0 || !reg_get(fdt, node, n, &d->pa, &d->len))
		return false;
	d->irq = line_get(fdt, node, 0);
	return true;
}

int fdt_line(const void *fdt, const char *compatible, int n)
{
	return line_get(fdt, fdt_node_offset_by_compatible(fdt, -1, compatible), n);
}

uint32_t fdt_rate(const void *fdt, const char *compatible)
{
	int node = fdt_node_offset_by_compatible(fdt, -1, compatible), bytes;
	const fdt32_t *rate = fdt_getprop(fdt, node, "clock-frequency", &bytes);

	return rate && bytes == sizeof *rate ? fdt32_to_cpu(*rate) : 0;
}

bool fdt_psci_smc(const void *fdt)
{
	int node = fdt_subnode_offset(fdt, 0, "psci"); /* no path: one may be an alias, for which libfdt calls itself */

	return node >= 0 && fdt_stringlist_search(fdt, node, "method", "smc") == 0;
}

bool fdt_valid(const void *told)
{
	return fdt_check_header(told) == 0 && fdt_totalsize(told) <= SECTION_SIZE;
}

uint32_t fdt_ram(const void *told)
{
	pa_t pa;
	uint32_t len;

	return fdt_valid(told) && fdt_memory(told, &pa, &len) && pa == board.ram_pa ? len : 0;
}
