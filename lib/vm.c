/* SPDX-License-Identifier: ISC
 * The address-space builder: finds room in [SELF_VM_VA, SELF_VM_END), chooses sections or pages, and forwards to the
 * tables.  Free addresses and reservations are trees of ranges.  It owns no frames: unmapping frees none. */
#include "self.h"
#include "memory.h"
#include "extent.h"
#include "vm.h"

#define VM_RIGHTS (F_MAP_RIGHTS | F_MAP_UNCACHED | F_MAP_KEEP)

static struct extent *vm_free; /* addresses of vm_map's that nobody uses */
static struct extent *vm_held; /* reservations: unmapping inside one does not free its addresses */

void vm_start(void)
{
	range_put(&vm_free, SELF_VM_VA, SELF_VM_END - SELF_VM_VA);
}

static int vm_fail(int err)
{
	self_thread()->vm_err = err;
	return err;
}

int vm_error(void)
{
	return self_thread()->vm_err;
}

static int range_bad(uintptr_t va, size_t len)
{
	if (va % PAGE_SIZE || len % PAGE_SIZE)
		return ERR_ALIGN;
	return !len || va >= USER_END || len > USER_END - va ? ERR_RANGE : 0;
}

/* Takes addresses out of the free set; 0 if there are none. */
static uintptr_t vm_take(size_t len, size_t align)
{
	struct extent *e = extent_fit(vm_free, len, align, 0);
	uintptr_t va;

	if (!e)
		return 0;
	va = extent_low(e, align);
	range_take(&vm_free, va, len);
	return va;
}

/* Gives addresses back, as far as they are vm_map's to give.  Where there is no memory for a node they are used no more. */
static void vm_give(uintptr_t va, size_t len)
{
	uintptr_t end = va + len;

	va = va < SELF_VM_VA ? SELF_VM_VA : va;
	end = end > SELF_VM_END ? SELF_VM_END : end;
	if (va < end && !extent_has(vm_held, va) && node_count() > NODES_FEW)
		range_put(&vm_free, va, end - va);
}

/* Nothing could be mapped at va.  What lies in spans of somebody else's tables is left to them; whether there was any.  The rest is
 * free again. */
static int vm_avoid(uintptr_t va, size_t len)
{
	uintptr_t end = va + len, next;
	int any = 0;

	for (; va < end; va = next) {
		uintptr_t span = va & ~(uintptr_t)(L2_SPAN - 1);

		next = end - span < L2_SPAN ? end : span + L2_SPAN;
		if (table_foreign(va)) {
			range_take(&vm_free, span, L2_SPAN);
			any = 1;
		} else {
			vm_give(va, next - va);
		}
	}
	return any;
}

/* Whole spans without an L2 take sections where frame and address agree; the rest takes pages. */
static int vm_put_large(uintptr_t va, int f_id, size_t offset, size_t len, int rights)
{
	uintptr_t at = va, end = va + len;

	while (at < end) {
		size_t n = end - at < L2_SPAN ? end - at : L2_SPAN;
		int r = ERR_EXISTS;

		if (n == L2_SPAN && !table_find(at))
			r = frame_map(self.l1, f_id, at, offset + (at - va), n, F_MAP_SECTION | rights);
		if (r == ERR_EXISTS)
			r = table_map(at, f_id, offset + (at - va), n, rights);
		if (r < 0) {
			if (at > va)
				table_unmap(va, at - va);
			return r;
		}
		at += n;
	}
	return 0;
}

static int vm_put(uintptr_t va, int f_id, const struct frame *f, size_t offset, size_t len, int rights)
{
	int large = len >= L2_SPAN && va % L2_SPAN == 0 && (f->pa + offset) % SECTION_SIZE == 0;
	int r = memory_prepare();

	if (r < 0)
		return r;
	return large ? vm_put_large(va, f_id, offset, len, rights) : table_map(va, f_id, offset, len, rights);
}

/* Checks what is asked for and fills in a length of 0. */
static int vm_ask(int f_id, size_t offset, size_t *len, int rights, struct frame *f)
{
	int r = frame_info(f_id, f);

	if (r < 0)
		return r;
	if (rights & ~VM_RIGHTS || !(rights & F_MAP_READ))
		return ERR_FLAGS;
	if (offset % PAGE_SIZE || *len % PAGE_SIZE)
		return ERR_ALIGN;
	if (offset >= f->len || *len > f->len - offset)
		return ERR_RANGE;
	if (!*len)
		*len = f->len - offset;
	return 0;
}

