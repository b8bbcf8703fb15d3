/* SPDX-License-Identifier: ISC
 * What ids name (contract §1).  Owns the array of which frame begins at each page, and the generations.  A frame is known by the
 * number of its first page, which stays the same while it is cut, joined and given away; so there are always enough
 * numbers, nobody's frames take any that others need, and its record may move.  Never decides who may name what. */
#include "kern.h"

static struct frame_rec none;                         /* begins nowhere: no id has its index and is 0 */
static struct frame_rec none_first = {-1, .tid = -1}; /* the same of index 0, of which 0 is an id */
static struct id_gens *gens;

void ids_init(void)
{
	uint32_t n = machine.ram_len / PAGE_SIZE;

	for (int i = 0; i < machine.devices_n; i++)
		n += machine.devices[i].len / PAGE_SIZE;
	KASSERT(n < ID_INDEX_MASK, n, machine.devices_n);
	gens = boot_alloc(n * (uint32_t)sizeof *gens);
	ids_map(n, &none);
	ids()[0] = &none_first; /* the first page of RAM is the kernel's */
}

uint32_t id_of_ram(pa_t pa)
{
	return (pa - machine.ram_pa) / PAGE_SIZE;
}

void id_make(struct frame_rec *f, uint32_t index)
{
	f->id = (int)((uint32_t)gens[index].frame << ID_INDEX_BITS | index);
	gens[index].frame = (gens[index].frame + 1u) & ID_GEN_MASK;
	ids()[index] = f;
}

void id_moved(struct frame_rec *f)
{
	ids()[id_index(f)] = f;
}

void id_end(const struct frame_rec *f)
{
	ids()[id_index(f)] = &none;
}

int id_thread(const struct frame_rec *f)
{
	struct id_gens *g = &gens[id_index(f)];
	int id = (int)((uint32_t)g->thread << ID_INDEX_BITS | id_index(f));

	g->thread = (g->thread + 1u) & ID_GEN_MASK;
	return id;
}
