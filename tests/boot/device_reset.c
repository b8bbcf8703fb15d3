/* SPDX-License-Identifier: ISC
 * Which devices programs cannot have. */
#include "test.h"

TEST("the watchdog and the system controller, which can reset the board, are no devices for programs")
{
	int irq;

	CHECK_EQ(device_try("sp805", &irq), 0);
	CHECK_EQ(device_try("sp810", &irq), 0);
	CHECK(device_try("pl011", &irq) == 0); /* the console's driver has that one */
}
