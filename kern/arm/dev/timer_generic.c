/* SPDX-License-Identifier: ISC
 * The generic timer's virtual view (DDI 0406C B8.1; of A15 DDI 0438 9.2, of A7 DDI 0464 9): a 64-bit counter and one comparator
 * a CPU.  Its interrupt is a signal of each CPU (nCNTVIRQ), which the board takes to its controller. */
#include "arm.h"

static uint64_t boot_count;
static uint32_t hz;

static uint64_t cntvct(void)
{
	uint64_t v;

	__asm__ volatile("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(v));
	return v;
}

static void cntv_ctl(uint32_t v)
{
	__asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n\tisb" : : "r"(v));
}

void timer_init(void)
{
	__asm__ volatile("mcr p15, 0, %0, c14, c1, 0" : : "r"(0)); /* CNTKCTL: no counter and no timer is the user's */
	__asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(hz)); /* CNTFRQ */
	boot_count = cntvct();
	cntv_ctl(0);
}

uint64_t timer_now(void)
{
	return cntvct() - boot_count;
}

void timer_set(uint64_t at)
{
	at += boot_count;
	__asm__ volatile("mcrr p15, 3, %Q0, %R0, c14" : : "r"(at)); /* CNTV_CVAL */
	cntv_ctl(1);
}

void timer_stop(void)
{
	cntv_ctl(0);
}

uint32_t timer_hz(void)
{
	return hz;
}
