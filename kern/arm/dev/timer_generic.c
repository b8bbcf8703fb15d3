/* SPDX-License-Identifier: ISC
 * The generic timer's virtual view (DDI 0406C B8.1; of A15 DDI 0438 9.2, of A7 DDI 0464 9): a 64-bit counter and one comparator
 * a CPU.  Its interrupt is a signal of each CPU (nCNTVIRQ), which the board takes to its controller. */
#include "arm.h"
#include "cntv.h"
#include "counter.h"

static uint64_t boot_count;
static uint32_t hz;

/* Firmware sets CNTFRQ (B8.1.1), and some forgets to: then it is what the board or its device tree says. */
void timer_init(void)
{
	cntkctl(0); /* no counter and no timer is the user's */
	hz = cntfrq();
	if (!hz)
		hz = board.timer_hz;
	if (!hz)
		panic("CNTFRQ is 0, and no device tree tells the timer's rate", 0, 0);
	boot_count = cntvct();
	cntv_ctl(0);
}

uint64_t timer_now(void)
{
	return cntvct() - boot_count;
}

void timer_set(uint64_t at)
{
	cntv_cval(counter_compare(cntvct(), boot_count, at));
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
