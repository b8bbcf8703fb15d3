/* SPDX-License-Identifier: ISC
 * touch4m: writes to every page of 4 MiB of reserved addresses, where nothing is mapped, then reads all back.
 * It needs a pager that brings pages (demo_pager); without one it ends at its first touch. */
#include <mullion.h>
#include "tool.h"

#define LEN (4u << 20)

int main(void)
{
	volatile uint32_t *at = vm_reserve(LEN, 0);
	unsigned long wrong = 0;

	if (!at) {
		fputs("touch4m: no addresses\n", stderr);
		return 1;
	}
	for (size_t i = 0; i < LEN / sizeof(*at); i += PAGE_SIZE / sizeof(*at)) {
		wrong += at[i] != 0;
		at[i] = (uint32_t)i ^ 0x5aa5;
	}
	for (size_t i = 0; i < LEN / sizeof(*at); i += PAGE_SIZE / sizeof(*at))
		wrong += at[i] != ((uint32_t)i ^ 0x5aa5);
	printf("touch4m: %u pages, %lu wrong\n", LEN / PAGE_SIZE, wrong);
	return wrong != 0;
}
