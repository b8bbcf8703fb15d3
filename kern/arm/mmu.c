/* SPDX-License-Identifier: ISC
 * The short descriptor format (DDI 0406C B3.5; DDI 0301 6.11), TLB maintenance and address space identifiers.  The
 * only file that knows a descriptor bit.  Keeps rules 4 (descriptors grant what they are told, no more) and 6. */
#include "arch.h"
#include "cpu.h"
#include "arm.h"
#include "asm.h"
#include "mmu_page.h"

typedef uint32_t desc_t;

/* Memory attributes with SCTLR.TRE = 0 and AFE = 0, the same in sections and pages but for their place. */
#define TEX(n, at) ((desc_t)(n) << (at))
#define PAGE_SMALL 0x2u
#define PAGE_XN    0x1u
#define PAGE_B     0x4u
#define PAGE_C     0x8u
#define PAGE_AP(n) ((desc_t)(n) << 4) /* AP[1:0] */
#define PAGE_TEX   6
#define PAGE_S     0x400u
#define PAGE_NG    0x800u
#define SECT_TYPE  0x2u
#define SECT_B     0x4u
#define SECT_C     0x8u
#define SECT_XN    0x10u
#define SECT_AP(n) ((desc_t)(n) << 10)
#define SECT_TEX   12
#define SECT_S     0x10000u
#define SECT_NG    0x20000u
#define TABLE_TYPE 0x1u
#define TABLE_HALF 0x400u /* the hardware's L2 is 1 KiB: an L2 frame holds two */

/* With AP[2] = 0: user reads, or reads and writes. */
#define AP_USER_R  2u
#define AP_USER_RW 3u

struct mmu mmu;

static desc_t page_shared, sect_shared; /* the S bit of memory, where the CPU's caches are kept coherent with it */

_Static_assert(F_MAP_WRITE << 3 == PAGE_AP(AP_USER_RW ^ AP_USER_R) && F_MAP_EXEC >> 2 == PAGE_XN,
	"rights are moved to their bits");

static inline desc_t page_bits(unsigned rights, enum mem_type type)
{
	desc_t d =
		PAGE_SMALL | PAGE_NG | PAGE_AP(AP_USER_R) | (rights & F_MAP_WRITE) << 3 | (~rights & F_MAP_EXEC) >> 2;

	if (type == MEM_DEVICE)
		return d | PAGE_B | PAGE_S;
	d |= TEX(1, PAGE_TEX) | page_shared;
	return type == MEM_CACHED ? d | PAGE_C | PAGE_B : d;
}

/* Once it is known whether memory is shared. */
static void page_bits_init(void)
{
	for (unsigned rights = 0; rights <= F_MAP_RIGHTS; rights++)
		mmu.page_bits[rights] = page_bits(rights, MEM_CACHED);
}

static desc_t section_bits(unsigned rights, enum mem_type type)
{
	desc_t d = SECT_TYPE | SECT_NG | SECT_AP(rights & F_MAP_WRITE ? AP_USER_RW : AP_USER_R);

	if (!(rights & F_MAP_EXEC))
		d |= SECT_XN;
	if (type == MEM_DEVICE)
		return d | SECT_B | SECT_S;
	d |= TEX(1, SECT_TEX) | sect_shared;
	return type == MEM_CACHED ? d | SECT_C | SECT_B : d;
}

static void descs_fill(desc_t *d, unsigned n, desc_t first, uint32_t step)
{
	desc_t *at = d;
	unsigned eights = n & ~7u;

	if (eights) {
		words_count(at, eights, first, step);
		at += eights;
		first += eights * step;
	}
	for (unsigned k = n - eights; k; k--, first += step)
		*at++ = first;
	descs_visible(d, n);
}

void mmu_set_pages(void *table, unsigned i, unsigned n, pa_t pa, unsigned rights, enum mem_type type)
{
	descs_fill((desc_t *)table + i, n, pa | page_bits(rights, type), PAGE_SIZE);
	cpu_sync_insn();
}

void mmu_set_sections(void *table, unsigned i, unsigned n, pa_t pa, unsigned rights, enum mem_type type)
{
	descs_fill((desc_t *)table + i, n, pa | section_bits(rights, type), SECTION_SIZE);
	cpu_sync_insn();
}

void mmu_set_table(void *l1, unsigned i, pa_t l2)
{
	descs_fill((desc_t *)l1 + i, L2_SPAN / SECTION_SIZE, l2 | TABLE_TYPE, TABLE_HALF);
	cpu_sync_insn();
}

