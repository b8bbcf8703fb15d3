/* SPDX-License-Identifier: ISC
 * Claim: an outer cache that a loader left on loses no line and keeps none: all ways are cleaned and invalidated, which takes time, and it is
 * off only when that is done; one that is off is not touched.
 * sources: tests/host/mmio.c */
#include "../../kern/arm/dev/l2c310.c"
#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include "mmio.h"

static volatile uint32_t control, auxiliary, debug, busy, all; /* the driver's accesses change them */
static volatile bool syncing, cleaned, drained;
static volatile int writes;

void cpu_sync_data(void)
{
}

static void before(unsigned offset)
{
	if (rand() % 4 == 0)
		busy &= busy - 1; /* one way more is done */
	if (busy == 0 && rand() % 4 == 0)
		syncing = false;
	mmio[offset / 4] = offset == CONTROL          ? control
			   : offset == AUXILIARY      ? auxiliary
			   : offset == CLEAN_INV_WAYS ? busy
			   : offset == SYNC           ? syncing
						      : debug;
}

static void after(unsigned offset)
{
	uint32_t v = mmio[offset / 4];

	writes++;
	assert(!busy); /* it ignores, or mistakes, what comes while it works */
	if (offset == CLEAN_INV_WAYS) {
		assert(v == all && debug == DEBUG_PLAIN);
		busy = v;
		cleaned = true;
	} else if (offset == SYNC) {
		assert(cleaned);
		syncing = drained = true;
	} else if (offset == CONTROL) {
		assert(v == 0 && drained && !syncing);
		control = v;
	} else {
		assert(offset == DEBUG);
		debug = v;
	}
}

static void off_try(bool on, uint32_t aux, uint32_t ways)
{
	control = on;
	auxiliary = aux;
	all = ways;
	cleaned = drained = false;
	writes = 0;
	l2c310_off(mmio);
	assert(control == 0 && debug == 0 && cleaned == on && (on || writes == 0));
}

int main(void)
{
	mmio_begin(before, after);
	for (int n = 0; n < 100; n++) {
		off_try(true, 0x10000, 0xffff);
		off_try(true, 0x02020000, 0xff);
		off_try(false, 0x10000, 0xffff);
	}
	printf("off\n");
	return 0;
}
