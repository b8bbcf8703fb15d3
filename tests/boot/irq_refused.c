/* SPDX-License-Identifier: ISC
 * irq_allow, irq_bind and irq_ack of lines that are not mine. A line that fires is a test of the console's driver. */
#include "test.h"

TEST("lines that do not exist answer RANGE, lines that are not mine RIGHT")
{
	CHECK_ERR(irq_bind(-1, 0), ERR_RANGE);
	CHECK_ERR(irq_bind(0x10000, 0), ERR_RANGE);
	CHECK_ERR(irq_ack(-1), ERR_RANGE);
	CHECK_ERR(irq_ack(0x10000), ERR_RANGE);
	CHECK_ERR(irq_allow(0, -1), ERR_RANGE);
	CHECK_ERR(irq_allow(0, 0x10000), ERR_RANGE);
	CHECK_ERR(irq_bind(37, 0), ERR_RIGHT);
	CHECK_ERR(irq_ack(37), ERR_RIGHT);
	CHECK_ERR(irq_allow(thread_self(), 37), ERR_RIGHT);
}
