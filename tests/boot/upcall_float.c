/* SPDX-License-Identifier: ISC
 * The handler of a fault may calculate: what was interrupted has its VFP registers again when it goes on. */
#include <string.h>
#include "test.h"

#define HALF            16         /* as many registers has every CPU here; ARMv7 has as many more */
#define FPSCR_ROUND     0x00c00000 /* how results are rounded */
#define FPSCR_DOWNWARDS 0x00800000

static struct upcall area;
static char *page;
static int upcalls;
static uint32_t handler_fpscr;
static double sum;

/* Every register and the way of rounding are other ones after this. */
static void spoil(void)
{
	double junk = sum;

	__asm__ volatile("vmov.f64 d0, %P0\n vmov.f64 d1, %P0\n vmov.f64 d2, %P0\n vmov.f64 d3, %P0\n"
			 "vmov.f64 d4, %P0\n vmov.f64 d5, %P0\n vmov.f64 d6, %P0\n vmov.f64 d7, %P0\n"
			 "vmsr fpscr, %1\n"
			 :
			 : "w"(junk), "r"(0)
			 : "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7");
	if (__ARM_ARCH >= 7)
		__asm__ volatile("vldmia %0, {d16-d31}"
				 :
				 : "r"(page)
				 : "d16", "d17", "d18", "d19", "d20", "d21", "d22", "d23", "d24", "d25", "d26", "d27",
				 "d28", "d29", "d30", "d31", "memory");
}

static void serve(struct upcall *u)
{
	upcalls++;
	__asm__ volatile("vmrs %0, fpscr" : "=r"(handler_fpscr));
	sum = sum * 1.5 + (double)u->address;
	vm_protect(page, PAGE_SIZE, RW);
	spoil();
}

UPCALL_ENTRY(entry, serve)

/* The sixteen lower registers and the way of rounding before and after a write that faults; the way of rounding after it. */
static uint32_t lower(const double *in, double *out)
{
	uint32_t fpscr = FPSCR_DOWNWARDS;

	__asm__ volatile("vldmia %1, {d0-d15}\n vmsr fpscr, %0\n strb %0, [%3]\n vmrs %0, fpscr\n vstmia %2, {d0-d15}"
			 : "+r"(fpscr)
			 : "r"(in), "r"(out), "r"(page)
			 : "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "d10", "d11", "d12", "d13",
			 "d14", "d15", "memory");
	return fpscr & FPSCR_ROUND;
}

static void upper(const double *in, double *out)
{
	__asm__ volatile("vldmia %0, {d16-d31}\n strb %0, [%2]\n vstmia %1, {d16-d31}"
			 :
			 : "r"(in), "r"(out), "r"(page)
			 : "d16", "d17", "d18", "d19", "d20", "d21", "d22", "d23", "d24", "d25", "d26", "d27", "d28",
			 "d29", "d30", "d31", "memory");
}

TEST("a handler in C that calculates leaves the VFP registers of what it interrupted as they were, and rounds as usual")
{
	double in[HALF], out[HALF] = {0};

	page = vm_map(mem_new(PAGE_SIZE), 0, 0, RW);
	CHECK(page);
	for (int n = 0; n < HALF; n++)
		in[n] = n + 0.25;
	CHECK_OK(thread_upcall(entry, &area));
	CHECK_OK(vm_protect(page, PAGE_SIZE, F_MAP_READ));
	CHECK_EQ(lower(in, out), FPSCR_DOWNWARDS);
	CHECK_EQ(upcalls, 1);
	CHECK_EQ(handler_fpscr & FPSCR_ROUND, 0);
	CHECK(!memcmp(in, out, sizeof in));
	if (__ARM_ARCH >= 7) {
		memset(out, 0, sizeof out);
		CHECK_OK(vm_protect(page, PAGE_SIZE, F_MAP_READ));
		upper(in, out);
		CHECK_EQ(upcalls, 2);
		CHECK(!memcmp(in, out, sizeof in));
	}
	CHECK_OK(thread_upcall(NULL, NULL));
}
