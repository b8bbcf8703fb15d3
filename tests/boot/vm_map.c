/* SPDX-License-Identifier: ISC
 * vm_map and its sisters. */
#include "test.h"

TEST("vm_map finds room, vm_frame finds the frame again, vm_unmap takes out all, holes or not")
{
	int f = mem_new(8 * PAGE_SIZE);
	size_t offset;
	uint32_t desc;
	char *va = vm_map(f, PAGE_SIZE, 4 * PAGE_SIZE, RW), *other;

	CHECK(va);
	CHECK_EQ(vm_frame(va + PAGE_SIZE + 5, &offset), f);
	CHECK_EQ(offset, 2 * PAGE_SIZE + 5);
	CHECK_EQ(vm_walk(va, &desc), 1);
	other = vm_map(f, 0, 0, F_MAP_READ);
	CHECK(other && (other + 8 * PAGE_SIZE <= va || va + 4 * PAGE_SIZE <= other));
	va[0] = 5;
	CHECK_EQ(other[PAGE_SIZE], 5);
	CHECK_ERR(vm_map_at(va, f, 0, PAGE_SIZE, RW), ERR_EXISTS);
	CHECK_OK(vm_unmap(va + PAGE_SIZE, PAGE_SIZE));
	CHECK(probe_read(va) && !probe_read(va + PAGE_SIZE) && probe_read(va + 2 * PAGE_SIZE));
	CHECK_ERR(vm_frame(va + PAGE_SIZE, NULL), ERR_NOMAP);
	CHECK_EQ(vm_walk(va + PAGE_SIZE, &desc), 0);
	CHECK_OK(vm_unmap(va, 4 * PAGE_SIZE));
	CHECK(!probe_read(va));
	CHECK_OK(vm_unmap(va, 4 * PAGE_SIZE));
	CHECK(vm_map(NO_ID, 0, PAGE_SIZE, RW) == NULL);
	CHECK_ERR(vm_error(), ERR_FRAME);
}
