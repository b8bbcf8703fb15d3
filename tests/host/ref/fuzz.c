/* SPDX-License-Identifier: ISC
 * What the sanitizers and libFuzzer ask of a program. */
#include "world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
const char *__asan_default_options(void);

/* The kernel has no heap to leak from, and not every sandbox lets the search for leaks look at the process. */
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	world_run(data, len);
	return 0;
}