void *vm_map(int f_id, size_t offset, size_t len, int rights)
{
	struct frame f;
	uintptr_t va = 0;
	int r;

	memory_lock();
	r = vm_ask(f_id, offset, &len, rights, &f);
	if (r >= 0)
		r = memory_prepare();
	while (r >= 0) {
		size_t align = len >= L2_SPAN && (f.pa + offset) % SECTION_SIZE == 0 ? L2_SPAN : PAGE_SIZE;

		va = vm_take(len, align);
		if (!va) {
			r = ERR_RANGE;
			break;
		}
		r = vm_put(va, f_id, &f, offset, len, rights);
		if (r >= 0)
			break;
		if (r != ERR_EXISTS && !vm_avoid(va, len))
			break;
		r = memory_prepare(); /* somebody else mapped there: those addresses stay taken */
	}
	memory_unlock();
	return vm_fail(r) < 0 ? NULL : (void *)va;
}

int vm_map_at(void *at, int f_id, size_t offset, size_t len, int rights)
{
	uintptr_t va = (uintptr_t)at;
	struct frame f;
	int r;

	memory_lock();
	r = vm_ask(f_id, offset, &len, rights, &f);
	if (r >= 0)
		r = range_bad(va, len);
	if (r >= 0)
		r = vm_put(va, f_id, &f, offset, len, rights);
	if (r >= 0)
		range_take(&vm_free, va, len);
	memory_unlock();
	return r;
}

int vm_unmap(void *at, size_t len)
{
	uintptr_t va = (uintptr_t)at;
	int r = range_bad(va, len);

	if (r < 0)
		return r;
	memory_lock();
	r = table_unmap(va, len);
	memory_prepare();
	if (r >= 0)
		vm_give(va, len);
	memory_unlock();
	return r;
}

int vm_protect(void *at, size_t len, int rights)
{
	uintptr_t va = (uintptr_t)at, end = va + len;
	int r = range_bad(va, len), any = 0;

	if (r < 0)
		return r;
	memory_lock();
	while (va < end && (r >= 0 || r == ERR_NOMAP)) {
		uintptr_t in = va & (uintptr_t)(L2_SPAN - 1);
		size_t n = end - va < L2_SPAN - in ? end - va : L2_SPAN - in;
		int table = table_find(va);

		r = table ? frame_protect(table, 0, in, n, rights) : frame_protect(self.l1, 0, va, n, rights);
		any |= r >= 0;
		va += n;
	}
	memory_unlock();
	return r == ERR_NOMAP && any ? 0 : r;
}

int vm_frame(const void *va, size_t *offset)
{
	uintptr_t at = (uintptr_t)va;
	struct mapping m;
	int r = vspace_resolve(self.l1, at & ~(uintptr_t)(PAGE_SIZE - 1), &m);

	if (r < 0)
		return r;
	if (offset) /* m.offset is that of the whole page or section */
		*offset = m.offset + (at & (m.len - 1));
	return m.f_id;
}

int vm_walk(const void *va, uint32_t *desc)
{
	uintptr_t at = (uintptr_t)va;
	uint32_t first = table_root()[at / SECTION_SIZE];
	const uint32_t *window;

	*desc = 0;
	if ((first & 3) == 0)
		return 0;
	if ((first & 3) != 1) {
		*desc = first;
		return 1;
	}
	window = table_window(at);
	if (!window)
		return 0;
	*desc = window[at % L2_SPAN / PAGE_SIZE];
	return (*desc & 3) != 0;
}

void *vm_reserve(size_t len, size_t align)
{
	uintptr_t va = 0;

	if (!len || len % PAGE_SIZE || align & (align - 1))
		return NULL;
	memory_lock();
	if (memory_prepare() >= 0)
		va = vm_take(len, align < PAGE_SIZE ? PAGE_SIZE : align);
	if (va) {
		struct extent *e = extent_node();

		e->start = va;
		e->len = len;
		extent_insert(&vm_held, e);
	}
	memory_unlock();
	return (void *)va;
}

void *vm_reserve_again(void *at, size_t len, size_t align)
{
	uintptr_t span = (uintptr_t)at & ~(uintptr_t)(L2_SPAN - 1);

	if (!table_foreign(span))
		return NULL;
	memory_lock();
	range_take(&vm_free, span, L2_SPAN);
	memory_unlock();
	return vm_reserve(len, align);
}

void vm_release(void *at, size_t len)
{
	uintptr_t va = (uintptr_t)at;
	struct extent *e;

	memory_lock();
	memory_prepare();
	e = extent_before(vm_held, va);
	if (e && e->start == va && e->len == len) {
		extent_node_free(extent_remove(&vm_held, va));
		vm_give(va, len);
	}
	memory_unlock();
}
