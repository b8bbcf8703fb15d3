/* SPDX-License-Identifier: ISC
 * The reference model's cache maintenance: a call is to do just what it was asked for, in pieces that follow each other. */
#include "ref.h"

void ref_maintained(struct ref_thread *t, uint32_t pa, uint32_t len, int op)
{
	if (!t->cache_len) {
		t->cache_pa = pa;
		t->cache_op = op;
	}
	if (pa != t->cache_pa + t->cache_len)
		world_differs("where the next piece of maintenance is", t->cache_pa + t->cache_len, pa);
	if (op != t->cache_op)
		world_differs("what is maintained in one way is in another", t->cache_op, op);
	t->cache_len += len;
}

/* The frame of a call that gave way may have lost pages since. */
static void cache_same(const struct ref_thread *t, uint32_t pa, uint32_t len, int op)
{
	if (t->cache_pa != pa)
		world_differs("where maintenance begins", pa, t->cache_pa);
	if (t->cache_len != len && (!t->resumed || t->cache_len < len))
		world_differs("how much is maintained", len, t->cache_len);
	if (t->cache_op != op)
		world_differs("the sort of maintenance", op, t->cache_op);
}

static int cache_check(const struct ref_frame *f, uint32_t offset, uint32_t len, int op)
{
	if (!f)
		return ERR_FRAME;
	if (f->kind != FRAME_MEM)
		return ERR_KIND;
	if ((offset | len) % PAGE_SIZE)
		return ERR_ALIGN;
	if (offset >= f->len || len > f->len - offset)
		return ERR_RANGE;
	return op == CACHE_CLEAN || op == CACHE_FLUSH || op == CACHE_UNIFY ? 0 : ERR_FLAGS;
}

int ref_cache(int f_id, uint32_t offset, uint32_t len, int op)
{
	const struct ref_frame *f = ref_mine(f_id);
	int err = cache_check(f, offset, len, op);

	if (!err)
		cache_same(ref.now, f->pa + offset, len ? len : f->len - offset, op);
	else if (!ref.now->resumed && ref.now->cache_len)
		world_differs("maintenance by a call that was refused", 0, ref.now->cache_len);
	return err;
}
