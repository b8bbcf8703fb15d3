/* SPDX-License-Identifier: ISC
 * A page of device registers that live: the test is told of each access, as the driver under test makes it. */
#ifndef TESTS_HOST_MMIO_H
#define TESTS_HOST_MMIO_H

#include <stdint.h>

/** The page of registers, for the functions below and for device_map. */
extern volatile uint32_t *mmio;

/** Makes it.  From then on `read` is called before each access, to put there what is read, and `wrote` after each that may have
 * written, both with the register's offset in bytes.  The compiler does not see these calls: what they change is volatile. */
void mmio_begin(void (*read)(unsigned offset), void (*wrote)(unsigned offset));

/** Whether the page can be accessed without anybody's being told: so the test looks, and closes it again. */
void mmio_open(int open);

#endif
