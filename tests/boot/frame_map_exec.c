/* SPDX-License-Identifier: ISC
 * F_MAP_EXEC. */
#include <string.h>
#include "test.h"

/* bx lr, in ARM state. */
static const uint32_t code_return = 0xe12fff1e;

TEST("code runs where it is mapped executable, after CACHE_UNIFY, and nowhere else")
{
	int f = mem_new(PAGE_SIZE);
	uint32_t *data = vm_map(f, 0, 0, RW);
	void *code = vm_map(f, 0, 0, F_MAP_READ | F_MAP_EXEC);

	CHECK(data && code);
	data[0] = code_return;
	CHECK_OK(frame_cache(f, 0, PAGE_SIZE, CACHE_UNIFY));
	CHECK(probe_exec(code));
	CHECK(!probe_exec(data));
	CHECK(probe_fault.kind & FAULT_EXEC);
	CHECK(probe_fault.kind & FAULT_RIGHT);
	CHECK_OK(vm_protect(code, PAGE_SIZE, F_MAP_READ));
	CHECK(!probe_exec(code));
	CHECK(probe_read(code));
}
