/* SPDX-License-Identifier: ISC
 * What a short descriptor says, bit by bit (DDI 0406C B3.5.1, B3.7.1, B3.8.2, SCTLR.TRE and AFE 0; DDI 0301 6.11).  Written from the manuals
 * alone: it shares no name with kern/arm/mmu.c, which it judges.  A bit that no descriptor of a user may have ends the program. */
#include "model.h"

/* Bits of all that end a walk, in the place where pages have them; those of sections are moved there. */
#define XN            (1u << 0)
#define B_C           (3u << 2)
#define AP_LOW        (3u << 4)
#define TEX_ALL       (7u << 6)
#define AP_HIGH       (1u << 9)
#define S_BIT         (1u << 10)
#define NG_BIT        (1u << 11)
#define SECTION_SHIFT 6 /* … from there, but for XN, C and B */

/* What should be 0.  Tables: PXN, NS, bit 4, domain, the implementation's bit.  Sections: PXN, domain, the implementation's bit,
 * bit 18, which makes a supersection, NS. */
#define TABLE_ZERO   0x3fcu
#define SECTION_ZERO 0xc03e1u

/* TEX, C and B. */
#define SHARED_DEVICE   (1u << 2)
#define WRITE_ALLOCATE  (1u << 6 | 1u << 3 | 1u << 2)
#define NORMAL_UNCACHED (1u << 6)

/* AP[1:0], privileged code writes in both. */
#define USER_READS  (2u << 4)
#define USER_WRITES (3u << 4)

static bool memory_shared;

void desc_model_reset(bool shared)
{
	memory_shared = shared;
}

static enum mem_type type_of(uint32_t bits, uint32_t d)
{
	switch (bits & (TEX_ALL | B_C)) {
	case SHARED_DEVICE:
		return MEM_DEVICE;
	case WRITE_ALLOCATE:
		return MEM_CACHED;
	case NORMAL_UNCACHED:
		return MEM_UNCACHED;
	default:
		model_fail("a descriptor of memory of no sort", d, bits & (TEX_ALL | B_C));
	}
}

static unsigned rights_of(uint32_t bits, uint32_t d)
{
	unsigned ap = bits & (AP_HIGH | AP_LOW), rights = F_MAP_READ;

	if (ap != USER_READS && ap != USER_WRITES)
		model_fail("a descriptor that users cannot read, or that keeps the kernel from writing", d, ap);
	if (ap == USER_WRITES)
		rights |= F_MAP_WRITE;
	return bits & XN ? rights : rights | F_MAP_EXEC;
}

static void memory_of(uint32_t bits, uint32_t d, struct desc *out)
{
	bool shared = bits & S_BIT;

	out->rights = rights_of(bits, d);
	out->type = type_of(bits, d);
	out->global = !(bits & NG_BIT);
	if (shared != (out->type == MEM_DEVICE || memory_shared))
		model_fail("a descriptor's S bit is not what the core asks for", d, shared);
}

static void table_of(uint32_t d, struct desc *out)
{
	if (d & TABLE_ZERO)
		model_fail("a table's descriptor with a bit that should be 0", d, d & TABLE_ZERO);
	out->what = DESC_TABLE;
	out->pa = d & 0xfffffc00u;
}

static void section_of(uint32_t d, struct desc *out)
{
	if (d & SECTION_ZERO)
		model_fail("a section's descriptor with a bit that should be 0", d, d & SECTION_ZERO);
	out->what = DESC_SECTION;
	out->pa = d & 0xfff00000u;
	memory_of((d >> SECTION_SHIFT & (NG_BIT | S_BIT | AP_HIGH | TEX_ALL | AP_LOW)) | (d & B_C) | (d >> 4 & XN), d,
		out);
}

void desc_decode(uint32_t d, bool l1, struct desc *out)
{
	*out = (struct desc){.what = DESC_NONE};
	if ((d & 3) == 0) {
		if (d)
			model_fail("an invalid descriptor that holds something", d, l1);
	} else if (!l1) {
		if ((d & 3) == 1)
			model_fail("a large page", d, 0);
		out->what = DESC_PAGE;
		out->pa = d & 0xfffff000u;
		memory_of(d & 0xfffu, d, out);
	} else if ((d & 3) == 1) {
		table_of(d, out);
	} else {
		section_of(d, out);
	}
}
