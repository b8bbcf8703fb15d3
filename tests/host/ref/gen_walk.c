/* SPDX-License-Identifier: ISC
 * Walks with frame_maps, while the mappings that they show come and go: whatever stood throughout is to be shown once.  Where two
 * mappings look alike, neither is judged alone: which of them was shown the kernel does not say. */
#include <string.h>
#include "gen.h"

#define STOOD 256
#define WORDS (sizeof(struct mapping) / 4)

static struct stood {
	const struct ref_map *map;
	unsigned long serial;
	bool shown, doubtful;
} stood[STOOD];
static unsigned stood_n;
static const struct ref_frame *walked;

static bool stands(const struct stood *s)
{
	return s->map->used && s->map->serial == s->serial && s->map->frame == walked;
}

static void walk_begin(const struct ref_frame *f)
{
	walked = f;
	stood_n = 0;
	for (int i = 0; i < ref.maps_n && stood_n < STOOD; i++)
		if (ref.map[i].used && ref.map[i].frame == f)
			stood[stood_n++] = (struct stood){&ref.map[i], ref.map[i].serial, false, false};
}

static bool alike(const struct stood *s, const uint32_t *told)
{
	uint32_t want[WORDS];

	if (!stands(s))
		return false;
	ref_describe(s->map, want);
	return !memcmp(want, told, sizeof want);
}

/* That has been shown: something that was not before, or has been made since. */
static void walk_shown(const uint32_t *told)
{
	struct stood *one = NULL;
	unsigned n = 0;

	for (unsigned i = 0; i < stood_n; i++)
		if (alike(&stood[i], told)) {
			n++;
			one = &stood[i];
		}
	for (unsigned i = 0; n > 1 && i < stood_n; i++)
		stood[i].doubtful |= alike(&stood[i], told);
	if (n != 1 || one->doubtful)
		return;
	for (int i = 0; i < ref.maps_n; i++) { /* … which looks the same */
		struct stood other = {&ref.map[i], ref.map[i].serial, false, false};

		if (&ref.map[i] != one->map && alike(&other, told))
			one->doubtful = true;
	}
	if (one->shown && !one->doubtful)
		world_differs("frame_maps shows a mapping twice", 0, (int)told[3]);
	one->shown = true;
}

static void walk_end(void)
{
	for (unsigned i = 0; i < stood_n; i++)
		if (stands(&stood[i]) && !stood[i].shown && !stood[i].doubtful)
			world_differs("frame_maps leaves a mapping out", 1, (int)stood[i].map->at);
}

/* Memory of the running process for a struct mapping; 0: none was found. */
static uint32_t room(void)
{
	uint32_t pa;

	for (int tries = 0; tries < 8; tries++) {
		uint32_t at = pointer(WORDS * 4) & ~3u, i = 0;

		while (i < WORDS * 4 && ref_access(ref.now->proc, at + i, F_MAP_WRITE, &pa))
			i += 4;
		if (i == WORDS * 4)
			return at;
	}
	return 0;
}

/* Another walk begins, over a frame that is picked, with the same memory. */
static bool other_walk(uint32_t memory)
{
	uint32_t pa;

	for (unsigned i = 0; i < WORDS; i++)
		if (ref_access(ref.now->proc, memory + i * 4, F_MAP_WRITE, &pa))
			*world_word(pa) = 0;
	return CALL(frame_maps, (uint32_t)frame_id(KIND(FRAME_MEM), 0), memory);
}

/* Something that changes the frame's mappings, perhaps what was shown last, whose place is `at` in table t; false: another runs. */
static bool disturb(unsigned how, uint32_t t, uint32_t at, uint32_t memory)
{
	uint32_t f = (uint32_t)walked->id, some = how / 8 % 8 * PAGE_SIZE;

	switch (how % 8) {
	case 0:
		return CALL(frame_unmap, t, f, at, 0);
	case 1:
		return CALL(frame_unmap, t, f, at, PAGE_SIZE);
	case 2:
		return CALL(frame_map, t, f, at, 0, PAGE_SIZE, F_MAP_PAGE | F_MAP_READ);
	case 3:
		return CALL(frame_unmap, t, f, at + some, PAGE_SIZE);
	case 4:
		return CALL(frame_map, t, f, at + some, 0, 0, F_MAP_PAGE | F_MAP_READ);
	case 5:
		return how < 32 ? CALL(frame_split, f, some) : CALL(frame_unmap, t, f, some, 4 * PAGE_SIZE);
	case 6:
		return other_walk(memory);
	default:
		return true;
	}
}

void walk_maps(unsigned n)
{
	const struct ref_thread *me = ref.now;
	const struct ref_map *m = map_pick();
	uint32_t told[WORDS] = {0}, at = m && m->frame->owner == me->proc ? room() : 0, pa;

	if (!at)
		return;
	walk_begin(m->frame);
	for (int looks = 0; looks < 64 && walked->used && walked->owner == me->proc; looks++) {
		unsigned how = (n + 1) * (unsigned)(looks + 7) * 2654435761u >> 24;

		if (looks &&
			(!disturb(how, told[0], told[3], at) || (how & 64 && !disturb(how >> 1, told[0], told[3], at))))
			return;
		for (unsigned i = 0; i < WORDS; i++)
			if (ref_access(me->proc, at + i * 4, F_MAP_WRITE, &pa))
				*world_word(pa) = told[i];
			else
				return;
		if (!CALL(frame_maps, (uint32_t)walked->id, at) || world_result() < 0)
			return;
		if (world_result() == 0) {
			walk_end();
			return;
		}
		for (unsigned i = 0; i < WORDS; i++)
			told[i] = *world_word((ref_access(me->proc, at + i * 4, F_MAP_READ, &pa), pa));
		walk_shown(told);
	}
}