void mmu_clear(void *table, unsigned i, unsigned n)
{
	descs_fill((desc_t *)table + i, n, 0, 0);
}

bool mmu_valid(const void *table, int kind, unsigned i)
{
	(void)kind;
	return (((const desc_t *)table)[i] & 3) != 0;
}

unsigned mmu_rights(const void *table, int kind, unsigned i)
{
	desc_t d = ((const desc_t *)table)[i];
	bool page = kind == FRAME_L2;
	desc_t ap = page ? d >> 4 & 3 : d >> 10 & 3;
	desc_t xn = page ? PAGE_XN : SECT_XN;
	unsigned rights = F_MAP_READ;

	if (!(d & 2)) /* invalid, or a table */
		return 0;
	if (ap == AP_USER_RW)
		rights |= F_MAP_WRITE;
	if (!(d & xn))
		rights |= F_MAP_EXEC;
	return rights;
}

pa_t mmu_target(const void *table, int kind, unsigned i)
{
	desc_t d = ((const desc_t *)table)[i];

	if (kind == FRAME_L2)
		return d & ~(desc_t)(PAGE_SIZE - 1);
	return (d & 3) == TABLE_TYPE ? d & ~(desc_t)(TABLE_HALF - 1) : d & ~(desc_t)(SECTION_SIZE - 1);
}

/* ---- address space identifiers ----
 * An identifier belongs to the L1 it was last given to.  When all are used, every TLB entry goes and they are given
 * anew: so a TLB never holds entries of an L1 that has none.  0 is the empty table's. */

static unsigned asid_next = 1;

static void asid_give(struct frame_rec *l1)
{
	if (asid_next == ASIDS) {
		for (unsigned i = 1; i < ASIDS; i++)
			mmu.asid_owner[i] = NULL;
		asid_next = 1;
		/* The old table is walked until another is set: it must not be under an identifier that is given anew. */
		ttbr0_set(mmu.empty_ttbr, 0, mmu.empty_ttbr);
		cpu_sync_data();
		tlb_invalidate_all();
		branch_invalidate(); /* predictions are under identifiers, too */
		cpu_sync_data();
		cpu_sync_insn();
	}
	mmu.asid_owner[asid_next] = l1;
	l1->asid = (uint8_t)asid_next++;
}

void asid_drop(struct frame_rec *l1)
{
	if (asid_valid(l1))
		mmu.asid_owner[l1->asid] = NULL;
}

void vspace_moved(const struct frame_rec *from, struct frame_rec *to)
{
	if (mmu.asid_owner[to->asid] == from)
		mmu.asid_owner[to->asid] = to;
	if (cpu_here()->root == from)
		cpu_here()->root = to;
}

void vspace_load(struct frame_rec *l1)
{
	cpu_here()->root = l1;
	if (!l1) {
		ttbr0_set(mmu.empty_ttbr, 0, mmu.empty_ttbr);
		return;
	}
	if (!asid_valid(l1))
		asid_give(l1);
	ttbr0_set(l1->pa | mmu.ttbr_bits, l1->asid, mmu.empty_ttbr);
}

/* ---- TLB ---- */

#define NOTES 64 /* pages; more than that is an address space */

static uint32_t notes[NOTES];
static unsigned notes_n;
static uint32_t whole[ASIDS / 32]; /* address spaces to go whole */
static bool noted, whole_noted;

void tlb_note_all(const struct frame_rec *l1)
{
	if (!asid_valid(l1))
		return;
	whole[l1->asid / 32] |= 1u << l1->asid % 32;
	noted = whole_noted = true;
}

void tlb_note(const struct frame_rec *l1, va_t va, unsigned n, uint32_t step)
{
	if (!asid_valid(l1))
		return;
	noted = true;
	if (n > NOTES - notes_n) {
		tlb_note_all(l1);
		return;
	}
	for (; n; n--, va += step)
		notes[notes_n++] = va | l1->asid;
}

static void tlb_go_whole(void)
{
	for (unsigned i = 0; i < ASIDS / 32; i++) {
		uint32_t bits = whole[i];

		for (; bits; bits &= bits - 1)
			tlb_invalidate_asid(i * 32 + (unsigned)__builtin_ctz(bits));
		whole[i] = 0;
	}
	whole_noted = false;
}

/* What was written is visible already: descs_visible. */
void tlb_sync(void)
{
	if (!noted)
		return;
	for (unsigned i = 0; i < notes_n; i++)
		tlb_invalidate_page(notes[i]);
	if (whole_noted)
		tlb_go_whole();
	notes_n = 0;
	noted = false;
	branch_invalidate();
	cpu_sync_data();
	cpu_sync_insn();
}

/* ---- the kernel's own table ---- */

extern desc_t kernel_l1[4096], empty_l1[2048];

/* Privileged only, never executed, global. */
#define KERNEL_SECTION (SECT_TYPE | SECT_AP(1) | SECT_XN | sect_shared | TEX(1, SECT_TEX) | SECT_C | SECT_B)
#define KERNEL_DEVICE  (SECT_TYPE | SECT_AP(1) | SECT_XN | SECT_S | SECT_B)
#define KERNEL_PAGE    (PAGE_SMALL | PAGE_XN | PAGE_AP(1) | page_shared | TEX(1, PAGE_TEX) | PAGE_C | PAGE_B)
#define KERNEL_PAGE_RO (KERNEL_PAGE | 0x200u) /* AP[2] */

static unsigned devices_n;

void mmu_attributes(uint32_t ttbr_attributes)
{
	mmu.coherent_walk = walk_coherent();
	/* ARM1176 and A8 do not cache what is shared (DDI 0301 6.7.1, DDI 0344), so there walks and memory are not. */
	if (ttbr_attributes & TTBR_S) {
		page_shared = PAGE_S;
		sect_shared = SECT_S;
	}
	page_bits_init();
	mmu.ttbr_bits = ttbr_attributes;
	mmu.empty_ttbr = va_phys(empty_l1) | ttbr_attributes;
}

static void linear_map(pa_t pa)
{
	desc_t *d = &kernel_l1[(uintptr_t)phys_va(pa) / SECTION_SIZE];

	if (!*d) /* the part that start.S mapped holds code and stays executable */
		descs_fill(d, 1, (pa & ~(SECTION_SIZE - 1u)) | KERNEL_SECTION, 0);
}

const void *boot_map(pa_t pa)
{
	linear_map(pa);
	linear_map(pa + SECTION_SIZE);
	cpu_sync_insn();
	return phys_va(pa);
}

void mmu_init(void)
{
	for (uint32_t at = 0; at < machine.ram_len; at += SECTION_SIZE)
		linear_map(machine.ram_pa + at);
	for (uint32_t at = machine.ram_len; at < LINEAR_LEN; at += SECTION_SIZE) /* what boot_map mapped beyond it */
		if (kernel_l1[(LINEAR_VA + at) / SECTION_SIZE])
			descs_fill(&kernel_l1[(LINEAR_VA + at) / SECTION_SIZE], 1, 0, 0);
	for (unsigned i = 0; i < LINEAR_VA / SECTION_SIZE; i++) /* what start.S stood on */
		if (kernel_l1[i])
			descs_fill(&kernel_l1[i], 1, 0, 0);
	ttbr0_set(mmu.empty_ttbr, 0, mmu.empty_ttbr);
	tlb_invalidate_all();
	branch_invalidate(); /* predictions were made where it stood, too: DDI 0406C B2.2.4 */
	cpu_sync_data();
	cpu_sync_insn();
}

void *device_map(pa_t pa)
{
	uint32_t va = DEVICES_VA + devices_n++ * SECTION_SIZE;

	descs_fill(&kernel_l1[va / SECTION_SIZE], 1, (pa & ~(SECTION_SIZE - 1u)) | KERNEL_DEVICE, 0);
	cpu_sync_insn();
	return (void *)(uintptr_t)(va + pa % SECTION_SIZE);
}

void ids_map(uint32_t n, struct frame_rec *none)
{
	unsigned per = PAGE_SIZE / (unsigned)sizeof none, own = (n + per - 1) / per, all = (1u << ID_INDEX_BITS) / per;
	uint32_t word = (uint32_t)(uintptr_t)none;
	desc_t *l2 = boot_reserve(all * (uint32_t)sizeof *l2);
	void *words = boot_reserve((own + 1) * PAGE_SIZE);
	pa_t rest = va_phys(words) + own * PAGE_SIZE; /* ids may index more than there is */

	words_fill(words, (own + 1) * per, word);
	descs_fill(l2, own, va_phys(words) | KERNEL_PAGE, PAGE_SIZE);
	descs_fill(l2 + own, all - own, rest | KERNEL_PAGE_RO, 0);
	for (unsigned i = 0; i < all * PAGE_SIZE / SECTION_SIZE; i++)
		descs_fill(&kernel_l1[IDS_VA / SECTION_SIZE + i], 1,
			va_phys(l2 + i * (SECTION_SIZE / PAGE_SIZE)) | TABLE_TYPE, 0);
	cpu_sync_insn();
}
